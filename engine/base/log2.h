// A binary logarithm that gives the same bits on every platform, which libm's does not.
#pragma once

#include <cstdint>
#include <cstring>

namespace cento {

// log2(x), within 2e-10 of the true value. Only additions, multiplications and one division, in a
// fixed order. REQUIRES: x is a positive, normal number.
inline double log2_fixed(double x) {
  uint64_t bits;  // not by std::bit_cast, which Emscripten 3.1.6 has not
  std::memcpy(&bits, &x, sizeof bits);
  int exponent = static_cast<int>((bits >> 52) & 0x7FF) - 1023;
  // The mantissa, brought from [1, 2) to [√½, √2) so that the series converges fast.
  const uint64_t mantissa_bits = (bits & 0xFFFFFFFFFFFFFu) | 0x3FF0000000000000u;
  double mantissa;
  std::memcpy(&mantissa, &mantissa_bits, sizeof mantissa);
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
