// Sentences of a pack at random places, for commands that measure without a file of inputs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cento/status.h"
#include "cli/pack_files.h"

namespace cento::cli {

// Draws `count` sentences of more than `least_units` words and marks; documents are drawn by their
// share of the tokens, sentences alike. The seed decides. Fewer than `count` where so few of those
// drawn are long enough. Errors: kInvalidArgument (none is).
Result<std::vector<std::string>> draw_sentences(const PackFiles& files, size_t least_units,
                                                uint32_t count, uint64_t seed);

}  // namespace cento::cli
