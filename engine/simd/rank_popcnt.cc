#include "simd/rank_inl.h"

#if defined(__x86_64__)
namespace cento {

bool has_popcnt() { return __builtin_cpu_supports("popcnt") != 0; }

CENTO_TARGET_POPCNT uint32_t rank_line_popcnt(const RankLine& line, uint32_t bit) {
  return rank_in_line(line, bit);
}

}  // namespace cento
#endif
