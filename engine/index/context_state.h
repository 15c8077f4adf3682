// The state of a session over one index: a row range for every context length that still occurs.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "index/pattern_index.h"

namespace cento {

// After symbols s1 … sn were appended, `contexts()` lists, longest first, the suffixes of s1 … sn
// that stand in the index and are at most `max_length` symbols, where equal ranges are listed once
// (under their longest length) and at most `kMaxContexts` are kept: the longest one and the
// shortest ones. Constant in size however long the text is; nothing is recomputed. Lifetime: the
// index must outlive the state.
class ContextState {
 public:
  static constexpr uint32_t kMaxContexts = 16;
  struct Context {
    uint32_t length;  // symbols
    RowRange range;
  };

  explicit ContextState(const PatternIndex& index, uint32_t max_length = ~uint32_t{0});
  // Cost: one `extend` for each context kept.
  void append(Symbol symbol);
  void append(std::span<const Symbol> symbols);
  // Longest first; the last one is always the empty context {0, all()}.
  std::span<const Context> contexts() const { return contexts_; }
  uint32_t longest() const { return contexts_.front().length; }
  void reset();

 private:
  const PatternIndex* index_;
  uint32_t max_length_;
  std::vector<Context> contexts_;
};

}  // namespace cento
