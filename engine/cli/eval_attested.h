// Composes many texts from a pack and checks every window of words of each against the pack.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cento/results.h"
#include "cento/status.h"

namespace cento::cli {

struct AttestedOptions {
  std::string folder;
  std::string prompts;  // a file; empty: sentence beginnings are taken from the pack
  uint32_t outputs = 1000;
  uint64_t seed = 0;  // of the first round through the prompts; each later round takes the next
  AnswerOptions complete;
};

struct AttestedFigures {
  uint64_t outputs = 0;  // completions that are not refused
  uint64_t refused = 0;  // met on the way to them
  uint64_t invalid = 0;  // outputs that `Verifier::verify` does not accept
  uint64_t windows = 0;
  uint64_t attested_windows = 0;
  double median_fragment_tokens = 0;
  double seams_per_sentence = 0;      // fragments after an output's first, by sentences begun
  uint64_t longest_quote = 0;         // words: the longest run that stands in one document
  double distinct2 = 0;               // share of the pairs of adjacent words that are distinct
  double tokens_per_second = 0;       // of composing alone, refusals included
  std::vector<std::string> problems;  // the first ten that `verify` names
};

// Completes the prompts, round after round, until there are as many outputs as asked for, or ten
// completions were tried for each of them. Errors: those of opening packs and reading prompts.
Result<AttestedFigures> eval_attested(const AttestedOptions& options);

}  // namespace cento::cli
