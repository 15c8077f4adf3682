#include "base/random.h"

#include <doctest.h>

#include <vector>

namespace cento {
namespace {

TEST_CASE("the generator gives the published numbers of SplitMix64") {
  Random random(1234567);
  CHECK(random.next() == 6457827717110365317u);
  CHECK(random.next() == 3203168211198807973u);
  CHECK(random.next() == 9817491932198370423u);
}

TEST_CASE("numbers below a bound reach every value and nothing else") {
  for (const uint32_t bound : {1u, 2u, 7u, 100u}) {
    Random random(bound);
    std::vector<uint32_t> seen(bound);
    for (uint32_t i = 0; i < bound * 1000; ++i) {
      const uint32_t value = random.below(bound);
      REQUIRE(value < bound);
      ++seen[value];
    }
    for (const uint32_t count : seen) {
      CHECK(count > 800);
      CHECK(count < 1200);
    }
  }
  Random random(5);
  bool has_high_bit = false;
  for (int i = 0; i < 64; ++i) has_high_bit |= random.below(~0u) >= 0x80000000u;
  CHECK(has_high_bit);
}

}  // namespace
}  // namespace cento
