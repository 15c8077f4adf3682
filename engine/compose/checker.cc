#include "compose/checker.h"

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "base/sort.h"
#include "base/utf8.h"
#include "compose/alignment.h"
#include "text/boundaries.h"
#include "text/sentence_end.h"
#include "text/unicode.h"
#include "text/word_lists.h"

namespace cento {
namespace {

constexpr uint32_t kMaxPlaces = 24;    // of the documents that a sentence is laid over
constexpr uint32_t kPlacesOfSpan = 8;  // of them, those where one run of it stands
constexpr uint32_t kMaxLocated = 256;  // places of a run that are looked at for a known document
constexpr uint32_t kMaxSentenceAtoms = 300;
constexpr uint32_t kMaxDifferences = 2;
constexpr uint32_t kMaxCost = 24;       // of an alignment: two long names exchanged
constexpr uint32_t kTrivialWords = 3;   // shorter sentences say too little to be unsupported
constexpr uint32_t kHeadingWords = 10;  // the most of a line without an end mark that is none
constexpr uint32_t kWindowTokens = 8;   // beyond where a place's sentence should begin and end

// Whether all that remains of a sentence without its end mark is a question.
bool is_question(std::string_view sentence) {
  while (!sentence.empty()) {
    const TextChar last = char_before(sentence, sentence.size());
    if (last.code_point == '?' || last.code_point == U'？' || last.code_point == U'؟') return true;
    if (last.kind != CharClass::kPunctuation && last.kind != CharClass::kSpace) return false;
    if (last.code_point == '.' || last.code_point == '!') return false;
    sentence.remove_suffix(last.length);
  }
  return false;
}

std::string lower(std::string_view text) {
  std::string folded(text);
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

bool has_digit(std::string_view text) {
  return text.find_first_of("0123456789") != std::string_view::npos;
}

std::string digits_of(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c >= '0' && c <= '9') digits += c;
  }
  return digits;
}

// A run of tokens of the sentence that stands in the documents and cannot be made longer.
struct Span {
  uint32_t begin;  // tokens of the sentence
  uint32_t end;
  RowRange range;
};

// One part of a difference: what stands on one side.
class Part {
 public:
  Part(const FoldedText& text, uint32_t begin, uint32_t end)
      : text_(&text), begin_(begin), end_(end) {}

  bool is_empty() const { return begin_ == end_; }
  std::string_view text() const {
    if (is_empty()) return {};
    const uint32_t from = text_->atoms[begin_].begin;
    return std::string_view(text_->text).substr(from, text_->atoms[end_ - 1].end - from);
  }
  bool has(UnitKind kind) const {
    for (uint32_t i = begin_; i < end_; ++i) {
      if (text_->units[text_->unit_of[i]].kind == kind) return true;
    }
    return false;
  }
  bool is_number() const {
    return has_digit(text()) || is_listed(WordList::kNumberWord, lower(text()));
  }
  bool is_year() const {
    const std::string_view year = text();
    return year.size() == 4 && digits_of(year) == year && (year[0] == '1' || year[0] == '2');
  }
  // Whether it is made of values and what joins them.
  bool is_value() const {
    for (uint32_t i = begin_; i < end_; ++i) {
      const Unit& unit = text_->units[text_->unit_of[i]];
      if (cento::is_value(unit.kind) || unit.kind == UnitKind::kPunctuation) continue;
      const std::string_view word = text_->atom(i);
      const std::string_view whole = text_->original.substr(unit.begin, unit.end - unit.begin);
      const bool listed = has_digit(whole) || is_listed(WordList::kNumberWord, lower(word)) ||
                          is_listed(WordList::kConnector, word) ||
                          is_listed(WordList::kMeasure, word);
      if (!listed && !is_upper(char_at(word, 0).code_point)) return false;
    }
    return begin_ != end_;
  }
  // A name, or a word that may be one where a sentence opens with it.
  bool is_name() const {
    if (is_empty()) return false;
    if (has(UnitKind::kName) || has(UnitKind::kCode) || has(UnitKind::kUrl)) return true;
    return text_->atoms[begin_].kind == PretokenKind::kWord &&
           is_upper(char_at(text_->atom(begin_), 0).code_point) &&
           !is_listed(WordList::kSentenceStarter, text_->atom(begin_));
  }
  bool is_negation() const { return is_listed(WordList::kNegation, lower(text())); }
  bool is_article() const {
    const std::string word = lower(text());
    return word == "a" || word == "an" || word == "the" || word == "any";
  }

