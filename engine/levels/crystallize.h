// Crystallize: merge the most frequent adjacent pair of symbols into a new symbol, again and again
// (byte-pair merging: Gage 1994; Sennrich, Haddow & Birch 2016). The same code at every level:
// characters become tokens, classes become shapes, sentence kinds become paragraph patterns.
#pragma once

#include <cstdint>
#include <vector>

#include "base/progress.h"
#include "cento/status.h"

namespace cento {

// A sequence of symbols that stands `count` times in the corpus. Pairs are never formed across
// sequences.
struct WeightedSequence {
  std::vector<uint32_t> symbols;
  uint64_t count = 1;
};

struct CrystallizeOptions {
  uint32_t first_new_symbol;  // the id of the first merged symbol: above every symbol of the input
  uint32_t max_new_symbols;
  uint64_t min_count = 2;  // merging stops when no pair stands this often
};

struct Merge {
  uint32_t left;
  uint32_t right;
  uint64_t count;  // when it was merged
};

// Merges in order: merge i makes the symbol first_new_symbol + i. On return `sequences` are
// rewritten with the new symbols. Ties go to the pair with the smaller (left, right). Overlapping
// occurrences
// ("aaa" has two of "aa") count each and merge from the left. Cost: about linear in the input times
// the logarithm of the pairs. Errors: kAborted.
Result<std::vector<Merge>> crystallize(std::vector<WeightedSequence>& sequences,
                                       const CrystallizeOptions& options,
                                       const Progress& progress = {});

}  // namespace cento
