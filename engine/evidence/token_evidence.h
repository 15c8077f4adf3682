// How probable the next token is, from the counts of every context length that still occurs.
#pragma once

#include "index/context_state.h"
#include "index/pattern_index.h"

namespace cento {

// A chain of experts from weak to strong: uniform, then the contexts of `state` from the empty one
// to the longest, each interpolated with everything below it (Jelinek & Mercer 1980):
//   p ← (1-λ)·p + λ·count(context symbol)/count(context),  λ = c/(c + 4), c = count(context),
// where a context that ends the stream does not count, for nothing follows it there.
// λ depends on the context alone, so that the probabilities of all symbols sum to 1.
// The completer scores fragments by it: cheap, without a session, of the pack alone. `Evidence`
// (evidence.h), the mixture of all levels, is what predicts.
// Lifetime: the index must outlive the evidence. Threads: const methods at once.
class TokenEvidence {
 public:
  explicit TokenEvidence(const PatternIndex& index)
      : index_(&index), end_row_(index.row_of(index.size())) {}

  // log2 of the probability of `symbol` after the contexts of `state`; negative, finite.
  // Cost: one `extend` for each context.
  double log2_prob(const ContextState& state, Symbol symbol) const;

 private:
  const PatternIndex* index_;
  uint32_t end_row_;  // the stream's end, which nothing follows
};

}  // namespace cento