 private:
  const FoldedText* text_;
  uint32_t begin_;
  uint32_t end_;
};

// "isn't" and "is", "cannot" and "can".
bool is_negated(std::string_view word, std::string_view plain) {
  if (plain.empty() || word.size() <= plain.size()) return false;
  if (word == "can't" || word == "cannot") return plain == "can";
  if (word == "won't") return plain == "will";
  return word.starts_with(plain) && (word.substr(plain.size()) == "n't");
}

// What kind of value two parts differ in; empty where they differ in more than one.
std::string_view difference_of(const Part& text, const Part& other) {
  const auto negates = [](const Part& a, const Part& b) {
    return a.is_negation() && (b.is_empty() || b.is_article());
  };
  const std::string ours = lower(text.text());
  const std::string theirs = lower(other.text());
  if (negates(text, other) || negates(other, text) || is_negated(ours, theirs) ||
      is_negated(theirs, ours)) {
    return "negation";
  }
  if (!text.is_value() || !other.is_value()) return {};
  const bool dated = text.has(UnitKind::kDate) || other.has(UnitKind::kDate);
  if (dated && text.is_number() == other.is_number()) return "date";
  if (text.is_number() && other.is_number()) {
    if (text.is_year() && other.is_year()) return "date";
    const bool same = has_digit(ours) && digits_of(ours) == digits_of(theirs);
    // "1.5" and "15" have the same digits.
    const bool measured = text.text().find(' ') != std::string_view::npos ||
                          other.text().find(' ') != std::string_view::npos ||
                          ours.find('%') != ours.npos || theirs.find('%') != theirs.npos;
    return same && measured ? "unit" : "number";
  }
  if (text.is_name() && other.is_name()) return "name";
  const bool measures =
      is_listed(WordList::kMeasure, text.text()) && is_listed(WordList::kMeasure, other.text());
  return measures ? "unit" : std::string_view{};
}

// How alike two values are: bytes that they share at the beginning and at the end.
uint32_t likeness(std::string_view a, std::string_view b) {
  const size_t most = std::min(a.size(), b.size());
  size_t front = 0;
  while (front < most && a[front] == b[front]) ++front;
  size_t back = 0;
  while (back < most - front && a[a.size() - 1 - back] == b[b.size() - 1 - back]) ++back;
  return static_cast<uint32_t>(front + back);
}

}  // namespace

class Checker::Impl {
 public:
  Impl(const Corpus& corpus, std::string_view text)
      : corpus_(corpus), text_(text), boundaries_(find_boundaries(text_)) {}

  bool step() {
    if (next_ == boundaries_.size()) return false;
    const size_t begin = next_ == 0 ? 0 : boundaries_[next_ - 1].at;
    const size_t end = boundaries_[next_++].at;
    FoldedText sentence(std::string_view(text_).substr(begin, end - begin));
    if (!sentence.atoms.empty() && !is_question(sentence.text)) {
      CheckedSentence checked = judge(sentence);
      place(checked, sentence, begin);
      ++report_.sentences;
      ++(checked.verdict == Verdict::kAttested   ? report_.attested
         : checked.verdict == Verdict::kNearMiss ? report_.near_miss
                                                 : report_.unsupported);
      report_.details.push_back(std::move(checked));
    }
    return next_ < boundaries_.size();
  }

  CheckReport& result() { return report_; }

 private:
  // What a sentence was laid over, and how well it fits.
  struct Comparison {
    uint32_t cost = 0;
    uint32_t differences = 0;
    uint32_t likeness = 0;
    bool in_known_document = false;
    TextPos position = 0;    // a token of the documents' sentence
    std::string difference;  // empty: none
    Mark differs;            // bytes of the folded sentence
    std::string documents_say;
  };

