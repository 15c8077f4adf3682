// Weights of words, in natural logarithms with the same bits on every platform.
#pragma once

#include <cmath>
#include <cstdint>

#include "base/log2.h"

namespace cento {

// REQUIRES: x is positive.
inline double natural_log(double x) { return 0.69314718055994531 * log2_fixed(x); }

// x to the power of 1.5; 0 below 0. IEEE's square root is exact: the same everywhere.
inline double power_1_5(double x) { return x > 0 ? x * std::sqrt(x) : 0; }

// ln((1 - d) / d) for something that `some` of `all` have, with half a count on either side
// (Robertson & Spärck Jones 1976).
inline double rarity_of(uint32_t some, uint32_t all) {
  const double without = all > some ? all - some : 0;
  return natural_log((without + 0.5) / (some + 0.5));
}

// ln(1 + the odds above): positive however many have it, as few passages ask for (as in Lucene).
inline double positive_rarity_of(uint32_t some, uint32_t all) {
  const double without = all > some ? all - some : 0;
  return natural_log(1 + (without + 0.5) / (some + 0.5));
}

// How a term saturates that stands `count` times; `length` is in units of the average
// (Robertson & Zaragoza 2009).
inline double bm25(double count, double length, double k1, double b) {
  return count * (k1 + 1) / (count + k1 * (1 - b + b * length));
}

// W = max(0, ln(p / (1 - p)) + ln((1 - d) / d))^1.5. REQUIRES: 0 < chance < 1.
inline double word_weight(double chance, uint32_t some, uint32_t all) {
  return power_1_5(natural_log(chance / (1 - chance)) + rarity_of(some, all));
}

}  // namespace cento
