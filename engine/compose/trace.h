// Which parts of any text stand in the pack.
#pragma once

#include <memory>
#include <string_view>

#include "cento/results.h"
#include "levels/corpus.h"

namespace cento {

// The maximal runs of whole words of `text` that stand verbatim in a document (matching statistics
// over the index), each with up to `options.max_sources` places. A run's first word matches with or
// without its leading space. Cost: about two look-ups a token, and a logarithm of the run for each
// run.
class Tracer {
 public:
  // Cost: a pass over the text. Lifetime: the corpus must outlive it.
  Tracer(const Corpus& corpus, std::string_view text, const TraceOptions& options);
  ~Tracer();
  Tracer(Tracer&&) noexcept;

  // Finds the next run; false when there are no more.
  bool step();
  // The runs so far.
  Trace& result();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cento
