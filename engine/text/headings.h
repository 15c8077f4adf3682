// Which headings a place in a document is under.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/document.h"

namespace cento {

// Indices into `headings` of those that byte `offset` is under, outermost first: going back from
// the offset, each heading whose level is below all that were passed. Cost: linear in the headings.
std::vector<uint32_t> heading_path(std::span<const Heading> headings, uint64_t offset);

// `url` with the anchor of the innermost heading on `path` that has one.
std::string url_with_anchor(std::string_view url, std::span<const Heading> headings,
                            std::span<const uint32_t> path);

}  // namespace cento
