// A question or query, read against a pack: its words, what they weigh, and what must stand as it
// is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "levels/word_index.h"

namespace cento {

struct QuestionWord {
  std::string text;    // as it was written
  std::string folded;  // fold_word
  std::string stem;
  TermId term = kNoTerm;
  std::string corrected_to;  // the stem that a word of no document was taken for; empty otherwise
  // Counted chance that a sentence which answers has such a word too (DESIGN: p), and the weight
  // W = max(0, ln(p/(1-p)) + ln((1-d)/d))^1.5 that follows from it; d is its share of sentences.
  double transfer = 0;
  double weight = 0;
  bool from_session = false;  // carried over from an earlier question
  uint32_t begin = 0;         // bytes in the question's text; both 0 when from the session
  uint32_t end = 0;
};

// A word that documents may use for what the question calls otherwise.
struct AliasWord {
  TermId term = kNoTerm;
  double weight = 0;
};

struct QuestionAlias {
  uint32_t first;  // words [first, end) of the question
  uint32_t end;
  std::vector<AliasWord> words;
};

// Words [first, end) of the question between quotation marks: they must stand as they are.
struct QuestionPhrase {
  uint32_t first;
  uint32_t end;
};

struct Question {
  std::string text;
  std::vector<QuestionWord> words;  // in order; those of the session last
  std::vector<QuestionPhrase> phrases;
  std::vector<QuestionAlias> aliases;
  uint32_t sentence_count = 0;  // that the weights were counted over
  double weight_sum = 0;        // ΣW over distinct stems: what a perfect sentence could reach
  bool is_query = false;        // of a search: weighs otherwise, see Retriever
};

}  // namespace cento
