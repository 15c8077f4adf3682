#include "build/span_counts.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "base/log2.h"
#include "build/answer_text.h"
#include "text/search_words.h"

namespace cento {
namespace {

// A key of fewer right runs, and a value of fewer under a key, are left out.
constexpr uint32_t kLeastOfKey = 6;
constexpr uint32_t kLeastOfValue = 2;
// What adds up to less, in SpanTables::kUnits, is left out.
constexpr int32_t kLeastChange = 4;
// So many right runs are added to those of a value and to those expected by chance.
constexpr double kPrior = 2;
// How many runs the key that a key backs off to is worth.
constexpr double kAskingStrength = 40;
constexpr double kSharpStrength = 16;
constexpr double kLn2 = 0.69314718055994531;

constexpr std::string_view kHead = "feature\tkey\tvalue\tright\tany\n";
constexpr std::string_view kWordRow = "word";
constexpr std::string_view kKeyRow = "questions";
constexpr std::string_view kSpanRow = "span-trials";
constexpr std::string_view kSentenceRow = "sentence-trials";
constexpr double kTrialUnits = 100;  // right ones are written in hundredths

std::vector<std::string> folded_words(std::string_view text) {
  std::vector<SearchWord> found;
  find_search_words(text, found);
  std::vector<std::string> words;
  words.reserve(found.size());
  for (const SearchWord& word : found) {
    words.push_back(fold_word(text.substr(word.begin, word.end - word.begin)));
  }
  return words;
}

int32_t rounded_log(double ratio) {
  const double units = log2_fixed(ratio) * kLn2 * SpanTables::kUnits;
  return std::clamp(static_cast<int32_t>(units < 0 ? units - 0.5 : units + 0.5), -127, 127);
}

double strength_of(std::string_view key) {
  return key.find(' ') == std::string_view::npos ? kAskingStrength : kSharpStrength;
}

// What a value that was never right under a key is worth there, beside what the key backs off to.
int32_t missing_under(std::string_view key, uint32_t count) {
  const double strength = strength_of(key);
  return rounded_log(strength / (count + strength));
}

std::string row_text(std::string_view feature, std::string_view key, std::string_view value,
                     uint64_t right, uint64_t any) {
  std::string text(feature);
  text.append("\t").append(key).append("\t").append(value);
  return text + '\t' + std::to_string(right) + '\t' + std::to_string(any) + '\n';
}

bool read_number(std::string_view text, uint32_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

uint64_t units_of(const CalibrationCount& trial) {
  return static_cast<uint64_t>(trial.right * kTrialUnits + 0.5);
}

// Trials as `read` finds them again: a sum of shares has more digits than are written.
CalibrationCounts as_written(CalibrationCounts trials) {
  for (CalibrationCount& trial : trials) {
    trial.right = static_cast<double>(units_of(trial)) / kTrialUnits;
  }
  return trials;
}

}  // namespace

void WordSortCounter::add_document(std::string_view text) {
  std::vector<SearchWord> found;
  find_search_words(text, found);
  for (const SearchWord& word : found) {
    // What is mostly capitalised is a name, however frequent.
    if (text[word.begin] >= 'a' && text[word.begin] <= 'z') {
      ++words_[fold_word(text.substr(word.begin, word.end - word.begin))].documents;
    }
  }
}

void WordSortCounter::add_question(std::string_view question, std::string_view answering,
                                   std::span<const std::string> answers) {
  ++questions_;
  const std::vector<std::string> asked = folded_words(question);
  const std::vector<std::string> said = folded_words(answering);
  const std::set<std::string> there(said.begin(), said.end());
  if (!asked.empty()) ++words_[asked[0]].opened;
  for (const std::string& word : std::set<std::string>(asked.begin(), asked.end())) {
    Counts& counts = words_[word];
    ++counts.questions;
    if (there.contains(word)) ++counts.transferred;
  }
  for (const std::string& answer : answers) {
    const std::vector<std::string> words = folded_words(answer);
    if (words.size() < 2) continue;
    for (const std::string& word : words) ++words_[word].in_answers;
    ++words_[words.back()].last;
  }
}

std::map<std::string, SpanWordSorts> WordSortCounter::sorts() const {
  std::map<std::string, SpanWordSorts> sorts;
  std::vector<std::pair<uint32_t, std::string_view>> frequent;
  for (const auto& [word, counts] : words_) {
    if (counts.documents > 0) frequent.emplace_back(counts.documents, word);
    if (counts.questions == 0 || counts.questions * 300 < questions_) continue;
    if (counts.opened * 4 >= counts.questions && counts.transferred * 3 < counts.questions) {
      sorts[word] |= kAskingWord;
    } else if (counts.questions * 100 >= questions_ && counts.transferred * 20 < counts.questions) {
      sorts[word] |= kAuxiliaryWord;
    }
  }
  std::sort(frequent.begin(), frequent.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  if (frequent.size() > kFunctionWords) frequent.resize(kFunctionWords);
  for (const auto& [count, word] : frequent) {
    const Counts& counts = words_.find(std::string(word))->second;
    sorts[std::string(word)] |= kFunctionWord;
    if (counts.last * 10 < std::max(1u, counts.in_answers)) {
      sorts[std::string(word)] |= kNeverLastWord;
    }
  }
  return sorts;
}

SpanTables::Calibration monotone_shares(const CalibrationCounts& counts) {
  struct Pool {
    double right;
    double count;
    uint32_t end;  // bucket behind the last
  };
  std::vector<Pool> pools;
  for (uint32_t bucket = 0; bucket < counts.size(); ++bucket) {
    if (counts[bucket].count > 0) {
      pools.push_back({counts[bucket].right, static_cast<double>(counts[bucket].count), bucket});
    }
    if (pools.empty()) continue;
    while (pools.size() > 1) {
      Pool& last = pools.back();
      Pool& before = pools[pools.size() - 2];
      if (before.right * last.count < last.right * before.count) break;
      before.right += last.right;
      before.count += last.count;
      pools.pop_back();
    }
    pools.back().end = bucket + 1;
  }
  SpanTables::Calibration shares{};
  uint32_t bucket = 0;
  for (const Pool& pool : pools) {
    const double share = std::clamp(pool.right / pool.count, 0.0, 1.0);
    for (; bucket < pool.end; ++bucket) shares[bucket] = static_cast<uint8_t>(share * 255 + 0.5);
  }
  return shares;
}

SpanCounts::SpanCounts(std::map<std::string, SpanWordSorts> sorts) : sorts_(std::move(sorts)) {
  std::vector<SpanTables::Entry> entries;
  for (const auto& [word, sort] : sorts_) {
    entries.push_back({SpanTables::hash_of_word(word), static_cast<int8_t>(sort)});
  }
  words_ = SpanTables(std::move(entries), {}, {});
}

bool SpanCounts::add(const SpanQuestion& question, const SpanSentence& sentence,
                     std::span<const std::string> answers) {
  bool found = false;
  for (const SpanRun& run : sentence.runs()) {
    const std::string text = normalize_answer(sentence.text(run));
    const bool right = std::find(answers.begin(), answers.end(), text) != answers.end();
    ++any_;
    if (right) {
      found = true;
      ++keys_[""];
      for (const std::string& key : question.keys) {
        if (!key.empty()) ++keys_[key];
      }
    }
    for (uint32_t f = 0; f < kSpanFeatures; ++f) {
      const std::string value = '\t' + sentence.value(static_cast<SpanFeature>(f), run);
      Row& all = rows_[f][value];
      ++all.any;
      if (!right) continue;
      ++all.right;
      const SpanKey sharpest = kSpanFeatureInfos[f].key;
      for (const SpanKey key : {SpanKey::kAsking, SpanKey::kNext, SpanKey::kFocus}) {
        const std::string& name = question.keys[static_cast<uint32_t>(key)];
        const bool counts = key == sharpest || (key == SpanKey::kAsking && sharpest > key);
        if (counts && !name.empty()) ++rows_[f][name + value].right;
      }
    }
  }
  return found;
}

void SpanCounts::add_trial(CalibrationCounts& counts, double evidence, double right) {
  const double most = SpanTables::kCalibrationBuckets - 1;
  CalibrationCount& count = counts[static_cast<uint32_t>(std::clamp(evidence, 0.0, most))];
  ++count.count;
  count.right += right;
}

uint64_t SpanCounts::right_runs() const {
  const auto all = keys_.find("");
  return all == keys_.end() ? 0 : all->second;
}

void SpanCounts::make_entries(SpanFeature feature, std::vector<SpanTables::Entry>& entries,
                              std::map<std::string, bool>* kept) const {
  const Rows& rows = rows_[static_cast<uint32_t>(feature)];
  const auto rights = static_cast<double>(right_runs());
  std::map<std::string, int32_t> stored;  // what a reader will find
  const auto find = [&](const std::string& row, int32_t other) {
    const auto found = stored.find(row);
    return found == stored.end() ? other : found->second;
  };
  // A key comes after those that it backs off to.
  for (const auto& [row, counts] : rows) {
    const size_t tab = row.find('\t');
    const std::string key = row.substr(0, tab);
    const std::string value = row.substr(tab);
    const auto all = rows.find(value);
    if (all == rows.end() || all->second.any == 0) continue;
    const double expected = all->second.any / static_cast<double>(any_);
    int32_t without = 0;  // what a reader makes of the row's absence
    double ratio = (counts.right + kPrior) / (rights * expected + kPrior);
    if (!key.empty()) {
      const auto count = keys_.find(key);
      if (count == keys_.end() || count->second < kLeastOfKey || counts.right < kLeastOfValue) {
        continue;
      }
      int32_t before = find(value, 0);
      const std::string asking = key.substr(0, key.find(' '));
      if (asking != key) {
        const auto known = keys_.find(asking);
        const bool missing = known != keys_.end() && known->second >= kLeastOfKey;
        before =
            find(asking + value, before + (missing ? missing_under(asking, known->second) : 0));
      }
      const double strength = strength_of(key);
      ratio =
          (counts.right / expected + strength * exp2_fixed(before / (SpanTables::kUnits * kLn2))) /
          (count->second + strength);
      without = before + missing_under(key, count->second);
    }
    const int32_t now = rounded_log(ratio);
    const int32_t change = now < without ? without - now : now - without;
    if (change < kLeastChange) continue;
    stored[row] = now;
    entries.push_back({SpanTables::hash_of(SpanTables::hash_of(feature, key), value.substr(1)),
                       static_cast<int8_t>(now)});
    if (kept != nullptr) (*kept)[row] = (*kept)[value] = true;
  }
}

SpanTables SpanCounts::tables() const {
  std::vector<SpanTables::Entry> entries;
  for (const auto& [word, sort] : sorts_) {
    entries.push_back({SpanTables::hash_of_word(word), static_cast<int8_t>(sort)});
  }
  for (const auto& [key, count] : keys_) {
    if (key.empty() || count < kLeastOfKey) continue;
    const auto missing = static_cast<int8_t>(missing_under(key, count));
    entries.push_back({SpanTables::hash_of_key(key), missing});
  }
  for (uint32_t f = 0; f < kSpanFeatures; ++f) {
    make_entries(static_cast<SpanFeature>(f), entries, nullptr);
  }
  if (entries.size() > SpanTables::kMostEntries) entries.resize(SpanTables::kMostEntries);
  return SpanTables(std::move(entries), monotone_shares(as_written(spans_)),
                    monotone_shares(as_written(sentences_)));
}

std::string SpanCounts::write() const {
  std::string text(kHead);
  for (const auto& [word, sort] : sorts_) text += row_text(kWordRow, "", word, sort, 0);
  for (const auto& [key, count] : keys_) {
    if (!key.empty() && count < kLeastOfKey) continue;
    text += row_text(kKeyRow, key, "", count, key.empty() ? any_ : 0);
  }
  for (uint32_t f = 0; f < kSpanFeatures; ++f) {
    std::vector<SpanTables::Entry> entries;
    std::map<std::string, bool> kept;
    make_entries(static_cast<SpanFeature>(f), entries, &kept);
    for (const auto& [row, yes] : kept) {
      const Row& counts = rows_[f].at(row);
      const size_t tab = row.find('\t');
      text += row_text(kSpanFeatureInfos[f].name, row.substr(0, tab), row.substr(tab + 1),
                       counts.right, counts.any);
    }
  }
  const auto write_trials = [&](std::string_view name, const CalibrationCounts& trials) {
    for (uint32_t bucket = 0; bucket < trials.size(); ++bucket) {
      text += row_text(name, "", span_number_text(bucket), units_of(trials[bucket]),
                       trials[bucket].count);
    }
  };
  write_trials(kSpanRow, spans_);
  write_trials(kSentenceRow, sentences_);
  return text;
}

Result<SpanCounts> SpanCounts::read(std::string_view text) {
  SpanCounts counts;
  std::map<std::string, SpanWordSorts> sorts;
  uint32_t number = 0;
  for (size_t at = 0; at < text.size();) {
    ++number;
    const auto bad = [&](std::string_view why) {
      return Status::invalid_argument("Line " + std::to_string(number) + " of the table of spans " +
                                      std::string(why) + ".");
    };
    const size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    if (number == 1) {
      if (line != kHead.substr(0, kHead.size() - 1)) return bad("is not its head line");
      continue;
    }
    std::array<std::string_view, 5> fields;
    for (size_t f = 0; f < fields.size(); ++f) {
      const size_t tab = line.find('\t');
      if ((tab == std::string_view::npos) != (f + 1 == fields.size())) {
        return bad("has not five fields");
      }
      fields[f] = line.substr(0, tab);
      if (tab != std::string_view::npos) line.remove_prefix(tab + 1);
    }
    uint32_t right = 0;
    uint32_t any = 0;
    if (!read_number(fields[3], right) || !read_number(fields[4], any)) {
      return bad("has a count that is no number below 2^32");
    }
    const auto& [feature, key, value, right_text, any_text] = fields;
    if (feature == kWordRow) {
      if (right > 127) return bad("has a sort of words that there is not");
      sorts[std::string(value)] = static_cast<SpanWordSorts>(right);
    } else if (feature == kKeyRow) {
      counts.keys_[std::string(key)] = right;
      if (key.empty()) counts.any_ = any;
    } else if (feature == kSpanRow || feature == kSentenceRow) {
      uint32_t bucket = 0;
      if (!read_number(value, bucket) || bucket >= SpanTables::kCalibrationBuckets ||
          right > kTrialUnits * any) {
        return bad("is no count of trials");
      }
      (feature == kSpanRow ? counts.spans_ : counts.sentences_)[bucket] = {any,
                                                                           right / kTrialUnits};
    } else {
      uint32_t f = 0;
      while (f < kSpanFeatures && feature != kSpanFeatureInfos[f].name) ++f;
      if (f == kSpanFeatures) return bad("names a feature that there is not");
      std::string row(key);
      counts.rows_[f][row.append("\t").append(value)] = {right, any};
    }
  }
  if (counts.any_ == 0 || counts.any_ < counts.right_runs()) {
    return Status::invalid_argument("The table of spans counts no runs.");
  }
  SpanCounts result(std::move(sorts));
  result.rows_ = std::move(counts.rows_);
  result.keys_ = std::move(counts.keys_);
  result.any_ = counts.any_;
  result.spans_ = counts.spans_;
  result.sentences_ = counts.sentences_;
  return result;
}

}  // namespace cento
