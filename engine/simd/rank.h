// Population counts in 512-bit lines: the inner loop of every rank.
//
// Kernels: "scalar" (whatever the target has: WebAssembly and ARM count bits in one instruction)
// and "popcnt" (x86-64 with that instruction, which its baseline lacks). The code is the same,
// compiled twice. Loops of ranks do not choose for every line: they inline simd/rank_inl.h into
// functions for each kernel, and choose above the loop. Vectors of SIMD128 are slower
// (docs/algorithms.md).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace cento {

// A line is 64 bytes: 448 bits of data, in quarters of 128 bits of which the last one has 64, then
// what was counted before: the ones in the quarters of this line that come before each one, and
// those in all earlier lines. So a rank reads one cache line, and counts one quarter of it (as in
// Gog & Petri 2014, "Optimized succinct data structures for massive data").
// Bit i of the vector is bit (i % 448) of the data of line i / 448, least significant bit first.
inline constexpr uint32_t kLineDataBits = 448;
struct alignas(64) RankLine {
  uint32_t data[kLineDataBits / 32];
  // Of quarter q > 0, the 9 bits from 9 (q - 1) on.
  uint32_t ones_before_quarters;
  uint32_t ones_before;
};
static_assert(sizeof(RankLine) == 64);
inline constexpr uint32_t kQuarterBits = 128;

// Counts the ones of the line, sets `ones_before_quarters`, and gives them all.
uint32_t count_quarters(RankLine& line);

enum class RankKernel : uint8_t { kScalar, kPopcnt };

// Whether this build on this processor can run `kernel`, and the best that it can run.
bool has_rank_kernel(RankKernel kernel);
RankKernel best_rank_kernel();
std::string_view rank_kernel_name(RankKernel kernel = best_rank_kernel());

// The kernels, for tests that compare them. Each gives the number of ones in [0, bit) of the line's
// data plus its `ones_before`. REQUIRES: bit < 448.
uint32_t rank_line_scalar(const RankLine& line, uint32_t bit);
#if defined(__x86_64__)
bool has_popcnt();
uint32_t rank_line_popcnt(const RankLine& line, uint32_t bit);
#endif

// The best kernel, for single ranks.
uint32_t rank_line(const RankLine& line, uint32_t bit);

}  // namespace cento
