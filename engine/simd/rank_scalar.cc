#include "simd/rank_inl.h"

namespace cento {

uint32_t rank_line_scalar(const RankLine& line, uint32_t bit) { return rank_in_line(line, bit); }

}  // namespace cento
