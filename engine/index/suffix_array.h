// Suffix sorting over an integer alphabet.
#pragma once

#include <cstdint>
#include <span>

#include "base/progress.h"

namespace cento {

// Fills `suffixes` with the start positions of the suffixes of the reversed `stream` in ascending
// order, where the end is smaller than every symbol. Suffix sorting by induced sorting (SA-IS;
// Nong, Zhang & Chan 2009), recursion inside the output. Cost: linear; besides the output at most
// about 3 bytes a symbol plus 8 a letter of the alphabet. Reports as "sorting suffixes"; gives
// false where that was cancelled. REQUIRES: suffixes.size() == stream.size() < 2^31; every symbol <
// alphabet.
bool sort_reversed(std::span<const uint16_t> stream, uint32_t alphabet, std::span<int32_t> suffixes,
                   const Progress& progress = {});

}  // namespace cento
