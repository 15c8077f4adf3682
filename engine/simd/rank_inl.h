// The rank of a line, to be inlined into loops (see simd/rank.h).
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

#include "simd/rank.h"

#define CENTO_INLINE [[gnu::always_inline]] inline
#if defined(__x86_64__)
// A function with this attribute may use popcnt, and so does everything inlined into it.
#define CENTO_TARGET_POPCNT [[gnu::target("popcnt")]]
#endif

namespace cento {

CENTO_INLINE uint32_t ones_before(const RankLine& line, uint32_t quarter) {
  const uint64_t in_line = uint64_t{line.ones_before_quarters} << 9 >> (9 * quarter) & 511;
  return line.ones_before + static_cast<uint32_t>(in_line);
}

// The ones in [0, bit) of the line's data, and in all earlier lines. Two words under masks: no
// branch depends on `bit`. REQUIRES: bit < kLineDataBits.
CENTO_INLINE uint32_t rank_in_line(const RankLine& line, uint32_t bit) {
  const uint32_t quarter = bit / kQuarterBits;
  uint64_t words[2];
  std::memcpy(words, reinterpret_cast<const uint8_t*>(&line) + 16 * quarter, sizeof(words));
  const uint64_t below = (uint64_t{1} << (bit % 64)) - 1;
  const uint64_t is_second = uint64_t{0} - (bit / 64 % 2);  // all bits, or none
  return ones_before(line, quarter) +
         static_cast<uint32_t>(std::popcount(words[0] & (below | is_second)) +
                               std::popcount(words[1] & (below & is_second)));
}

}  // namespace cento
