// The generated Unicode tables behind unicode.h, about 5 kB.
#pragma once

#include <cstdint>

namespace cento {

// Ascending; each entry is the first code point of a run, times 8, plus its CharClass.
extern const uint32_t kCharClassRuns[];
extern const uint32_t kCharClassRunCount;

// `first`, `first + step`, … map to themselves plus `distance` (modulo 65,536, inside their plane).
struct LowerCaseRun {
  uint32_t first;
  uint16_t count_and_step;  // 2 * count + step - 1; the step is 1 or 2
  uint16_t distance;
};
// Ascending, above ASCII.
extern const LowerCaseRun kLowerCaseRuns[];
extern const uint32_t kLowerCaseRunCount;

}  // namespace cento
