// The binary logarithm and its inverse with the same bits on every platform, which libm's have not.
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

// 2 to the power of x, within 1e-12 of the true value relatively; 0 below the normal numbers.
// REQUIRES: x < 1024.
inline double exp2_fixed(double x) {
  if (x < -1022) return 0;
  int exponent = static_cast<int>(x);
  if (exponent > x) --exponent;
  const double t = (x - exponent) * 0.69314718055994531;  // in [0, ln 2]
  double series = 1;
  for (int n = 16; n > 0; --n) series = 1 + series * t / n;
  const uint64_t bits = static_cast<uint64_t>(exponent + 1023) << 52;
  double scale;
  std::memcpy(&scale, &bits, sizeof scale);
  return series * scale;
}

}  // namespace cento
