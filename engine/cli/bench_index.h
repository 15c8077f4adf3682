// What the smallest steps of the pattern index cost, one after the other.
#pragma once

#include <cstdint>
#include <string>

#include "cento/status.h"
#include "cli/report.h"

namespace cento::cli {

// Adds for each step the nanoseconds of one, the median over `calls` batches, and a checksum:
// `rankNear` and `rankFar` in bits that fit into the first cache and in bits that fit into none,
// each at a place that the one before decides (latency); `rankFarMany` at places known beforehand;
// `step`, a backward step at random places of the pack; `followers`, the exact top-10 there; and
// `locate`, the position of a random row. Errors: those of open_corpus; kInvalidArgument (the pack
// is too small).
Status bench_index(const std::string& folder, uint32_t calls, Report& report);

}  // namespace cento::cli
