#include "simd/rank.h"

#include <doctest.h>

#include <cstring>
#include <vector>

#include "base/random.h"

namespace cento {
namespace {

// Bit by bit.
uint32_t naive_rank(const RankLine& line, uint32_t bit) {
  uint32_t ones = line.ones_before;
  for (uint32_t i = 0; i < bit; ++i) ones += (line.data[i / 32] >> (i % 32)) & 1;
  return ones;
}

std::vector<RankLine> lines() {
  std::vector<RankLine> result(64);
  Random random(1);
  for (size_t i = 0; i < result.size(); ++i) {
    RankLine& line = result[i];
    line.ones_before = static_cast<uint32_t>(random.next());
    for (uint32_t& word : line.data) {
      word = static_cast<uint32_t>(random.next());
      if (i % 4 == 1) word &= static_cast<uint32_t>(random.next() & random.next());
      if (i % 4 == 2) word |= static_cast<uint32_t>(random.next() | random.next());
    }
  }
  std::memset(&result[0], 0, sizeof(RankLine));
  std::memset(&result[1], 0xFF, sizeof(RankLine));
  std::memset(&result[2], 0xFF, sizeof(RankLine));
  result[2].ones_before = 0;
  std::memset(&result[3], 0, sizeof(RankLine));
  result[3].ones_before = ~0u;
  for (RankLine& line : result) count_quarters(line);
  return result;
}

TEST_CASE("every kernel counts every prefix of a line") {
  for (const RankLine& line : lines()) {
    for (uint32_t bit = 0; bit < kLineDataBits; ++bit) {
      const uint32_t expected = naive_rank(line, bit);
      CAPTURE(bit);
      REQUIRE(rank_line_scalar(line, bit) == expected);
      REQUIRE(rank_line(line, bit) == expected);
#if defined(__x86_64__)
      if (has_popcnt()) REQUIRE(rank_line_popcnt(line, bit) == expected);
#endif
    }
  }
}

TEST_CASE("the best kernel of the build is chosen, and named") {
  CHECK(has_rank_kernel(RankKernel::kScalar));
  CHECK(has_rank_kernel(best_rank_kernel()));
#if defined(__x86_64__)
  CHECK(rank_kernel_name() == (has_popcnt() ? "popcnt" : "scalar"));
#else
  CHECK(rank_kernel_name() == "scalar");
#endif
  CHECK(rank_kernel_name(RankKernel::kScalar) == "scalar");
  CHECK(rank_kernel_name(RankKernel::kPopcnt) == "popcnt");
}

}  // namespace
}  // namespace cento
