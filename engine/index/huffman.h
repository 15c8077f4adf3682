// Lengths of a prefix code.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace cento {

// A prefix code given by its lengths alone: the first `codes_of_length[0]` of `symbols` have codes
// of 0 bits, the next `codes_of_length[1]` of 1 bit, and so on. Which bits they get is for the user
// of the code to say.
struct CodeLengths {
  // The symbols with a count, most frequent first, ties by smaller symbol.
  std::vector<uint16_t> symbols;
  // Ends with the longest length in use; {1} for a single symbol, empty for none.
  std::vector<uint32_t> codes_of_length;
};

// Huffman's code for `counts` (indexed by symbol). While a code is longer than `max_length`, the
// counts are halved, rounding up, and the code is made anew: optimal where the limit does not bind,
// close to it elsewhere. Deterministic. Cost: one sort of the symbols, then linear. REQUIRES:
// counts.size() ≤ min(65536, 2^max_length); max_length < 64.
CodeLengths huffman_code_lengths(std::span<const uint32_t> counts, uint32_t max_length);

}  // namespace cento
