#include "simd/rank.h"

#include <bit>

namespace cento {

uint32_t count_quarters(RankLine& line) {
  uint32_t ones = 0;
  line.ones_before_quarters = 0;
  for (uint32_t word = 0; word < kLineDataBits / 32; ++word) {
    constexpr uint32_t kWords = kQuarterBits / 32;
    if (word > 0 && word % kWords == 0) {
      line.ones_before_quarters |= ones << (9 * (word / kWords - 1));
    }
    ones += static_cast<uint32_t>(std::popcount(line.data[word]));
  }
  return ones;
}

bool has_rank_kernel(RankKernel kernel) {
  switch (kernel) {
    case RankKernel::kScalar: return true;
#if defined(__x86_64__)
    case RankKernel::kPopcnt: return has_popcnt();
#endif
    default: return false;
  }
}

RankKernel best_rank_kernel() {
  if (has_rank_kernel(RankKernel::kPopcnt)) return RankKernel::kPopcnt;
  return RankKernel::kScalar;
}

std::string_view rank_kernel_name(RankKernel kernel) {
  switch (kernel) {
    case RankKernel::kScalar: return "scalar";
    case RankKernel::kPopcnt: return "popcnt";
  }
  return "unknown";
}

uint32_t rank_line(const RankLine& line, uint32_t bit) {
#if defined(__x86_64__)
  return has_popcnt() ? rank_line_popcnt(line, bit) : rank_line_scalar(line, bit);
#else
  return rank_line_scalar(line, bit);
#endif
}

}  // namespace cento
