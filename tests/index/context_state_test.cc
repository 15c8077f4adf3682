#include "index/context_state.h"

#include <doctest.h>

#include "naive.h"

namespace cento {
namespace {

PatternIndex build(const naive::Stream& stream) {
  Result<PatternIndex> index = PatternIndex::build(stream.symbols, stream.alphabet, {});
  REQUIRE(index.is_ok());
  return std::move(index).value();
}

// All distinct ranges of suffixes of `text` that stand in the index, longest first.
std::vector<ContextState::Context> naive_contexts(const PatternIndex& index,
                                                  const std::vector<Symbol>& text) {
  std::vector<ContextState::Context> result;
  for (size_t length = text.size() + 1; length-- > 0;) {
    const RowRange range =
        index.find(std::span<const Symbol>(text).subspan(text.size() - length, length));
    if (range.is_empty() || (!result.empty() && result.back().range == range)) continue;
    result.push_back({static_cast<uint32_t>(length), range});
  }
  return result;
}

void check_equal(std::span<const ContextState::Context> found,
                 const std::vector<ContextState::Context>& expected) {
  REQUIRE(found.size() == expected.size());
  for (size_t i = 0; i < found.size(); ++i) {
    REQUIRE(found[i].length == expected[i].length);
    REQUIRE(found[i].range == expected[i].range);
  }
}

TEST_CASE("a state lists every suffix that stands in the index") {
  for (const naive::Stream& stream :
       {naive::Stream{"", naive::zipf_symbols(30, 2000, 30), 30},
        naive::Stream{"", naive::random_symbols(31, 2000, 4), 4}, naive::Stream{"", {}, 3}}) {
    const PatternIndex index = build(stream);
    for (uint64_t seed = 1; seed <= 20; ++seed) {
      CAPTURE(seed);
      Random random(seed);
      ContextState state(index);
      std::vector<Symbol> text;
      while (text.size() < 60) {
        // Pieces of the stream, and noise that the stream may not have.
        if (!stream.symbols.empty() && random.below(2) == 0) {
          const uint32_t begin = random.below(static_cast<uint32_t>(stream.symbols.size()) - 8);
          text.insert(text.end(), stream.symbols.begin() + begin,
                      stream.symbols.begin() + begin + 8);
        } else {
          text.push_back(static_cast<Symbol>(random.below(stream.alphabet + 1)));
        }
      }
      std::vector<Symbol> so_far;
      for (const Symbol symbol : text) {
        state.append(symbol);
        so_far.push_back(symbol);
        check_equal(state.contexts(), naive_contexts(index, so_far));
        CHECK(state.longest() == state.contexts().front().length);
      }
      state.reset();
      check_equal(state.contexts(), naive_contexts(index, {}));
      state.append(std::span<const Symbol>(text));
      check_equal(state.contexts(), naive_contexts(index, text));
    }
  }
}

TEST_CASE("a state with too many contexts keeps the longest and the shortest ones") {
  // In a run of one symbol every length has a range of its own.
  const PatternIndex index = build({"", std::vector<Symbol>(100, 0), 1});
  ContextState state(index);
  for (uint32_t length = 1; length <= 100; ++length) {
    state.append(0);
    const auto contexts = state.contexts();
    REQUIRE(contexts.size() == std::min(length + 1, ContextState::kMaxContexts));
    CHECK(state.longest() == length);
    for (uint32_t i = 1; i < contexts.size(); ++i) {
      CHECK(contexts[contexts.size() - i].length == i - 1);
      CHECK(contexts[contexts.size() - i].range.count() == 102 - i);
    }
  }
  state.append(0);
  CHECK(state.longest() == ContextState::kMaxContexts - 1);
}

TEST_CASE("the empty context always stands") {
  const PatternIndex index = build({"", {1, 2, 3}, 4});
  ContextState state(index);
  CHECK(state.longest() == 0);
  state.append(0);
  CHECK(state.contexts().size() == 1);
  CHECK(state.contexts().back().range == index.all());
}

}  // namespace
}  // namespace cento
