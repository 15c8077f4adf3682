#include "levels/crystallize.h"

#include <doctest.h>

#include <map>

#include "base/random.h"

namespace cento {
namespace {

// The definition, spelled out: count all adjacent pairs anew for every merge.
std::vector<Merge> crystallize_naively(std::vector<WeightedSequence>& sequences,
                                       const CrystallizeOptions& options) {
  std::vector<Merge> merges;
  while (merges.size() < options.max_new_symbols) {
    std::map<std::pair<uint32_t, uint32_t>, uint64_t> counts;
    for (const WeightedSequence& sequence : sequences) {
      for (size_t i = 0; i + 1 < sequence.symbols.size(); ++i) {
        counts[{sequence.symbols[i], sequence.symbols[i + 1]}] += sequence.count;
      }
    }
    Merge best{0, 0, 0};
    for (const auto& [pair, count] : counts) {
      if (count > best.count) best = {pair.first, pair.second, count};
    }
    if (best.count == 0 || best.count < options.min_count) break;
    for (WeightedSequence& sequence : sequences) {
      std::vector<uint32_t> merged;
      for (size_t i = 0; i < sequence.symbols.size(); ++i) {
        const bool here = i + 1 < sequence.symbols.size() && sequence.symbols[i] == best.left &&
                          sequence.symbols[i + 1] == best.right;
        merged.push_back(here ? options.first_new_symbol + static_cast<uint32_t>(merges.size())
                              : sequence.symbols[i]);
        if (here) ++i;
      }
      sequence.symbols = merged;
    }
    merges.push_back(best);
  }
  return merges;
}

}  // namespace

TEST_CASE("the most frequent pair is merged first, overlaps from the left") {
  std::vector<WeightedSequence> sequences = {{{1, 1, 1}, 5}, {{2, 3}, 4}};
  const auto merges =
      crystallize(sequences, {.first_new_symbol = 10, .max_new_symbols = 9, .min_count = 4});
  REQUIRE(merges.is_ok());
  REQUIRE(merges.value().size() == 3);
  CHECK(merges.value()[0].left == 1);
  CHECK(merges.value()[0].count == 10);
  CHECK(merges.value()[1].left == 10);
  CHECK(merges.value()[2].right == 3);
  CHECK(sequences[0].symbols == std::vector<uint32_t>{11});
  CHECK(sequences[1].symbols == std::vector<uint32_t>{12});
}

TEST_CASE("merges equal those of the naive definition") {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const uint32_t alphabet = 1 + random.below(4);
    std::vector<WeightedSequence> sequences(random.below(12));
    for (WeightedSequence& sequence : sequences) {
      sequence.count = 1 + random.below(3);
      for (uint32_t i = random.below(40); i > 0; --i)
        sequence.symbols.push_back(random.below(alphabet));
    }
    const CrystallizeOptions options{.first_new_symbol = alphabet,
                                     .max_new_symbols = 1 + random.below(30),
                                     .min_count = 1 + random.below(3)};
    std::vector<WeightedSequence> naive = sequences;
    const std::vector<Merge> expected = crystallize_naively(naive, options);
    const auto merges = crystallize(sequences, options);
    REQUIRE(merges.is_ok());
    REQUIRE(merges.value().size() == expected.size());
    for (size_t i = 0; i < expected.size(); ++i) {
      REQUIRE(merges.value()[i].left == expected[i].left);
      REQUIRE(merges.value()[i].right == expected[i].right);
      REQUIRE(merges.value()[i].count == expected[i].count);
    }
    for (size_t i = 0; i < naive.size(); ++i) REQUIRE(sequences[i].symbols == naive[i].symbols);
  }
}

TEST_CASE("crystallizing stops when it is cancelled") {
  std::vector<WeightedSequence> sequences = {{{1, 2, 1, 2}, 1}};
  const auto merges = crystallize(sequences, {.first_new_symbol = 3, .max_new_symbols = 9},
                                  [](std::string_view, uint64_t, uint64_t) { return false; });
  CHECK(merges.status().code() == StatusCode::kAborted);
}

TEST_CASE("nothing in, nothing out") {
  std::vector<WeightedSequence> sequences;
  const auto merges = crystallize(sequences, {.first_new_symbol = 1, .max_new_symbols = 9});
  REQUIRE(merges.is_ok());
  CHECK(merges.value().empty());
}

}  // namespace cento
