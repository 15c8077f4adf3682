#include "index/suffix_array.h"

#include <doctest.h>

#include <numeric>

#include "naive.h"

namespace cento {
namespace {

std::vector<int32_t> naive_suffixes(const std::vector<uint16_t>& text) {
  std::vector<int32_t> suffixes(text.size());
  std::iota(suffixes.begin(), suffixes.end(), 0);
  std::sort(suffixes.begin(), suffixes.end(), [&](int32_t a, int32_t b) {
    return std::lexicographical_compare(text.begin() + a, text.end(), text.begin() + b, text.end());
  });
  return suffixes;
}

std::vector<int32_t> sorted_suffixes(const std::vector<uint16_t>& text, uint32_t alphabet) {
  std::vector<int32_t> suffixes(text.size());
  const std::vector<uint16_t> stream(text.rbegin(), text.rend());
  REQUIRE(sort_reversed(stream, alphabet, suffixes));
  return suffixes;
}

TEST_CASE("suffixes are sorted as by comparison") {
  for (const naive::Stream& stream : naive::streams()) {
    CAPTURE(stream.name);
    CHECK(sorted_suffixes(stream.symbols, stream.alphabet) == naive_suffixes(stream.symbols));
  }
}

TEST_CASE("all texts of up to 9 symbols over 3 letters are sorted") {
  for (uint32_t size = 0; size <= 9; ++size) {
    std::vector<uint16_t> text(size);
    uint32_t texts = 1;
    for (uint32_t i = 0; i < size; ++i) texts *= 3;
    for (uint32_t number = 0; number < texts; ++number) {
      uint32_t rest = number;
      for (uint16_t& symbol : text) {
        symbol = static_cast<uint16_t>(rest % 3);
        rest /= 3;
      }
      CAPTURE(number);
      REQUIRE(sorted_suffixes(text, 3) == naive_suffixes(text));
    }
  }
}

TEST_CASE("random texts over random alphabets are sorted") {
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const uint32_t alphabet = 1 + random.below(1 + random.below(65536));
    const std::vector<uint16_t> text =
        naive::random_symbols(seed, random.below(400), 1 + random.below(alphabet));
    CHECK(sorted_suffixes(text, alphabet) == naive_suffixes(text));
  }
}

}  // namespace
}  // namespace cento
