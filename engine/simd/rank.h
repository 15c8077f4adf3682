// Population counts over 512-bit lines: the inner loop of every rank.
//
// Kernels: "scalar" (portable reference, always there), "popcnt" (x86-64 with the popcnt
// instruction), "simd128" (WebAssembly). The best one that the build and the processor have is the
// default. Loops of ranks do not choose for every line: they are templates over the inlined kernels
// of simd/rank_inl.h, instantiated once a kernel, and choose above the loop.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace cento {

// A line is 64 bytes: a 32-bit count of the ones in all earlier lines, then 480 bits of data.
// Bit i of the vector is bit (i % 480) of the data of line i / 480, least significant bit first.
inline constexpr uint32_t kLineDataBits = 480;
struct alignas(64) RankLine {
  uint32_t ones_before;
  uint32_t data[15];
};
static_assert(sizeof(RankLine) == 64);

enum class RankKernel : uint8_t { kScalar, kPopcnt, kSimd128 };

// Whether this build on this processor can run `kernel`, and the best that it can run.
bool has_rank_kernel(RankKernel kernel);
RankKernel best_rank_kernel();
std::string_view rank_kernel_name(RankKernel kernel = best_rank_kernel());

// The kernels, for tests that compare them. Each gives the number of ones in [0, bit) of the line's
// data plus its `ones_before`. REQUIRES: bit < 480.
uint32_t rank_line_scalar(const RankLine& line, uint32_t bit);
#if defined(__wasm_simd128__)
uint32_t rank_line_simd128(const RankLine& line, uint32_t bit);
#endif
#if defined(__x86_64__)
bool has_popcnt();
uint32_t rank_line_popcnt(const RankLine& line, uint32_t bit);
#endif

// The best kernel, for single ranks.
uint32_t rank_line(const RankLine& line, uint32_t bit);

}  // namespace cento
