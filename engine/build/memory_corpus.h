// Documents made ready to be searched without a pack: for counting over them.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "base/progress.h"
#include "cento/status.h"
#include "levels/corpus.h"
#include "levels/expression.h"
#include "text/document.h"
#include "text/stemmer.h"

namespace cento {

// Owns what its corpus looks at; does not move.
class MemoryCorpus {
 public:
  // With the stems and sentences that a pack of these documents has. Cost: linear in the text.
  // Errors: kInvalidArgument (no text), kAborted.
  static Result<std::unique_ptr<MemoryCorpus>> build(std::span<const Document> documents,
                                                     std::string_view language,
                                                     const Progress& progress = {});
  MemoryCorpus(const MemoryCorpus&) = delete;
  MemoryCorpus& operator=(const MemoryCorpus&) = delete;

  const Corpus& corpus() const { return corpus_; }
  const Stemmer& stemmer() const { return stemmer_; }

 private:
  MemoryCorpus(Vocabulary vocabulary, Stemmer stemmer, Expression expression);

  Vocabulary vocabulary_;
  Stemmer stemmer_;
  Expression expression_;
  Corpus corpus_;
};

}  // namespace cento
