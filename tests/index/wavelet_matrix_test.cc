#include "index/wavelet_matrix.h"

#include <doctest.h>

#include "naive.h"

namespace cento {
namespace {

WaveletMatrix build(const naive::Stream& stream) {
  std::vector<uint32_t> counts(stream.alphabet);
  for (const uint16_t symbol : stream.symbols) ++counts[symbol];
  const WaveletMatrix::Code code(counts);
  const std::vector<uint32_t> words = code.words();
  std::vector<uint32_t> sequence;
  for (const uint16_t symbol : stream.symbols) sequence.push_back(words[symbol]);
  return WaveletMatrix::build(code, sequence);
}

std::vector<RankKernel> kernels() {
  std::vector<RankKernel> result;
  for (const auto kernel : {RankKernel::kScalar, RankKernel::kPopcnt}) {
    if (has_rank_kernel(kernel)) result.push_back(kernel);
  }
  return result;
}

TEST_CASE("each kernel gives every symbol its place in sorted order") {
  for (const naive::Stream& stream : naive::streams()) {
    CAPTURE(stream.name);
    WaveletMatrix matrix = build(stream);
    const std::vector<uint16_t>& symbols = stream.symbols;
    std::vector<uint32_t> order(symbols.size());
    for (uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(),
                     [&](uint32_t a, uint32_t b) { return symbols[a] < symbols[b]; });
    for (const RankKernel kernel : kernels()) {
      CAPTURE(rank_kernel_name(kernel));
      matrix.force_kernel(kernel);
      REQUIRE(matrix.kernel() == kernel);
      for (uint32_t place = 0; place < order.size(); ++place) {
        const WaveletMatrix::Step step = matrix.lf(order[place]);
        REQUIRE(step.symbol == symbols[order[place]]);
        REQUIRE(step.position == place);
      }
    }
  }
}

TEST_CASE("each kernel answers every range as a scan does") {
  uint64_t seed = 50;
  for (const naive::Stream& stream : naive::streams()) {
    CAPTURE(stream.name);
    CAPTURE(++seed);
    WaveletMatrix matrix = build(stream);
    Random random(seed);
    const std::vector<uint16_t>& symbols = stream.symbols;
    const auto size = static_cast<uint32_t>(symbols.size());
    for (int round = 0; round < 40; ++round) {
      uint32_t begin = random.below(size + 1);
      uint32_t end = begin + random.below(1 + random.below(size - begin + 1));
      if (round == 0) {
        begin = 0;
        end = size;
      }
      std::vector<TextPos> places;
      for (uint32_t i = begin; i < end; ++i) places.push_back(i);
      const std::vector<SymbolCount> expected = naive::followers(symbols, places);
      const auto distinct = static_cast<uint32_t>(expected.size());
      for (const RankKernel kernel : kernels()) {
        CAPTURE(rank_kernel_name(kernel));
        matrix.force_kernel(kernel);
        std::vector<SymbolCount> top;
        matrix.top({begin, end}, distinct + 1, top);
        REQUIRE(top == expected);
        REQUIRE(matrix.distinct({begin, end}, ~0u) == distinct);
        REQUIRE(matrix.distinct({begin, end}, 3) == std::min(distinct, 3u));
        for (size_t i = 0; i < expected.size(); i += 1 + expected.size() / 8) {
          const auto step = matrix.backward_step(expected[i].symbol, {begin, end});
          REQUIRE(step.end - step.begin == expected[i].count);
          const auto first = static_cast<uint32_t>(
              std::find(symbols.begin() + begin, symbols.end(), expected[i].symbol) -
              symbols.begin());
          REQUIRE(step.begin == matrix.lf(first).position);
        }
      }
    }
  }
}

TEST_CASE("codes that are cut to the longest length still work") {
  // Counts like Fibonacci numbers would need 30 bits for the rarest symbols.
  naive::Stream stream{"", {}, 31};
  uint32_t count = 1;
  uint32_t previous = 1;
  for (uint16_t symbol = 0; symbol < 31; ++symbol) {
    stream.symbols.insert(stream.symbols.end(), count, symbol);
    count += std::exchange(previous, count);
  }
  const WaveletMatrix matrix = build(stream);
  uint32_t position = 0;
  for (uint16_t symbol = 0; symbol < 31; ++symbol) {
    const auto range = matrix.backward_step(symbol, {0, matrix.size()});
    CHECK(range.begin == position);
    position = range.end;
    CHECK(matrix.lf(range.begin).symbol == symbol);
  }
  CHECK(position == matrix.size());
  CHECK(matrix.distinct({0, matrix.size()}, ~0u) == 31);
}

TEST_CASE("a default matrix holds nothing") {
  const WaveletMatrix matrix;
  CHECK(matrix.size() == 0);
  CHECK(matrix.distinct() == 0);
  CHECK(matrix.distinct({0, 0}, 5) == 0);
  CHECK(matrix.backward_step(0, {0, 0}).end == 0);
  CHECK(matrix.kernel() == best_rank_kernel());
}

}  // namespace
}  // namespace cento
