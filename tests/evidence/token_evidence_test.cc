#include "evidence/token_evidence.h"

#include <doctest.h>

#include <cmath>
#include <vector>

#include "base/random.h"

namespace cento {
namespace {

TEST_CASE("the probabilities of all symbols sum to 1 after any context") {
  Random random(9);
  std::vector<Symbol> stream;
  for (int i = 0; i < 3000; ++i) {
    stream.push_back(static_cast<Symbol>(1 + random.below(4) * random.below(5)));
  }
  const auto index = PatternIndex::build(stream, 40, {});
  REQUIRE(index.is_ok());
  const TokenEvidence evidence(index.value());
  ContextState state(index.value());
  for (int step = 0; step < 60; ++step) {
    double sum = 0;
    for (uint32_t symbol = 0; symbol < 40; ++symbol) {
      const double bits = evidence.log2_prob(state, static_cast<Symbol>(symbol));
      CHECK(bits < 0);
      sum += std::exp2(bits);
    }
    CAPTURE(step);
    CHECK(std::abs(sum - 1) < 1e-8);
    state.append(step % 20 == 19 ? Symbol{39} : stream[random.below(3000)]);  // 39 never occurs
  }
}

TEST_CASE("a symbol that always follows a long context is probable there") {
  std::vector<Symbol> stream;
  for (int i = 0; i < 50; ++i)
    stream.insert(stream.end(), {1, 2, 3, 4, static_cast<Symbol>(5 + i)});
  const auto index = PatternIndex::build(stream, 60, {});
  REQUIRE(index.is_ok());
  ContextState state(index.value());
  state.append(std::vector<Symbol>{1, 2, 3});
  const TokenEvidence evidence(index.value());
  CHECK(evidence.log2_prob(state, 4) > -0.2);
  CHECK(evidence.log2_prob(state, 1) < -5);
}

}  // namespace
}  // namespace cento
