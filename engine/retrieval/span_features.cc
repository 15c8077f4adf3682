#include "retrieval/span_features.h"

#include <algorithm>

#include "base/log2.h"
#include "retrieval/span_tables.h"
#include "text/units.h"

namespace cento {
namespace {

constexpr uint32_t kMostShapeSorts = 6;
constexpr uint32_t kMostFocusWords = 5;  // behind the asking word
constexpr uint32_t kFar = ~uint32_t{0};
// Lower bounds of distances that are told apart.
constexpr std::array<uint32_t, 8> kDistances = {1, 2, 3, 4, 5, 7, 10, 16};

// 0 for 0, then the bucket's place from 1 on.
uint32_t distance_bucket(uint32_t distance) {
  uint32_t bucket = 0;
  while (bucket < kDistances.size() && distance >= kDistances[bucket]) ++bucket;
  return bucket;
}

bool is_year(std::string_view digits) {
  if (digits.size() != 4) return false;
  for (const char c : digits) {
    if (c < '0' || c > '9') return false;
  }
  return digits[0] == '1' || digits.starts_with("20");
}

bool is_capitalised(std::string_view word) { return word[0] >= 'A' && word[0] <= 'Z'; }

bool is_one_of(std::string_view mark, std::span<const std::string_view> marks) {
  return std::find(marks.begin(), marks.end(), mark) != marks.end();
}
constexpr std::array<std::string_view, 5> kOpening = {"$", "£", "€", "\"", "“"};
constexpr std::array<std::string_view, 3> kClosing = {"%", "\"", "”"};
constexpr std::array<std::string_view, 3> kDividing = {";", "?", "!"};

// A word of the question that tells its answer's surroundings: of ln(p/(1-p)) + ln((1-d)/d)
// above 2.
bool is_telling(const QuestionWord& word) { return word.weight > 2.83; }

}  // namespace

SpanSentence::SpanSentence(std::string_view text, std::span<const SpanWord> words,
                           const SpanQuestion& question)
    : text_(text) {
  tokenize(words);
  mark_units();
  for (uint32_t at = 0; at < tokens_.size(); ++at) {
    const int32_t asked = tokens_[at].asked;
    if (asked < 0 || !is_telling(*question.words[static_cast<size_t>(asked)])) continue;
    matches_.push_back(at);
    weights_.push_back(question.words[static_cast<size_t>(asked)]->weight);
  }
  const auto first = static_cast<int32_t>(question.asks ? question.asking + 1 : 0);
  for (const uint32_t at : matches_) {
    const int32_t asked = tokens_[at].asked;
    if (asked >= first && (first_asked_ < 0 || asked < first_asked_)) first_asked_ = asked;
    if (asked >= first && asked > last_asked_) last_asked_ = asked;
  }
  find_runs(question);
}

void SpanSentence::tokenize(std::span<const SpanWord> words) {
  tokens_.reserve(words.size() * 5 / 4 + 4);
  const auto add_marks = [&](uint32_t begin, uint32_t end) {
    while (begin < end) {
      const char c = text_[begin];
      uint32_t next = begin + 1;
      while (next < end && (static_cast<uint8_t>(text_[next]) & 0xC0) == 0x80) ++next;
      const std::string_view mark = text_.substr(begin, next - begin);
      if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
        begin = next;
        continue;
      }
      // The ending of a possessive is no word for the search.
      if ((mark == "'" || mark == "’") && next < end && text_[next] == 's') ++next;
      SpanToken& token = tokens_.emplace_back();
      token.begin = begin;
      token.end = next;
      token.symbol = text_.substr(begin, next - begin);
      token.is_mark = true;
      begin = next;
    }
  };
  uint32_t at = 0;
  for (const SpanWord& word : words) {
    add_marks(at, word.begin);
    SpanToken& token = tokens_.emplace_back();
    token.begin = word.begin;
    token.end = word.end;
    token.asked = word.asked;
    token.rarity = word.rarity;
    const std::string_view text = text_.substr(word.begin, word.end - word.begin);
    if (word.is_number) {
      token.symbol = is_year(text) ? "Y" : "N";
    } else if ((word.sorts & kFunctionWord) != 0) {
      token.symbol = text;
      for (char& c : token.symbol) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
      }
      token.is_function = true;
      token.never_last = (word.sorts & kNeverLastWord) != 0;
    } else {
      token.symbol = is_capitalised(text) && at > 0 ? "C" : "l";
    }
    at = word.end;
  }
  add_marks(at, static_cast<uint32_t>(text_.size()));
  for (SpanToken& token : tokens_) {
    const bool is_ascii = (token.symbol[0] & 0x80) == 0;
    token.sort = token.is_function ? 'f' : is_ascii ? token.symbol[0] : '~';
  }
}

