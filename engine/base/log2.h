// A binary logarithm that gives the same bits on every platform, which libm's does not.
#pragma once

#include <bit>
#include <cstdint>

namespace cento {

// log2(x), within 2e-10 of the true value. Only additions, multiplications and one division, in a fixed
// order. REQUIRES: x is a positive, normal number.
inline double log2_fixed(double x) {
  const uint64_t bits = std::bit_cast<uint64_t>(x);
  int exponent = static_cast<int>((bits >> 52) & 0x7FF) - 1023;
  // The mantissa, brought from [1, 2) to [√½, √2) so that the series converges fast.
  double mantissa = std::bit_cast<double>((bits & 0xFFFFFFFFFFFFFu) | 0x3FF0000000000000u);
  if (mantissa > 1.4142135623730951) {
    mantissa *= 0.5;
    ++exponent;
  }
  // ln(m) = 2 artanh((m - 1) / (m + 1)).
  const double t = (mantissa - 1) / (mantissa + 1);
  const double t2 = t * t;
  double series = 1.0 / 13;
  series = series * t2 + 1.0 / 11;
  series = series * t2 + 1.0 / 9;
  series = series * t2 + 1.0 / 7;
  series = series * t2 + 1.0 / 5;
  series = series * t2 + 1.0 / 3;
  series = series * t2 + 1.0;
  constexpr double kTwoOverLn2 = 2.8853900817779268;
  return exponent + kTwoOverLn2 * t * series;
}

}  // namespace cento