  // Where what was judged stands in the text: the sentence begins at byte `begin`.
  void place(CheckedSentence& checked, const FoldedText& sentence, size_t begin) {
    const std::string_view text = text_;
    const auto place_mark = [&](Mark& mark) {
      mark.begin_bytes = begin + sentence.offsets[static_cast<size_t>(mark.begin_bytes)];
      mark.end_bytes = begin + sentence.offsets[static_cast<size_t>(mark.end_bytes)];
      const auto from = static_cast<size_t>(mark.begin_bytes);
      mark.begin_utf16 = utf16_ + utf16_length(text.substr(counted_, from - counted_));
      mark.end_utf16 = mark.begin_utf16 +
                       utf16_length(text.substr(from, static_cast<size_t>(mark.end_bytes) - from));
    };
    checked.range = {0, sentence.text.size(), 0, 0};
    place_mark(checked.range);
    utf16_ = checked.range.begin_utf16;
    counted_ = static_cast<size_t>(checked.range.begin_bytes);
    if (checked.verdict == Verdict::kNearMiss) place_mark(checked.differs);
  }

  CheckedSentence judge(FoldedText& sentence) {
    CheckedSentence checked;
    if (stands_whole(sentence)) {
      attest(checked, found_);
      return checked;
    }
    sentence.find_units();
    find_spans(sentence);
    Comparison best;
    bool found = false;
    if (sentence.atom_count() <= kMaxSentenceAtoms) {
      places_.clear();
      for (const Span& span : spans_) {
        const bool done = found && best.differences < 2 && best.difference != "name";
        if (done || places_.size() >= kMaxPlaces) break;
        size_t next = places_.size();
        collect_places(span);
        for (; next < places_.size(); ++next) {
          Comparison comparison;
          if (!compare(sentence, places_[next], comparison)) continue;
          if (!found || is_better(comparison, best)) best = std::move(comparison);
          found = true;
        }
      }
    }
    if (found && best.difference.empty()) {
      attest(checked, best.position);
    } else if (found) {
      attest(checked, best.position);
      checked.verdict = Verdict::kNearMiss;
      checked.difference = std::move(best.difference);
      checked.differs = best.differs;
      checked.documents_say = std::move(best.documents_say);
    } else if (says_little(sentence) && !spans_.empty() &&
               2 * (spans_[0].end - spans_[0].begin) >= tokens_.size()) {
      attest(checked, corpus_.index().locate(spans_[0].range.begin) - 1);
    }
    return checked;
  }

  void attest(CheckedSentence& checked, TextPos position) {
    checked.verdict = Verdict::kAttested;
    const TokenRange range = corpus_.sentence_at(position);
    const std::string text = corpus_.text(range);
    const FoldedText folded(text);
    const uint32_t skip = folded.offsets.front();
    const uint32_t end = folded.offsets.back();
    checked.source = corpus_.source(range, text, skip);
    checked.source.end_bytes -= text.size() - end;
    checked.source.end_utf16 -= utf16_length(text.substr(end));
    checked.evidence = text.substr(skip, end - skip);
    known_document_ = corpus_.document_at(position);
    knows_document_ = true;
  }

  // Whether all of it stands in one document, as it is or without its last mark; `found_` is where.
  bool stands_whole(const FoldedText& sentence) {
    std::string_view text = sentence.text;
    for (int without_mark = 0; without_mark < 2; ++without_mark) {
      for (const bool spaced : {true, false}) {
        tokens_.clear();
        corpus_.tokenizer().encode(spaced ? " " + std::string(text) : std::string(text), tokens_);
        const RowRange range = corpus_.index().find(tokens_);
        if (range.is_empty()) continue;
        found_ = corpus_.index().locate(range.begin) - 1;
        return true;
      }
      if (sentence.atom_count() < 3 || !ends_sentence(text)) break;
      text = text.substr(0, sentence.atoms[sentence.atom_count() - 2].end);
    }
    return false;
  }

