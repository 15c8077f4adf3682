// The best few of many.
#pragma once

#include <cstdint>
#include <vector>

namespace cento {

// Keeps the best `limit` of what comes by its `score`, best first, earlier ones on ties.
// Cost: linear in how many are worse.
template <typename Ranked>
void keep_best(const Ranked& next, uint32_t limit, std::vector<Ranked>& best) {
  if (best.size() == limit) {
    if (limit == 0 || next.score <= best.back().score) return;
    best.pop_back();
  }
  auto at = best.end();
  while (at != best.begin() && (at - 1)->score < next.score) --at;
  best.insert(at, next);
}

}  // namespace cento