void SpanSentence::mark_units() {
  size_t at = 0;
  for (const Unit& unit : find_units(text_)) {
    const size_t first = at;
    for (; at < tokens_.size() && tokens_[at].begin < unit.end; ++at) {
      SpanToken& token = tokens_[at];
      token.opens_unit = at == first;
      token.closes_unit = at + 1 == tokens_.size() || tokens_[at + 1].begin >= unit.end;
      if (token.is_mark || token.is_function || token.symbol == "N" || token.symbol == "Y")
        continue;
      switch (unit.kind) {
        case UnitKind::kNumber: token.symbol = "U"; break;
        case UnitKind::kDate: token.symbol = "M"; break;
        case UnitKind::kName: token.symbol = "C"; break;
        default: break;
      }
      token.sort = token.symbol[0];
    }
  }
}

std::string SpanSentence::pair(uint32_t before, uint32_t behind) const {
  std::string text = before == 0 ? "^" : tokens_[before - 1].symbol;
  return text.append(" ").append(behind > tokens_.size() ? "$" : tokens_[behind - 1].symbol);
}

std::string SpanSentence::value(SpanFeature feature, const SpanRun& run) const {
  switch (feature) {
    case SpanFeature::kShape: return shape(run);
    case SpanFeature::kLeft: return left_value(run.begin);
    case SpanFeature::kRight: return right_value(run.end - 1);
    default: return span_number_text(run.numbers[static_cast<uint32_t>(feature)]);
  }
}

std::string SpanSentence::shape(const SpanRun& run) const {
  std::string shape;
  for (uint32_t at = run.begin; at < run.end; ++at) {
    const char sort = tokens_[at].sort;
    if (!shape.empty() && shape.back() == sort) continue;
    if (shape.size() == kMostShapeSorts - 1) return shape + '+';
    shape += sort;
  }
  return shape;
}

void SpanSentence::find_runs(const SpanQuestion& question) {
  const auto count = static_cast<uint32_t>(tokens_.size());
  for (uint32_t begin = 0; begin < count; ++begin) {
    const SpanToken& first = tokens_[begin];
    if (!first.opens_unit || (first.is_mark && !is_one_of(first.symbol, kOpening))) continue;
    const uint32_t most = std::min(count, begin + kMostSpanTokens);
    for (uint32_t end = begin + 1; end <= most; ++end) {
      const SpanToken& last = tokens_[end - 1];
      const bool glued = end < count && tokens_[end].begin == last.end;
      if (last.is_mark && (is_one_of(last.symbol, kDividing) ||
                           ((last.symbol == "." || last.symbol == ":") && !glued))) {
        break;
      }
      if (!last.closes_unit || (last.is_mark && !is_one_of(last.symbol, kClosing))) continue;
      if (end > begin + 1 && last.never_last) continue;
      SpanRun& run = runs_.emplace_back();
      run.begin = begin;
      run.end = end;
      number(question, run);
    }
  }
}

