// Which parts of any text stand in the pack.
#pragma once

#include <string_view>

#include "cento/results.h"
#include "levels/corpus.h"

namespace cento {

// The maximal runs of whole words of `text` that stand verbatim in a document (matching statistics
// over the index), each with up to `options.max_sources` places. A run's first word matches with or
// without its leading space. Cost: about two look-ups a token, and a logarithm of the run for each
// run.
Trace trace_text(const Corpus& corpus, std::string_view text, const TraceOptions& options);

}  // namespace cento
