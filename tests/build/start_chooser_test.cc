#include "build/start_chooser.h"

#include <doctest.h>

#include <vector>

#include "base/random.h"

namespace cento {
namespace {

// Documents 0 to 3 have nothing in common; document 4 is made of pieces of all of them.
std::vector<std::vector<TokenId>> documents_with_a_digest() {
  std::vector<std::vector<TokenId>> documents(5);
  for (uint32_t d = 0; d < 4; ++d) {
    for (uint32_t i = 0; i < 400; ++i) {
      documents[d].push_back(static_cast<TokenId>(1000 * (d + 1) + i));
    }
    documents[4].insert(documents[4].end(), documents[d].begin(), documents[d].begin() + 100);
  }
  return documents;
}

TEST_CASE("The document that shares most with the others a byte comes first") {
  const auto documents = documents_with_a_digest();
  const StartChooser chooser(documents, {800, 800, 800, 800, 800});
  CHECK(chooser.choose(800) == std::vector<uint32_t>{4});
  CHECK(chooser.choose(799).empty());
}

TEST_CASE("Chosen documents stay within the budget, in ascending order, all where it suffices") {
  const auto documents = documents_with_a_digest();
  const StartChooser chooser(documents, {800, 700, 600, 500, 900});
  for (uint64_t budget = 0; budget < 4000; budget += 100) {
    uint64_t cost = 0;
    uint32_t next = 0;
    for (const uint32_t d : chooser.choose(budget)) {
      CHECK(d >= next);
      next = d + 1;
      cost += std::vector<uint64_t>{800, 700, 600, 500, 900}[d];
    }
    CHECK(cost <= budget);
  }
  CHECK(chooser.choose(3500).size() == 5);
}

}  // namespace
}  // namespace cento
