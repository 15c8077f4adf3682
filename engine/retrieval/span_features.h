// What a run of words in a sentence looks like as the answer to a question: the values of a dozen
// features, as text, so that the tables counted over them can be read. Internal to answer_span.cc
// and to what counts its tables.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/question.h"

namespace cento {

class SpanTables;

enum class SpanFeature : uint8_t {
  kShape,      // the sorts of its words, neighbours of one sort once
  kLeft,       // the word before it and its first word
  kRight,      // its last word and the word behind it
  kOverlap,    // how many of its words the question has: none, some, all
  kCloseness,  // how near the question's words stand to it, by their weight
  kFirst,      // distance to the question's first word that the sentence has, signed
  kLast,       // the same for its last one
  kFocus,      // where the word stands that follows the asking word ("which river")
  kAdjacent,   // whether the question's last word stands directly before it
  kNearest,    // distance to the nearest word of the question
  kRarity,     // how rare its rarest word is
};
inline constexpr uint32_t kSpanFeatures = 11;
// Features before this one have texts as values, the others small numbers.
inline constexpr uint32_t kFirstNumberedSpanFeature = 3;
inline constexpr uint32_t kMostSpanValues = 20;  // of a numbered feature

// What a question is counted under, from the most general to the sharpest. A feature is counted
// under kAll, under kAsking if it has a sharper key, and under its own.
enum class SpanKey : uint8_t {
  kAll,     // every question
  kAsking,  // those with the same asking word
  kNext,    // and the same word behind it
  kFocus,   // and the same first word behind it that says what
};
inline constexpr uint32_t kSpanKeys = 4;

struct SpanFeatureInfo {
  const char* name;
  SpanKey key;
  double weight;
};
inline constexpr std::array<SpanFeatureInfo, kSpanFeatures> kSpanFeatureInfos = {{
    {"shape", SpanKey::kFocus, 0.8},
    {"left", SpanKey::kAsking, 0.7},
    {"right", SpanKey::kAll, 1.6},
    {"overlap", SpanKey::kAsking, 3.0},
    {"closeness", SpanKey::kAll, 2.0},
    {"first", SpanKey::kNext, 1.4},
    {"last", SpanKey::kNext, 1.0},
    {"focus", SpanKey::kAsking, 1.2},
    {"adjacent", SpanKey::kAsking, 3.0},
    {"nearest", SpanKey::kAll, 1.4},
    {"rarity", SpanKey::kAsking, 2.0},
}};

inline constexpr uint32_t kMostSpanTokens = 10;  // words and marks of a run

// What tables know of words, as a sum of these.
using SpanWordSorts = uint8_t;
enum SpanWordSort : uint8_t {
  kFunctionWord = 1,   // frequent in documents: says how, not what
  kNeverLastWord = 2,  // no answer of several words ends with it ("the")
  kAskingWord = 4,     // opens questions ("who")
  kAuxiliaryWord = 8,  // frequent in questions alone ("did")
};

// What spans need of a question. Views into it, which must outlive this.
struct SpanQuestion {
  std::array<std::string, kSpanKeys> keys;  // empty where the question has none (kAll always is)
  std::vector<const QuestionWord*> words;   // those that the question itself has, in order
  bool asks = false;                        // whether it has an asking word
  uint32_t asking = 0;                      // its place in `words`
};
SpanQuestion read_span_question(const Question& question, const SpanTables& tables);

// A word of a sentence, as find_search_words gives it, with what the corpus says of it.
struct SpanWord {
  uint32_t begin = 0;  // bytes in the sentence
  uint32_t end = 0;
  bool is_number = false;
  SpanWordSorts sorts = 0;
  int32_t asked = -1;   // the first place in SpanQuestion::words of a word with its stem
  uint32_t rarity = 0;  // binary logarithm of sentences a sentence that has it, rounded down
};

// A word or mark of a sentence.
struct SpanToken {
  uint32_t begin = 0;
  uint32_t end = 0;
  std::string symbol;  // a function word or mark itself; otherwise a letter for its sort
  char sort = 0;       // of a shape: 'f' function word, else the first byte of the symbol
  bool is_function = false;
  bool is_mark = false;
  bool never_last = false;
  bool opens_unit = true;   // a run may begin here without cutting a unit
  bool closes_unit = true;  // a run may end behind it
  int32_t asked = -1;
  uint32_t rarity = 0;
};

// How tables write the value of a numbered feature: two digits. REQUIRES: number < 100.
std::string span_number_text(uint32_t number);

// A run of tokens [begin, end) with its features.
struct SpanRun {
  uint32_t begin = 0;
  uint32_t end = 0;
  // Of the numbered features, at their place.
  std::array<uint8_t, kSpanFeatures> numbers{};
};

// One sentence opened up for one question. `text` must outlive it. Cost: linear, and a dozen steps
// a run.
class SpanSentence {
 public:
  SpanSentence(std::string_view text, std::span<const SpanWord> words,
               const SpanQuestion& question);

  const std::vector<SpanToken>& tokens() const { return tokens_; }
  // Every run that might be an answer, by begin, then end.
  const std::vector<SpanRun>& runs() const { return runs_; }
  std::string_view text(const SpanRun& run) const {
    return text_.substr(tokens_[run.begin].begin,
                        tokens_[run.end - 1].end - tokens_[run.begin].begin);
  }
  // The value of a feature of a run, as tables know it.
  std::string value(SpanFeature feature, const SpanRun& run) const;
  // Those of kLeft and kRight, of every run that begins with this token or ends with it.
  std::string left_value(uint32_t first) const { return pair(first, first + 1); }
  std::string right_value(uint32_t last) const { return pair(last + 1, last + 2); }
  std::string shape(const SpanRun& run) const;

 private:
  // Symbols of two neighbours, the tokens counted from 1: "^" and "$" stand at the sentence's
  // edges.
  std::string pair(uint32_t before, uint32_t behind) const;
  void tokenize(std::span<const SpanWord> words);
  void mark_units();
  void find_runs(const SpanQuestion& question);
  void number(const SpanQuestion& question, SpanRun& run) const;

  std::string_view text_;
  std::vector<SpanToken> tokens_;
  std::vector<SpanRun> runs_;
  std::vector<uint32_t> matches_;  // tokens that a telling word of the question is
  std::vector<double> weights_;    // of the matches
  int32_t first_asked_ = -1;       // places in the question of the words kFirst and kLast go by
  int32_t last_asked_ = -1;
};

}  // namespace cento
