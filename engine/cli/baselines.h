// What completions are compared with: the two usual ways to go on with a text by counts.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "index/context_state.h"
#include "index/pattern_index.h"
#include "text/tokenizer.h"
#include "text/vocabulary.h"

namespace cento::cli {

// A text that was gone on with.
struct Continuation {
  std::string text;
  double confidence = 0;  // log2 of the probability of its first words; comparable in one baseline
};

enum class Baseline : uint8_t {
  kLongestContext,  // always the most frequent follower of the longest context that stands
  kOrder5,          // always the token that an order-5 model gives most: absolute discounting,
                    // interpolated (Ney, Essen & Kneser 1994)
};

// Goes on with `prompt` for at least `words` words, greedily. Cost: a millisecond and the reading
// of the prompt's last tokens.
Continuation continue_greedily(Baseline baseline, const PatternIndex& index,
                               const Vocabulary& vocabulary, std::string_view prompt,
                               uint32_t words);

}  // namespace cento::cli
