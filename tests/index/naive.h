// What the index room is tested against: the definitions, written as plainly as possible, and
// streams that have hurt such code before.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/random.h"
#include "index/pattern_index.h"

namespace cento::naive {

struct Stream {
  std::string name;
  std::vector<Symbol> symbols;
  uint32_t alphabet;
};

inline std::vector<Symbol> random_symbols(uint64_t seed, size_t size, uint32_t alphabet) {
  Random random(seed);
  std::vector<Symbol> symbols(size);
  for (Symbol& symbol : symbols) symbol = static_cast<Symbol>(random.below(alphabet));
  return symbols;
}

// Symbol frequencies fall off like 1 / rank.
inline std::vector<Symbol> zipf_symbols(uint64_t seed, size_t size, uint32_t alphabet) {
  Random random(seed);
  std::vector<Symbol> symbols(size);
  for (Symbol& symbol : symbols) {
    symbol = static_cast<Symbol>(random.below(random.below(alphabet) + 1));
  }
  return symbols;
}

inline std::vector<Stream> streams() {
  std::vector<Stream> all = {
      {"empty", {}, 0},
      {"empty over an alphabet", {}, 5},
      {"one symbol", {3}, 4},
      {"two equal symbols", {1, 1}, 2},
      {"two ascending symbols", {0, 1}, 2},
      {"two descending symbols", {1, 0}, 2},
      {"one symbol repeated", std::vector<Symbol>(1000, 7), 8},
      {"a long run in noise", random_symbols(1, 700, 3), 3},
      {"random, 2 symbols", random_symbols(2, 1500, 2), 2},
      {"random, 5 symbols", random_symbols(3, 1500, 5), 5},
      {"random, 300 symbols", random_symbols(4, 1500, 300), 300},
      {"Zipf, 1000 symbols", zipf_symbols(5, 3000, 1000), 1000},
      {"Zipf, full alphabet", zipf_symbols(6, 3000, 65536), 65536},
  };
  for (size_t i = 200; i < 500; ++i) all[7].symbols[i] = 1;
  Stream ascending{"all distinct, ascending", {}, 2000};
  Stream descending{"all distinct, descending", {}, 2000};
  Stream periodic{"periodic", {}, 5};
  for (size_t i = 0; i < 2000; ++i) {
    ascending.symbols.push_back(static_cast<Symbol>(i));
    descending.symbols.push_back(static_cast<Symbol>(1999 - i));
    periodic.symbols.push_back(static_cast<Symbol>(i % 5));
  }
  // Fibonacci words repeat as much as they can without a period.
  Stream fibonacci{"Fibonacci", {0}, 2};
  std::vector<Symbol> shorter = {1};
  while (fibonacci.symbols.size() < 1500) {
    std::vector<Symbol> longer = fibonacci.symbols;
    longer.insert(longer.end(), shorter.begin(), shorter.end());
    shorter = std::exchange(fibonacci.symbols, std::move(longer));
  }
  // Counts that grow like Fibonacci numbers make the deepest Huffman tree.
  Stream skewed{"Fibonacci counts", {}, 17};
  uint32_t count = 1;
  uint32_t previous = 1;
  for (Symbol symbol = 0; symbol < 17; ++symbol) {
    skewed.symbols.insert(skewed.symbols.end(), count, symbol);
    count += std::exchange(previous, count);
  }
  for (Stream* stream : {&ascending, &descending, &periodic, &fibonacci, &skewed}) {
    all.push_back(std::move(*stream));
  }
  return all;
}

// Positions p such that `context` stands just before p, ascending.
inline std::vector<TextPos> places(const std::vector<Symbol>& stream,
                                   const std::vector<Symbol>& context) {
  std::vector<TextPos> result;
  for (size_t p = context.size(); p <= stream.size(); ++p) {
    if (std::equal(context.begin(), context.end(), stream.begin() + (p - context.size()))) {
      result.push_back(static_cast<TextPos>(p));
    }
  }
  return result;
}

// All followers, most frequent first, ties by smaller symbol.
inline std::vector<Follower> followers(const std::vector<Symbol>& stream,
                                       const std::vector<TextPos>& places) {
  std::map<Symbol, uint32_t> counts;
  for (const TextPos p : places) {
    if (p < stream.size()) ++counts[stream[p]];
  }
  std::vector<Follower> result;
  for (const auto& [symbol, count] : counts) result.push_back({symbol, count});
  std::stable_sort(result.begin(), result.end(),
                   [](const Follower& a, const Follower& b) { return a.count > b.count; });
  return result;
}

// The symbol before a context of `length` symbols that ends at p; -1 for the start of the stream.
inline int32_t symbol_before(const std::vector<Symbol>& stream, TextPos p, uint32_t length) {
  return p > length ? stream[p - length - 1] : -1;
}

inline uint32_t continuation_count(const std::vector<Symbol>& stream,
                                   const std::vector<TextPos>& places, uint32_t length) {
  std::set<int32_t> before;
  for (const TextPos p : places) before.insert(symbol_before(stream, p, length));
  return static_cast<uint32_t>(before.size());
}

inline uint32_t continuation_total(const std::vector<Symbol>& stream,
                                   const std::vector<TextPos>& places, uint32_t length) {
  std::set<std::pair<int32_t, Symbol>> pairs;
  for (const TextPos p : places) {
    if (p < stream.size()) pairs.insert({symbol_before(stream, p, length), stream[p]});
  }
  return static_cast<uint32_t>(pairs.size());
}

// Contexts to ask for: the empty one, each symbol (or 200 of them), pieces of the stream, its start
// and its end, and such pieces with one symbol changed.
inline std::vector<std::vector<Symbol>> contexts(const Stream& stream, uint64_t seed) {
  const std::vector<Symbol>& symbols = stream.symbols;
  std::vector<std::vector<Symbol>> result = {{}};
  Random random(seed);
  for (uint32_t symbol = 0; symbol < stream.alphabet; symbol += 1 + stream.alphabet / 200) {
    result.push_back({static_cast<Symbol>(symbol)});
  }
  if (symbols.empty()) return result;
  const auto size = static_cast<uint32_t>(symbols.size());
  for (int i = 0; i < 100; ++i) {
    const uint32_t length = std::min(size, 1 + random.below(1 + random.below(30)));
    uint32_t begin = random.below(size - length + 1);
    if (i < 10) begin = 0;
    if (i >= 10 && i < 20) begin = size - length;
    std::vector<Symbol> context(symbols.begin() + begin, symbols.begin() + begin + length);
    result.push_back(context);
    context[random.below(length)] = static_cast<Symbol>(random.below(stream.alphabet));
    result.push_back(std::move(context));
  }
  return result;
}

}  // namespace cento::naive
