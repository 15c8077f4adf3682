// Level 0: tokens, crystallized from the characters of a corpus's pre-tokens.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/progress.h"
#include "cento/status.h"
#include "text/vocabulary.h"

namespace cento {

struct TokenLevelOptions {
  uint32_t max_vocabulary = 65536;  // ids 0 to 256 included
  // A merge must stand this often, and a token must be used this often by the tokenizer in the end;
  // tokens that other tokens have made idle are dropped again.
  uint64_t min_count = 4;
};

// Counts the pre-tokens of `texts`, crystallizes them and drops what the tokenizer would not use.
// Ids of the result are in an order that packs well (see docs/algorithms.md). Deterministic.
// Errors: kAborted.
Result<Vocabulary> build_vocabulary(std::span<const std::string_view> texts,
                                    const TokenLevelOptions& options,
                                    const Progress& progress = {});

}  // namespace cento
