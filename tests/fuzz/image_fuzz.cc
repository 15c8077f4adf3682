// An image of an expression: what loads must answer every question within bounds.
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "index/context_state.h"
#include "levels/expression.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto loaded = cento::load_new<cento::Expression>(cento::Bytes(data, size));
  if (!loaded.is_ok()) return 0;
  const cento::PatternIndex& index = loaded.value().tokens;
  std::vector<cento::Follower> followers;
  index.followers(index.all(), 10, followers);
  cento::ContextState state(index);
  for (const cento::Follower& follower : followers) {
    if (index.count_follower(index.all(), follower.symbol) != follower.count) std::abort();
    state.append(follower.symbol);
  }
  for (uint32_t row = 0; row <= index.size() && row < 64; ++row) {
    if (index.locate(row) > index.size()) std::abort();
  }
  std::vector<cento::Symbol> symbols;
  index.extract(0, 256, symbols);
  for (const cento::Symbol symbol : symbols) {
    if (symbol >= index.alphabet()) std::abort();
  }
  return 0;
}