void SpanSentence::number(const SpanQuestion& question, SpanRun& run) const {
  const auto set = [&](SpanFeature feature, uint32_t value) {
    run.numbers[static_cast<uint32_t>(feature)] = static_cast<uint8_t>(value);
  };
  // Distances are to the run's nearest edge, negative before it.
  const auto distance = [&](uint32_t token) {
    return token < run.begin ? run.begin - token : token < run.end ? 0 : token - run.end + 1;
  };
  uint32_t inside = 0;
  uint32_t nearest = kFar;
  double closeness = 0;
  uint32_t first = kFar;  // distance of the nearest place of the first asked word
  bool first_before = false;
  uint32_t last = kFar;
  bool last_before = false;
  for (size_t m = 0; m < matches_.size(); ++m) {
    const uint32_t at = matches_[m];
    const uint32_t away = distance(at);
    if (tokens_[at].asked == first_asked_ && away < first) {
      first = away;
      first_before = at < run.begin;
    }
    if (tokens_[at].asked == last_asked_ && away < last) {
      last = away;
      last_before = at < run.begin;
    }
    if (away == 0) {
      ++inside;
      continue;
    }
    nearest = std::min(nearest, away);
    closeness += weights_[m] / (1 + away);
  }
  uint32_t content = 0;
  uint32_t rarity = 0;
  for (uint32_t at = run.begin; at < run.end; ++at) {
    if (tokens_[at].is_function) continue;
    ++content;
    if (!tokens_[at].is_mark) rarity = std::max(rarity, tokens_[at].rarity + 1);
  }
  set(SpanFeature::kOverlap, inside == 0 ? 0 : inside >= content ? 1 : std::min(inside, 2u) + 1);
  set(SpanFeature::kCloseness,
      closeness > 0 ? 1 + std::min(11u, static_cast<uint32_t>(2 * log2_fixed(1 + closeness))) : 0);
  const auto signed_bucket = [](uint32_t away, bool before) {
    if (away == kFar) return kMostSpanValues - 1;
    return before ? 9 + distance_bucket(away) : distance_bucket(away);
  };
  set(SpanFeature::kFirst, signed_bucket(first, first_before));
  set(SpanFeature::kLast, signed_bucket(last, last_before));
  set(SpanFeature::kNearest, nearest == kFar ? kMostSpanValues - 1 : distance_bucket(nearest));
  set(SpanFeature::kRarity, std::min(rarity, kMostSpanValues - 1));

  uint32_t focus = 0;
  const size_t next = question.asking + 1;
  if (question.asks && next < question.words.size() && is_telling(*question.words[next])) {
    focus = 1;
    uint32_t near = kFar;
    for (const uint32_t at : matches_) {
      if (tokens_[at].asked != static_cast<int32_t>(next)) continue;
      const uint32_t away = distance(at);
      if (away > 2 || away >= near) continue;
      near = away;
      focus = away == 0 ? 2 : at < run.begin ? 3 : 4;
    }
  }
  set(SpanFeature::kFocus, focus);
  bool adjacent = false;
  if (run.begin > 0 && tokens_[run.begin - 1].asked >= 0) {
    const auto before = static_cast<size_t>(tokens_[run.begin - 1].asked);
    adjacent = question.words[before]->stem == question.words.back()->stem;
  }
  set(SpanFeature::kAdjacent, adjacent ? 1 : 0);
}

std::string span_number_text(uint32_t number) {
  return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
}

SpanQuestion read_span_question(const Question& question, const SpanTables& tables) {
  SpanQuestion result;
  for (const QuestionWord& word : question.words) {
    if (!word.from_session) result.words.push_back(&word);
  }
  const auto& words = result.words;
  uint32_t at = 0;
  while (at < words.size() && (tables.sorts_of(words[at]->folded) & kAskingWord) == 0) ++at;
  if (at == words.size()) return result;
  result.asks = true;
  result.asking = at;
  const std::string& asking = words[at]->folded;
  const auto key = [&](SpanKey k) -> std::string& { return result.keys[static_cast<uint32_t>(k)]; };
  key(SpanKey::kAsking) = asking;
  if (at + 1 < words.size()) key(SpanKey::kNext) = asking + ' ' + words[at + 1]->folded;
  for (size_t next = at + 1; next < words.size() && next <= at + kMostFocusWords; ++next) {
    if (tables.sorts_of(words[next]->folded) != 0) continue;
    key(SpanKey::kFocus) = asking + " > " + words[next]->stem;
    break;
  }
  return result;
}

}  // namespace cento
