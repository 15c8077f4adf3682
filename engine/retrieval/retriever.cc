#include "retrieval/retriever.h"

namespace cento {

TokenRange Retriever::sentence_tokens(uint32_t sentence) const {
  return corpus_->sentence_at(corpus_->expression().sentence_starts.select1(sentence));
}

}  // namespace cento
