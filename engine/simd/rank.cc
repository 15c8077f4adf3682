#include "simd/rank.h"

namespace cento {

bool has_rank_kernel(RankKernel kernel) {
  switch (kernel) {
    case RankKernel::kScalar: return true;
#if defined(__x86_64__)
    case RankKernel::kPopcnt: return has_popcnt();
#endif
#if defined(__wasm_simd128__)
    case RankKernel::kSimd128: return true;
#endif
    default: return false;
  }
}

RankKernel best_rank_kernel() {
  if (has_rank_kernel(RankKernel::kSimd128)) return RankKernel::kSimd128;
  if (has_rank_kernel(RankKernel::kPopcnt)) return RankKernel::kPopcnt;
  return RankKernel::kScalar;
}

std::string_view rank_kernel_name(RankKernel kernel) {
  switch (kernel) {
    case RankKernel::kScalar: return "scalar";
    case RankKernel::kPopcnt: return "popcnt";
    case RankKernel::kSimd128: return "simd128";
  }
  return "unknown";
}

uint32_t rank_line(const RankLine& line, uint32_t bit) {
#if defined(__wasm_simd128__)
  return rank_line_simd128(line, bit);
#elif defined(__x86_64__)
  return has_popcnt() ? rank_line_popcnt(line, bit) : rank_line_scalar(line, bit);
#else
  return rank_line_scalar(line, bit);
#endif
}

}  // namespace cento
