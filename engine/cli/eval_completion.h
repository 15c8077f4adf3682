// How often the ghost text behind the caret is what follows, on documents that the pack lacks.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cento/results.h"
#include "cento/status.h"

namespace cento::cli {

struct CompletionOptions {
  std::string folder;               // of the pack
  std::vector<std::string> inputs;  // documents, as for `build`
  uint32_t prompts = 2000;          // at most, evenly spaced over all; 0 is no bound
  double offer = 0.3;               // share of the prompts that are offered their completion
  AnswerOptions complete{.max_tokens = 12};
};

// Shares of prompts. Words are pre-tokens: punctuation marks count, white space does not.
struct CompletionShares {
  double first_word = 0;             // whose first word is right
  double first3_words = 0;           // whose first three words are
  double mean_right_characters = 0;  // of the completion, up to the first wrong one
};

struct CompleterFigures {
  CompletionShares offered;
  CompletionShares all;
};

struct CompletionFigures {
  uint64_t prompts = 0;
  uint64_t offered = 0;
  uint64_t refused = 0;
  CompleterFigures cento;
  CompleterFigures longest;    // baseline: the most frequent follower of the longest context
  CompleterFigures order5;     // baseline: the most probable token of an order-5 model
  double mean_confidence = 0;  // mean confidence of what is offered
  double p50_ms = 0;
  double p99_ms = 0;
};

// Every sentence of at least nine words is cut at a third of them; the document up to there is the
// prompt. It has been read but for its last word, as when it is typed: reading is not timed.
// Each of the three is offered where it is most confident. Errors: those of opening packs and
// reading documents; kInvalidArgument where there is no such sentence.
Result<CompletionFigures> eval_completion(const CompletionOptions& options);

}  // namespace cento::cli
