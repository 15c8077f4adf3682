#include "base/log2.h"

#include <doctest.h>

#include <cmath>

#include "base/random.h"

namespace cento {
namespace {

TEST_CASE("exp2_fixed agrees with libm to twelve digits and is exact on whole numbers") {
  for (int exponent = -1022; exponent < 1024; ++exponent) {
    CHECK(exp2_fixed(exponent) == std::ldexp(1.0, exponent));
  }
  for (double x = -40; x < 40; x += 0.137) {
    CAPTURE(x);
    CHECK(std::abs(exp2_fixed(x) / std::exp2(x) - 1) < 1e-12);
  }
  CHECK(exp2_fixed(-5000) == 0);
}

TEST_CASE("log2_fixed agrees with libm to ten digits and is exact on powers of two") {
  for (int exponent = -60; exponent <= 60; ++exponent) {
    CHECK(log2_fixed(std::ldexp(1.0, exponent)) == exponent);
  }
  Random random(3);
  for (int i = 0; i < 10'000; ++i) {
    const double x = std::ldexp(1.0 + static_cast<double>(random.below(1u << 30)) / (1u << 30),
                                static_cast<int>(random.below(80)) - 40);
    CAPTURE(x);
    CHECK(std::abs(log2_fixed(x) - std::log2(x)) < 3e-9);
  }
}

}  // namespace
}  // namespace cento