  // The maximal runs of tokens that stand somewhere, of those that begin where an atom does. The
  // first atom of a run stands with or without a space before it.
  void find_spans(const FoldedText& sentence) {
    tokens_.clear();
    corpus_.tokenizer().encode(" " + sentence.text, tokens_);
    starts_.clear();
    uint32_t offset = 0;
    uint32_t token = 0;
    for (const Atom& atom : sentence.atoms) {
      // A byte of space was put before the sentence.
      while (offset + text_size(token) <= atom.begin + 1) offset += text_size(token++);
      starts_.push_back(token);
    }
    spans_.clear();
    uint32_t reached = 0;
    for (uint32_t i = 0; i < starts_.size(); ++i) {
      if (sentence.atoms[i].kind == PretokenKind::kPunctuation) continue;
      Span span{starts_[i], starts_[i], {}};
      extend(span, corpus_.index().all());
      const std::string_view word = corpus_.vocabulary().text(tokens_[starts_[i]]);
      if (word.starts_with(' ') && word.size() > 1) {
        if (const auto bare = corpus_.vocabulary().find(word.substr(1))) {
          Span other{starts_[i], starts_[i] + 1,
                     corpus_.index().extend(corpus_.index().all(), *bare)};
          if (!other.range.is_empty()) extend(other, other.range);
          if (!other.range.is_empty() && other.end > span.end) span = other;
        }
      }
      if (span.end <= reached || span.end == span.begin) continue;
      reached = span.end;
      spans_.push_back(span);
      if (reached == tokens_.size()) break;
    }
    // The longest first.
    stable_sort(std::span(spans_),
                [](const Span& a, const Span& b) { return a.end - a.begin > b.end - b.begin; });
  }

  uint32_t text_size(uint32_t token) const {
    return static_cast<uint32_t>(corpus_.vocabulary().text(tokens_[token]).size());
  }

  void extend(Span& span, RowRange range) {
    while (span.end < tokens_.size()) {
      const RowRange next = corpus_.index().extend(range, tokens_[span.end]);
      if (next.is_empty()) break;
      range = next;
      ++span.end;
    }
    span.range = range;
  }

  // Where the sentence should begin and end if a run of it stands at a place.
  struct Place {
    TokenRange window;
    bool in_known_document;
  };

  void collect_places(const Span& span) {
    std::vector<uint64_t> ends;
    // A few spread over the rows, and those of the document that the text spoke of last.
    const uint32_t few = std::min(span.range.count(), kPlacesOfSpan);
    for (uint32_t i = 0; i < few; ++i) {
      const auto row = static_cast<uint32_t>(uint64_t{i} * span.range.count() / few);
      ends.push_back(corpus_.index().locate(span.range.begin + row));
    }
    if (knows_document_ && span.range.count() > few && span.range.count() <= kMaxLocated) {
      const TokenRange known = corpus_.document_tokens(known_document_);
      for (uint32_t row = span.range.begin; row < span.range.end; ++row) {
        const TextPos end = corpus_.index().locate(row);
        if (end > known.begin && end <= known.end) ends.push_back(end);
      }
    }
    sort_numbers(ends);
    for (const uint64_t end : ends) add_place(span, static_cast<TextPos>(end));
  }

  void add_place(const Span& span, TextPos end) {
    const auto length = static_cast<uint32_t>(tokens_.size());
    const DocId document = corpus_.document_at(end - 1);
    const TokenRange tokens = corpus_.document_tokens(document);
    const TextPos begin = end - (span.end - span.begin);
    const uint32_t before = span.begin + span.begin / 4 + kWindowTokens;
    const uint32_t after = (length - span.end) + (length - span.end) / 4 + kWindowTokens;
    TokenRange window{begin - std::min(before, begin - tokens.begin),
                      end + std::min(after, tokens.end - std::min(tokens.end, end))};
    // Over whole sentences, where these are not far longer.
    const TokenRange first = corpus_.sentence_at(window.begin);
    const TokenRange last = corpus_.sentence_at(window.end - 1);
    if (window.begin - first.begin < 4 * kWindowTokens) window.begin = first.begin;
    if (last.end - window.end < 4 * kWindowTokens) window.end = last.end;
    const bool known = std::any_of(places_.begin(), places_.end(),
                                   [&](const Place& place) { return place.window == window; });
    if (!known) places_.push_back({window, knows_document_ && document == known_document_});
  }

