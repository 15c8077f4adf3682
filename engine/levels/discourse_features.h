// What the discourse level sees of a paragraph: cells of its tables, for each sentence and for each
// two sentences. Which features there are and how they are counted: docs/algorithms.md.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cento/status.h"
#include "text/document.h"

namespace cento {

// Words of a corpus in lower case, the most frequent first. Owns them. Memory: about 8 kB.
// Threads: const methods at once.
class FrequentWords {
 public:
  static constexpr uint32_t kMost = 500;
  static constexpr uint32_t kFunctionWords = 100;  // so many say how, not what
  static constexpr uint32_t kDeterminers = 30;     // so many are told apart before a word

  FrequentWords() : FrequentWords(std::vector<std::string>{}) {}
  // REQUIRES: at most kMost words.
  explicit FrequentWords(std::vector<std::string> words);

  const std::vector<std::string>& words() const { return words_; }
  // The word's place; kMost where it is not among them. Cost: one hash look-up.
  uint32_t rank(std::string_view word) const;
  uint64_t memory_bytes() const;

 private:
  static constexpr uint32_t kSlots = 1024;
  std::vector<std::string> words_;
  std::array<uint16_t, kSlots> slots_{};  // open addressing; rank + 1, 0 where free
};

// Letters with their marks and inner apostrophes, digits with inner separators, or one ideograph.
struct DiscourseWord {
  std::string lower;
  uint32_t rank;  // FrequentWords::rank
  uint32_t year;  // 1000 to 2099, 0 if it is no such number
  bool is_number;
  bool is_name;  // capitalised, and not only for opening the sentence
};

// The words of a sentence or title, at most the first 128. Linear.
std::vector<DiscourseWord> find_discourse_words(std::string_view text, const FrequentWords& ranks);

enum class DiscourseFeature : uint8_t {
  // Of one sentence.
  kWord,     // each frequent word in it
  kStart,    // each frequent word among its first six
  kTitle,    // how much of the title it says, and where
  kCentral,  // how much of it the other sentences say too
  // Of a sentence a and a later sentence b.
  kKind,        // the kinds of both; the edge of a paragraph is kind 0
  kOverlap,     // how much of b stands in a
  kForm,        // a shared word: the same, longer or shorter in b
  kDeterminer,  // a shared word: what stands before it in a and in b
  kPlace,       // a shared word: in which third of a and of b
  kYear,        // whether years ascend
};
inline constexpr uint32_t kDiscourseFeatures = 10;

// Sorts of words: the frequent ones themselves, then the edge of the sentence, numbers, names,
// other words.
inline constexpr uint32_t kOtherSorts = 4;
inline constexpr uint32_t kFirstSorts = FrequentWords::kFunctionWords + kOtherSorts;
inline constexpr uint32_t kDeterminerSorts = FrequentWords::kDeterminers + kOtherSorts;
inline constexpr uint32_t kMaxKinds = 9;  // of sentences, the edge of a paragraph included

// The kind of a sentence by the sort of its first word. REQUIRES: every kind is below kMaxKinds.
using SentenceKinds = std::array<uint8_t, kFirstSorts>;

struct DiscourseFeatureInfo {
  const char* name;
  uint32_t cells;
  // How much the two scores of a cell weigh, 0 where the feature has no such score.
  int32_t near_weight;   // a sentence opens the paragraph; b directly follows a
  int32_t order_weight;  // a sentence comes early; a comes somewhere before b
};

inline constexpr std::array<DiscourseFeatureInfo, kDiscourseFeatures> kDiscourseFeatureInfos = {{
    {"word", FrequentWords::kMost, 1, 0},
    {"start", FrequentWords::kMost, 1, 0},
    {"title", 16, 2, 2},
    {"central", 9, 0, 1},
    {"kind", kMaxKinds* kMaxKinds, 1, 0},
    {"overlap", 9, 2, 0},
    {"form", 3, 1, 0},
    {"determiner", kDeterminerSorts* kDeterminerSorts, 2, 2},
    {"place", 18, 2, 2},
    {"year", 8, 0, 2},
}};

// All features' cells stand one behind the other.
inline constexpr std::array<uint32_t, kDiscourseFeatures + 1> kDiscourseFeatureBegins = [] {
  std::array<uint32_t, kDiscourseFeatures + 1> begins{};
  for (uint32_t f = 0; f < kDiscourseFeatures; ++f) {
    begins[f + 1] = begins[f] + kDiscourseFeatureInfos[f].cells;
  }
  return begins;
}();
inline constexpr uint32_t kDiscourseCells = kDiscourseFeatureBegins[kDiscourseFeatures];

struct DiscourseCell {
  DiscourseFeature feature;
  uint32_t at;  // in [0, kDiscourseCells)
};

// One paragraph opened up. Does not own the ranks. Sentences are numbered in the order given.
// Memory: a few kB a sentence. Threads: const methods at once.
class DiscourseParagraph {
 public:
  // `title` is that of the document, empty where it has none. Cost: the square of the words.
  DiscourseParagraph(std::string_view title, std::span<const std::string_view> sentences,
                     const FrequentWords& ranks);

  uint32_t size() const { return static_cast<uint32_t>(sentences_.size()); }
  // The sort of a sentence's first word, in [0, kFirstSorts).
  uint32_t first_sort(uint32_t sentence) const;
  // Appends the cells of one sentence among the others. Linear.
  void find_cells(uint32_t sentence, std::vector<DiscourseCell>& cells) const;
  // Appends the cells of `a` before `b`, but for kKind. Cost: the product of their words.
  void find_cells(uint32_t a, uint32_t b, std::vector<DiscourseCell>& cells) const;

 private:
  struct Sentence {
    std::vector<DiscourseWord> words;
    std::vector<uint32_t> content;  // words that are no function words, each stem's first
    uint32_t first_year = 0;        // the smallest; 0 where there is none
    uint32_t last_year = 0;
  };
  static Sentence open(std::string_view text, const FrequentWords& ranks);
  // The first word of `sentence` with the stem of `word`, or its number of words.
  static uint32_t find_stem(const Sentence& sentence, const DiscourseWord& word);
  uint32_t title_cell(const Sentence& sentence) const;
  uint32_t central_cell(uint32_t sentence) const;

  std::vector<DiscourseWord> title_;
  std::vector<Sentence> sentences_;
};

// The cell of feature kKind for kinds `a` and `b` one after the other.
inline DiscourseCell kind_cell(uint32_t a, uint32_t b) {
  return {
      DiscourseFeature::kKind,
      kDiscourseFeatureBegins[static_cast<uint32_t>(DiscourseFeature::kKind)] + a * kMaxKinds + b};
}

// The sentences of each paragraph of a document, without the white space around them: views into
// `text`. Paragraphs are those of find_boundaries. Linear.
std::vector<std::vector<std::string_view>> split_paragraphs(std::string_view text,
                                                            std::span<const Heading> headings);

}  // namespace cento
