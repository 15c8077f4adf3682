#include "index/huffman.h"

#include <doctest.h>

#include <algorithm>
#include <functional>

#include "base/random.h"

namespace cento {
namespace {

// The total length of an optimal prefix code: repeatedly merge the two least counts.
uint64_t optimal_cost(std::vector<uint64_t> counts) {
  counts.erase(std::remove(counts.begin(), counts.end(), 0u), counts.end());
  uint64_t cost = 0;
  while (counts.size() > 1) {
    std::sort(counts.begin(), counts.end(), std::greater<>());
    const uint64_t merged = counts.back() + counts[counts.size() - 2];
    cost += merged;
    counts.pop_back();
    counts.back() = merged;
  }
  return cost;
}

// Checks the form of a code and gives its total length.
uint64_t checked_cost(const CodeLengths& code, const std::vector<uint32_t>& counts,
                      uint32_t max_length) {
  REQUIRE(code.codes_of_length.size() <= max_length + 1);
  uint64_t cost = 0;
  uint64_t kraft = 0;
  size_t place = 0;
  for (size_t length = 0; length < code.codes_of_length.size(); ++length) {
    kraft += uint64_t{code.codes_of_length[length]} << (max_length - length);
    for (uint32_t i = 0; i < code.codes_of_length[length]; ++i) {
      REQUIRE(place < code.symbols.size());
      cost += counts[code.symbols[place++]] * length;
    }
  }
  CHECK(place == code.symbols.size());
  CHECK(kraft == uint64_t{1} << max_length);
  CHECK(code.codes_of_length.back() > 0);
  for (size_t i = 0; i < code.symbols.size(); ++i) {
    CHECK(counts[code.symbols[i]] > 0);
    if (i == 0) continue;
    const uint32_t before = counts[code.symbols[i - 1]];
    const uint32_t here = counts[code.symbols[i]];
    CHECK((before > here || (before == here && code.symbols[i - 1] < code.symbols[i])));
  }
  return cost;
}

TEST_CASE("a code without a binding limit is optimal") {
  for (uint64_t seed = 1; seed <= 100; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    std::vector<uint32_t> counts(1 + random.below(300));
    for (uint32_t& count : counts) count = random.below(1 + random.below(1000));
    counts[0] = 1;
    const CodeLengths code = huffman_code_lengths(counts, 28);
    CHECK(checked_cost(code, counts, 28) == optimal_cost({counts.begin(), counts.end()}));
  }
}

TEST_CASE("the limit holds where it binds") {
  std::vector<uint32_t> counts = {1, 1};  // Fibonacci numbers: the deepest tree there is
  while (counts.size() < 40)
    counts.push_back(counts[counts.size() - 1] + counts[counts.size() - 2]);
  CHECK(huffman_code_lengths(counts, 63).codes_of_length.size() == 40);
  const uint64_t optimum = optimal_cost({counts.begin(), counts.end()});
  for (const uint32_t limit : {6u, 8u, 12u, 20u, 28u}) {
    CAPTURE(limit);
    const uint64_t cost = checked_cost(huffman_code_lengths(counts, limit), counts, limit);
    CHECK(cost >= optimum);
    if (limit >= 12) CHECK(cost < optimum + optimum / 20);
  }
}

TEST_CASE("no symbol, one symbol and all 65,536 symbols have a code") {
  CHECK(huffman_code_lengths({}, 28).symbols.empty());
  const std::vector<uint32_t> none(10);
  CHECK(huffman_code_lengths(none, 28).symbols.empty());
  CHECK(huffman_code_lengths(none, 28).codes_of_length.empty());
  const std::vector<uint32_t> one = {0, 0, 5};
  CHECK(huffman_code_lengths(one, 28).symbols == std::vector<uint16_t>{2});
  CHECK(huffman_code_lengths(one, 28).codes_of_length == std::vector<uint32_t>{1});
  const std::vector<uint32_t> all(65536, 3);
  const CodeLengths code = huffman_code_lengths(all, 16);
  CHECK(code.codes_of_length.size() == 17);
  CHECK(code.codes_of_length[16] == 65536);
}

}  // namespace
}  // namespace cento