  // False where they differ in more than a few values.
  bool compare(const FoldedText& sentence, const Place& place, Comparison& comparison) const {
    const std::string there = corpus_.text(place.window);
    FoldedText other(there);
    const Alignment alignment = align(sentence, other, kMaxCost);
    if (alignment.cost > kMaxCost) return false;
    comparison.cost = alignment.cost;
    comparison.in_known_document = place.in_known_document;
    uint32_t differing = 0;
    uint32_t differences = 0;
    uint32_t position_atom = alignment.other_begin;
    for (const Difference& difference : alignment.differences) {
      const Part ours(sentence, difference.begin, difference.end);
      const Part theirs(other, difference.other_begin, difference.other_end);
      const bool at_the_end = difference.end == sentence.atom_count();
      if (at_the_end && ends_sentence(ours.text()) && difference.end - difference.begin == 1) {
        continue;  // its last mark
      }
      const std::string_view kind = difference_of(ours, theirs);
      if (kind.empty() || ++differences > kMaxDifferences) return false;
      differing += unit_count(sentence, difference.begin, difference.end);
      if (differences > 1) continue;
      comparison.difference = kind;
      comparison.documents_say = theirs.text();
      comparison.likeness = likeness(ours.text(), theirs.text());
      position_atom = difference.other_begin;
      const bool empty = ours.is_empty();
      const size_t begin = empty && difference.begin == sentence.atom_count()
                               ? sentence.text.size()
                               : sentence.atoms[difference.begin].begin;
      comparison.differs = {begin, empty ? begin : sentence.atoms[difference.end - 1].end, 0, 0};
    }
    comparison.differences = differences;
    const uint32_t units = unit_count(sentence, 0, sentence.atom_count());
    if (differing >= units || (2 * differing > units && units > kTrivialWords + 1)) return false;
    comparison.position = position_of(place.window, other, position_atom);
    return true;
  }

  static uint32_t unit_count(const FoldedText& text, uint32_t begin, uint32_t end) {
    return begin == end ? 0 : text.unit_of[end - 1] - text.unit_of[begin] + 1;
  }

  // The token in which an atom of a window's text begins.
  TextPos position_of(TokenRange window, const FoldedText& text, uint32_t atom) const {
    const uint32_t at = text.offsets[text.atoms[std::min(atom, text.atom_count() - 1)].begin];
    std::vector<Symbol> tokens;
    corpus_.extract(window, tokens);
    uint32_t offset = 0;
    TextPos position = window.begin;
    for (const Symbol token : tokens) {
      offset += static_cast<uint32_t>(corpus_.vocabulary().text(token).size());
      if (offset > at) break;
      ++position;
    }
    return std::min(position, window.end - 1);
  }

  static bool is_better(const Comparison& a, const Comparison& b) {
    if (a.differences != b.differences) return a.differences < b.differences;
    if (a.in_known_document != b.in_known_document) return a.in_known_document;
    // What is said of the same subject comes before the same that is said of another one.
    const bool b_is_name = b.difference == "name";
    if ((a.difference == "name") != b_is_name) return b_is_name;
    if (a.cost != b.cost) return a.cost < b.cost;
    if (a.likeness != b.likeness) return a.likeness > b.likeness;
    return a.position < b.position;
  }

  static bool says_little(const FoldedText& sentence) {
    if (has_digit(sentence.text)) return false;
    uint32_t words = 0;
    for (const Atom& atom : sentence.atoms) {
      words += atom.kind == PretokenKind::kWord || atom.kind == PretokenKind::kIdeograph ? 1 : 0;
    }
    return words < kTrivialWords || (words <= kHeadingWords && !ends_sentence(sentence.text));
  }

  const Corpus& corpus_;
  std::string text_;
  std::vector<Boundary> boundaries_;
  size_t next_ = 0;  // boundary: the end of the sentence to come
  // The first byte of the last sentence, and the UTF-16 units before it.
  size_t counted_ = 0;
  uint64_t utf16_ = 0;
  CheckReport report_;
  // The document of the last sentence that was found: the text may go on speaking of it.
  DocId known_document_ = 0;
  bool knows_document_ = false;
  // Of the sentence at work.
  TextPos found_ = 0;
  std::vector<TokenId> tokens_;   // with a space before it
  std::vector<uint32_t> starts_;  // the token that each atom begins with
  std::vector<Span> spans_;
  std::vector<Place> places_;
};

Checker::Checker(const Corpus& corpus, std::string_view text)
    : impl_(std::make_unique<Impl>(corpus, text)) {}
Checker::~Checker() = default;
Checker::Checker(Checker&&) noexcept = default;

bool Checker::step() { return impl_->step(); }

CheckReport& Checker::result() { return impl_->result(); }

}  // namespace cento
