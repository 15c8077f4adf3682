#include "levels/discourse_features.h"

#include <algorithm>
#include <utility>

#include "text/boundaries.h"
#include "text/hash.h"
#include "text/unicode.h"

namespace cento {
namespace {

constexpr uint32_t kStartWords = 6;
constexpr size_t kMostWords = 128;  // of a sentence; bounds the cost of what is no prose
// Words have one stem where so many characters are common at the front and few are left over.
constexpr uint32_t kStemCharacters = 4;
constexpr uint32_t kEndingCharacters = 3;

bool is_word_char(CharClass kind) {
  return kind == CharClass::kLetter || kind == CharClass::kDigit || kind == CharClass::kMark;
}

// Appends a character in lower case, if that has as many bytes (as in nearly all scripts).
void append_lower(std::string_view text, size_t at, const TextChar& c, std::string& lower) {
  const char32_t folded = to_lower(c.code_point);
  if (c.length == 1 && folded < 0x80) {
    lower += static_cast<char>(folded);
  } else if (c.length == 2 && folded >= 0x80 && folded < 0x800) {
    lower += static_cast<char>(0xC0 | (folded >> 6));
    lower += static_cast<char>(0x80 | (folded & 0x3F));
  } else {
    lower += text.substr(at, c.length);
  }
}

// Whether the mark at `at`, inside a word so far, goes on with it: "don't", "1,000", "3.5".
bool joins(std::string_view text, size_t at, bool in_number) {
  const char mark = text[at];
  if (at + 1 == text.size() || (in_number ? mark != ',' && mark != '.' : mark != '\'')) {
    return false;
  }
  const CharClass next = char_at(text, at + 1).kind;
  return next == (in_number ? CharClass::kDigit : CharClass::kLetter);
}

uint32_t year_of(std::string_view word) {
  if (word.size() != 4) return 0;
  uint32_t year = 0;
  for (const char c : word) {
    if (c < '0' || c > '9') return 0;
    year = year * 10 + static_cast<uint32_t>(c - '0');
  }
  return year >= 1000 && year < 2100 ? year : 0;
}

uint32_t characters(std::string_view text) {
  return static_cast<uint32_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// Stands in for a stemmer of each language.
bool share_stem(const DiscourseWord& a, const DiscourseWord& b) {
  if (a.lower.front() != b.lower.front()) return false;
  if (a.lower == b.lower) return true;
  if (a.is_number || b.is_number) return false;
  const auto [at, other] =
      std::mismatch(a.lower.begin(), a.lower.end(), b.lower.begin(), b.lower.end());
  const auto common = static_cast<size_t>(at - a.lower.begin());
  const std::string_view stem = std::string_view(a.lower).substr(0, common);
  return characters(stem) >= kStemCharacters &&
         characters(std::string_view(a.lower).substr(common)) <= kEndingCharacters &&
         characters(std::string_view(b.lower).substr(common)) <= kEndingCharacters;
}

// Rare words say more of what a sentence is about.
uint32_t content_weight(const DiscourseWord& word) {
  return word.rank < FrequentWords::kMost ? 1 : 2;
}

// Sorts of words, told apart down to `ranks` of the frequent ones.
uint32_t edge_sort(uint32_t ranks) { return ranks; }
uint32_t sort_of(const DiscourseWord& word, uint32_t ranks) {
  if (word.is_number) return ranks + 1;
  if (word.rank < ranks) return word.rank;
  return word.is_name ? ranks + 2 : ranks + 3;
}

// 0 for none, then by shares of 1/20, 1/10, 3/20, 1/5, 3/10 and 2/5; 8 where there is nothing to
// share.
uint32_t share_bucket(uint32_t part, uint32_t whole) {
  if (whole == 0) return 8;
  if (part == 0) return 0;
  constexpr uint32_t kTwentieths[] = {1, 2, 3, 4, 6, 8};
  uint32_t bucket = 1;
  for (const uint32_t twentieths : kTwentieths) bucket += part * 20 >= whole * twentieths ? 1 : 0;
  return bucket;
}

DiscourseCell cell_of(DiscourseFeature feature, uint32_t cell) {
  return {feature, kDiscourseFeatureBegins[static_cast<uint32_t>(feature)] + cell};
}

// Appends a cell for each different frequent word among the first `count`.
void find_word_cells(std::span<const DiscourseWord> words, DiscourseFeature feature,
                     std::vector<DiscourseCell>& cells) {
  const auto first = static_cast<std::ptrdiff_t>(cells.size());
  for (const DiscourseWord& word : words) {
    if (word.rank == FrequentWords::kMost || word.is_number) continue;
    const DiscourseCell cell = cell_of(feature, word.rank);
    const bool is_new =
        std::none_of(cells.begin() + first, cells.end(),
                     [&](const DiscourseCell& other) { return other.at == cell.at; });
    if (is_new) cells.push_back(cell);
  }
}

}  // namespace

FrequentWords::FrequentWords(std::vector<std::string> words) : words_(std::move(words)) {
  for (uint32_t rank = 0; rank < words_.size(); ++rank) {
    uint32_t slot = hash_bytes(words_[rank]) % kSlots;
    while (slots_[slot] != 0) slot = (slot + 1) % kSlots;
    slots_[slot] = static_cast<uint16_t>(rank + 1);
  }
}

uint32_t FrequentWords::rank(std::string_view word) const {
  for (uint32_t slot = hash_bytes(word) % kSlots; slots_[slot] != 0; slot = (slot + 1) % kSlots) {
    if (words_[slots_[slot] - 1u] == word) return slots_[slot] - 1u;
  }
  return kMost;
}

uint64_t FrequentWords::memory_bytes() const {
  // Most words are short enough to stand inside the string object.
  return words_.capacity() * sizeof(std::string);
}

std::vector<DiscourseWord> find_discourse_words(std::string_view text, const FrequentWords& ranks) {
  std::vector<DiscourseWord> words;
  for (size_t at = 0; at < text.size() && words.size() < kMostWords;) {
    TextChar c = char_at(text, at);
    const bool is_number = c.kind == CharClass::kDigit;
    const bool is_ideograph = c.kind == CharClass::kIdeograph;
    if (!is_number && !is_ideograph && c.kind != CharClass::kLetter) {
      at += c.length;
      continue;
    }
    DiscourseWord word{};
    const bool is_capital = is_upper(c.code_point);
    do {
      append_lower(text, at, c, word.lower);
      at += c.length;
      if (is_ideograph || at == text.size()) break;
      c = char_at(text, at);
    } while (is_word_char(c.kind) || joins(text, at, is_number));
    word.rank = ranks.rank(word.lower);
    word.is_number = is_number;
    word.is_name = is_capital && (!words.empty() || word.rank == FrequentWords::kMost);
    word.year = year_of(word.lower);
    words.push_back(std::move(word));
  }
  return words;
}

DiscourseParagraph::DiscourseParagraph(std::string_view title,
                                       std::span<const std::string_view> sentences,
                                       const FrequentWords& ranks)
    : title_(find_discourse_words(title, ranks)) {
  sentences_.reserve(sentences.size());
  for (const std::string_view sentence : sentences) sentences_.push_back(open(sentence, ranks));
}

DiscourseParagraph::Sentence DiscourseParagraph::open(std::string_view text,
                                                      const FrequentWords& ranks) {
  Sentence sentence;
  sentence.words = find_discourse_words(text, ranks);
  for (uint32_t i = 0; i < sentence.words.size(); ++i) {
    const DiscourseWord& word = sentence.words[i];
    if (word.rank >= FrequentWords::kFunctionWords && find_stem(sentence, word) == i) {
      sentence.content.push_back(i);
    }
    if (word.year == 0) continue;
    sentence.last_year = std::max(sentence.last_year, word.year);
    sentence.first_year =
        sentence.first_year == 0 ? word.year : std::min(sentence.first_year, word.year);
  }
  return sentence;
}

uint32_t DiscourseParagraph::find_stem(const Sentence& sentence, const DiscourseWord& word) {
  uint32_t i = 0;
  while (i < sentence.words.size() && !share_stem(sentence.words[i], word)) ++i;
  return i;
}

uint32_t DiscourseParagraph::first_sort(uint32_t sentence) const {
  const std::vector<DiscourseWord>& words = sentences_[sentence].words;
  constexpr uint32_t kRanks = FrequentWords::kFunctionWords;
  return words.empty() ? edge_sort(kRanks) : sort_of(words.front(), kRanks);
}

// How many words are the title's, up to three, and whether the first of them stands at the front.
uint32_t DiscourseParagraph::title_cell(const Sentence& sentence) const {
  uint32_t count = 0;
  uint32_t first = 0;
  for (uint32_t i = 0; i < sentence.words.size() && count < 3; ++i) {
    for (const DiscourseWord& word : title_) {
      if (!share_stem(sentence.words[i], word)) continue;
      if (count++ == 0) first = i;
      break;
    }
  }
  const uint32_t place = first == 0 ? 0 : first < 3 ? 1 : first < 9 ? 2 : 3;
  return count * 4 + place;
}

uint32_t DiscourseParagraph::central_cell(uint32_t sentence) const {
  const Sentence& own = sentences_[sentence];
  uint32_t shared = 0;
  uint32_t whole = 0;
  for (const uint32_t i : own.content) {
    const DiscourseWord& word = own.words[i];
    uint32_t others = 0;
    for (uint32_t s = 0; s < size() && others < 2; ++s) {
      if (s != sentence && find_stem(sentences_[s], word) < sentences_[s].words.size()) ++others;
    }
    shared += content_weight(word) * others;
    whole += content_weight(word);
  }
  return share_bucket(shared * 2, whole * 3);
}

void DiscourseParagraph::find_cells(uint32_t sentence, std::vector<DiscourseCell>& cells) const {
  const Sentence& own = sentences_[sentence];
  const std::span<const DiscourseWord> words = own.words;
  find_word_cells(words, DiscourseFeature::kWord, cells);
  find_word_cells(words.first(std::min<size_t>(words.size(), kStartWords)),
                  DiscourseFeature::kStart, cells);
  cells.push_back(cell_of(DiscourseFeature::kTitle, title_cell(own)));
  cells.push_back(cell_of(DiscourseFeature::kCentral, central_cell(sentence)));
}

void DiscourseParagraph::find_cells(uint32_t a, uint32_t b,
                                    std::vector<DiscourseCell>& cells) const {
  const Sentence& before = sentences_[a];
  const Sentence& after = sentences_[b];
  const auto determiner = [](const Sentence& sentence, uint32_t i) {
    constexpr uint32_t kRanks = FrequentWords::kDeterminers;
    return i == 0 ? edge_sort(kRanks) : sort_of(sentence.words[i - 1], kRanks);
  };
  const auto third = [](const Sentence& sentence, uint32_t i) {
    return i * 3 / static_cast<uint32_t>(sentence.words.size());
  };
  uint32_t shared = 0;
  uint32_t whole = 0;
  for (const uint32_t j : after.content) {
    const DiscourseWord& word = after.words[j];
    whole += content_weight(word);
    const uint32_t i = find_stem(before, word);
    if (i == before.words.size()) continue;
    shared += content_weight(word);
    const DiscourseWord& twin = before.words[i];
    const size_t length = word.lower.size();
    const uint32_t form = twin.lower == word.lower ? 0 : twin.lower.size() < length ? 1 : 2;
    cells.push_back(cell_of(DiscourseFeature::kForm, form));
    cells.push_back(cell_of(DiscourseFeature::kDeterminer,
                            determiner(before, i) * kDeterminerSorts + determiner(after, j)));
    cells.push_back(cell_of(DiscourseFeature::kPlace,
                            (third(before, i) * 3 + third(after, j)) * 2 + (word.is_name ? 1 : 0)));
  }
  cells.push_back(cell_of(DiscourseFeature::kOverlap, share_bucket(shared, whole)));

  const auto years = [&] {
    if (before.last_year == 0) return after.last_year == 0 ? 0u : 1u;
    if (after.last_year == 0) return 2u;
    if (before.last_year == after.last_year) return 3u;
    if (before.last_year < after.first_year) return 4u;
    if (before.first_year > after.last_year) return 5u;
    return before.last_year < after.last_year ? 6u : 7u;
  };
  cells.push_back(cell_of(DiscourseFeature::kYear, years()));
}

std::vector<std::vector<std::string_view>> split_paragraphs(std::string_view text,
                                                            std::span<const Heading> headings) {
  std::vector<std::vector<std::string_view>> paragraphs;
  std::vector<std::string_view> sentences;
  uint32_t begin = 0;
  for (const Boundary& boundary : find_boundaries(text, headings)) {
    uint32_t end = boundary.at;
    const auto is_space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
    while (begin < end && is_space(text[begin])) ++begin;
    while (begin < end && is_space(text[end - 1])) --end;
    if (begin < end) sentences.push_back(text.substr(begin, end - begin));
    begin = boundary.at;
    if (boundary.kind == BoundaryKind::kSentence && boundary.at < text.size()) continue;
    if (!sentences.empty()) paragraphs.push_back(std::move(sentences));
    sentences.clear();
  }
  return paragraphs;
}

}  // namespace cento
