// A search: the passages that fit a query best, each with an excerpt that shows why.
#pragma once

#include <string_view>

#include "cento/results.h"
#include "retrieval/retriever.h"

namespace cento {

inline constexpr uint32_t kMaxSearchResults = 1000;

// Best first; `coverage` is left to the caller. Gives at most kMaxSearchResults. Cost: linear in
// the places of the query's words, and some 20 µs a result for its excerpt.
SearchResults search(const Retriever& retriever, std::string_view query,
                     const SearchOptions& options);

}  // namespace cento
