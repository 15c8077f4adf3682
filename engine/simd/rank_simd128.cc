#include "simd/rank_inl.h"

#if defined(__wasm_simd128__)
namespace cento {

uint32_t rank_line_simd128(const RankLine& line, uint32_t bit) {
  return Simd128Rank::rank(line, bit);
}

}  // namespace cento
#endif
