#include "evidence/token_evidence.h"

#include "base/log2.h"

namespace cento {

double TokenEvidence::log2_prob(const ContextState& state, Symbol symbol) const {
  double prob = 1.0 / index_->alphabet();
  const auto contexts = state.contexts();
  for (size_t i = contexts.size(); i-- > 0;) {  // shortest first
    const RowRange range = contexts[i].range;
    const bool at_end = range.begin <= end_row_ && end_row_ < range.end;
    const double count = range.count() - (at_end ? 1 : 0);
    if (count == 0) continue;
    const double lambda = count / (count + 4);
    prob = (1 - lambda) * prob + lambda * index_->count_follower(range, symbol) / count;
  }
  return log2_fixed(prob);
}

}  // namespace cento
