#include "index/context_state.h"

#include <array>

namespace cento {

ContextState::ContextState(const PatternIndex& index, uint32_t max_length)
    : index_(&index), max_length_(max_length) {
  contexts_.reserve(kMaxContexts + 1);
  reset();
}

void ContextState::reset() { contexts_.assign(1, {0, index_->all()}); }

void ContextState::append(Symbol symbol) {
  std::array<RowRange, kMaxContexts> extended;
  for (size_t i = 0; i < contexts_.size(); ++i) {
    extended[i] = index_->extend(contexts_[i].range, symbol);
  }
  // Ranges of shorter contexts contain those of longer ones, so equal ones are neighbours.
  size_t kept = 0;
  for (size_t i = 0; i < contexts_.size(); ++i) {
    const uint32_t length = contexts_[i].length + 1;
    if (extended[i].is_empty() || length > max_length_) continue;
    if (kept > 0 && contexts_[kept - 1].range == extended[i]) continue;
    contexts_[kept++] = {length, extended[i]};
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
