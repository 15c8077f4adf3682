// Long loops, cut into calls.
#pragma once

#include <algorithm>
#include <cstdint>

namespace cento {

namespace internal {

template <typename Work>
[[gnu::noinline]] void run_block(const Work& work, int32_t begin, int32_t end) {
  work(begin, end);
}

}  // namespace internal

// Calls `work(begin, end)` for the blocks of [0, size), in ascending order. WebAssembly engines
// start a function in quickly compiled, slow code, and use their fast code from its next call on: a
// loop over a whole stream would run to its end in slow code, twice as long.
template <typename Work>
void in_blocks(int32_t size, const Work& work) {
  constexpr int32_t kBlock = 1 << 14;
  for (int32_t begin = 0; begin < size; begin += std::min(kBlock, size - begin)) {
    internal::run_block(work, begin, begin + std::min(kBlock, size - begin));
  }
}

}  // namespace cento
