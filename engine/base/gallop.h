// Search from a place that is likely near.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace cento {

// The first of the ascending numbers in [at, end) that is `least` or more; `end` where there is
// none. Cost: logarithmic in how far it is (Bentley & Yao 1976, "An almost optimal algorithm for
// unbounded searching").
inline const uint32_t* gallop(const uint32_t* at, const uint32_t* end, uint32_t least) {
  const uint32_t* first = at;
  for (ptrdiff_t stride = 1; end - at > 0 && *at < least; stride *= 2) {
    first = at + 1;
    at += std::min(stride, end - at);
  }
  return std::lower_bound(first, at, least);
}

}  // namespace cento
