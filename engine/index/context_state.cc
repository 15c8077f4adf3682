#include "index/context_state.h"

namespace cento {

ContextState::ContextState(const PatternIndex& index) : index_(&index) {
  contexts_.reserve(kMaxContexts + 1);
  reset();
}

void ContextState::reset() { contexts_.assign(1, {0, index_->all()}); }

void ContextState::append(Symbol symbol) {
  // Ranges of shorter contexts contain those of longer ones, so equal ones are neighbours.
  size_t kept = 0;
  for (const Context& context : contexts_) {
    const RowRange range = index_->extend(context.range, symbol);
    if (range.is_empty() || (kept > 0 && contexts_[kept - 1].range == range)) continue;
    contexts_[kept++] = {context.length + 1, range};
  }
  contexts_.resize(kept);
  // Equal to the empty context only where the stream is empty, and then nothing was kept.
  contexts_.push_back({0, index_->all()});
  if (contexts_.size() > kMaxContexts) contexts_.erase(contexts_.begin() + 1);
}

void ContextState::append(std::span<const Symbol> symbols) {
  for (const Symbol symbol : symbols) append(symbol);
}

}  // namespace cento
