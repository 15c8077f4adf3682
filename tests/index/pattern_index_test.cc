#include "index/pattern_index.h"

#include <doctest.h>

#include "naive.h"

namespace cento {
namespace {

PatternIndex build(const std::vector<Symbol>& stream, uint32_t alphabet,
                   const PatternIndex::Options& options = {}) {
  Result<PatternIndex> index = PatternIndex::build(stream, alphabet, options);
  REQUIRE(index.is_ok());
  return std::move(index).value();
}

// A context of one symbol and its followers, or of none: every count of what stands before.
void check_continuation(const PatternIndex& index, const std::vector<Symbol>& stream,
                        const std::vector<Symbol>& context, const std::vector<TextPos>& places) {
  uint32_t total = 0;
  for (const Follower& follower : naive::followers(stream, places)) {
    std::vector<Symbol> longer = context;
    longer.push_back(follower.symbol);
    const uint32_t count = naive::continuation_count(stream, naive::places(stream, longer),
                                                     static_cast<uint32_t>(longer.size()));
    REQUIRE(count == (context.empty() ? index.continuation_count(follower.symbol)
                                      : index.continuation_count(index.find(longer))));
    total += count;
  }
  const auto length = static_cast<uint32_t>(context.size());
  REQUIRE(total == naive::continuation_total(stream, places, length));
  REQUIRE(total == (context.empty() ? index.continuation_total()
                                    : index.continuation_total(index.find(context))));
}

void check_ranges(const PatternIndex& index, const naive::Stream& stream, uint64_t seed) {
  const std::vector<Symbol>& symbols = stream.symbols;
  std::vector<Follower> top;
  uint32_t continuations = 0;
  for (const std::vector<Symbol>& context : naive::contexts(stream, seed)) {
    const RowRange range = index.find(context);
    const std::vector<TextPos> places = naive::places(symbols, context);
    REQUIRE(range.count() == places.size());
    std::vector<TextPos> located;
    for (uint32_t row = range.begin; row < range.end; ++row) located.push_back(index.locate(row));
    std::sort(located.begin(), located.end());
    REQUIRE(located == places);

    const std::vector<Follower> followers = naive::followers(symbols, places);
    const auto distinct = static_cast<uint32_t>(followers.size());
    const auto length = static_cast<uint32_t>(context.size());
    REQUIRE(index.distinct_followers(range, length) == distinct);
    for (const uint32_t k : {0u, 1u, 2u, 10u, distinct, distinct + 5}) {
      const std::vector<Follower> expected(followers.begin(),
                                           followers.begin() + std::min(k, distinct));
      index.followers(range, k, top);
      REQUIRE(top == expected);
      REQUIRE(index.distinct_followers(range, length, k) == std::min(k, distinct));
    }
    for (size_t i = 0; i < followers.size(); i += 1 + followers.size() / 10) {
      REQUIRE(index.count_follower(range, followers[i].symbol) == followers[i].count);
    }
    if (length <= 1 && index.has_continuation_counts() && ++continuations <= 40) {
      check_continuation(index, symbols, context, places);
    }
  }
}

void check_positions(const PatternIndex& index, const std::vector<Symbol>& stream) {
  const auto size = static_cast<uint32_t>(stream.size());
  std::vector<bool> seen(size + 1);
  for (uint32_t row = 0; row <= size; ++row) {
    const TextPos position = index.locate(row);
    REQUIRE(position <= size);
    REQUIRE_FALSE(seen[position]);
    seen[position] = true;
    REQUIRE(index.row_of(position) == row);
  }
  std::vector<Symbol> text;
  index.extract(0, size, text);
  REQUIRE(text == stream);
  for (uint32_t begin = 0; begin <= size; begin += 1 + size / 50) {
    for (const uint32_t length : {0u, 1u, 17u, size}) {
      text = {9};
      index.extract(begin, length, text);
      std::vector<Symbol> expected = {9};
      expected.insert(expected.end(), stream.begin() + begin,
                      stream.begin() + begin + std::min(length, size - begin));
      REQUIRE(text == expected);
    }
  }
}

TEST_CASE("every query agrees with a scan of the stream") {
  uint64_t seed = 100;
  for (const naive::Stream& stream : naive::streams()) {
    CAPTURE(stream.name);
    CAPTURE(++seed);
    const PatternIndex index = build(stream.symbols, stream.alphabet);
    REQUIRE(index.size() == stream.symbols.size());
    REQUIRE(index.alphabet() == stream.alphabet);
    check_ranges(index, stream, seed);
    check_positions(index, stream.symbols);
  }
}

TEST_CASE("small random streams agree with a scan") {
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const uint32_t alphabet = 1 + random.below(6);
    const naive::Stream stream{"", naive::random_symbols(seed, random.below(60), alphabet),
                               alphabet};
    const PatternIndex index = build(stream.symbols, alphabet);
    check_ranges(index, stream, seed);
    check_positions(index, stream.symbols);
  }
}

TEST_CASE("every sample rate locates and extracts") {
  const std::vector<Symbol> stream = naive::zipf_symbols(7, 500, 40);
  for (const uint32_t rate : {1u, 2u, 7u, 499u, 500u, 501u, 1024u}) {
    CAPTURE(rate);
    check_positions(build(stream, 40, {rate, 64, true}), stream);
    check_positions(build(stream, 40, {32, rate, true}), stream);
  }
}

TEST_CASE("a symbol outside the alphabet never follows") {
  const PatternIndex index = build({1, 2, 1, 2}, 5);
  CHECK(index.extend(index.all(), 0).is_empty());
  CHECK(index.extend(index.all(), 4).is_empty());
  CHECK(index.extend(index.all(), 5).is_empty());
  CHECK(index.extend(index.all(), 65535).is_empty());
  CHECK(index.extend(RowRange{}, 1).is_empty());
}

TEST_CASE("an index without continuation counts or positions answers everything else") {
  const naive::Stream stream{"", naive::zipf_symbols(8, 2000, 90), 90};
  const PatternIndex whole = build(stream.symbols, 90);
  CHECK(whole.has_continuation_counts());
  CHECK(whole.has_positions());
  const PatternIndex counted_once = build(stream.symbols, 90, {.continuation_counts = false});
  CHECK_FALSE(counted_once.has_continuation_counts());
  CHECK(counted_once.memory_bytes() < whole.memory_bytes());
  check_ranges(counted_once, stream, 8);
  check_positions(counted_once, stream.symbols);

  const PatternIndex bare =
      build(stream.symbols, 90, {.continuation_counts = false, .positions = false});
  CHECK_FALSE(bare.has_positions());
  CHECK(bare.memory_bytes() < counted_once.memory_bytes());
  CHECK(bare.end_row() == counted_once.row_of(2000));
  for (const std::vector<Symbol>& context : naive::contexts(stream, 9)) {
    const RowRange range = bare.find(context);
    const auto length = static_cast<uint32_t>(context.size());
    REQUIRE(range == whole.find(context));
    REQUIRE(bare.distinct_followers(range, length) == whole.distinct_followers(range, length));
  }
}

TEST_CASE("the empty context is followed by every symbol, and nothing stands in an empty range") {
  const PatternIndex index = build({1, 2, 1, 2}, 5);
  CHECK(index.distinct_followers(index.all(), 0) == 2);
  CHECK(index.distinct_followers({}, 1) == 0);
  CHECK(index.distinct_followers({}, 2) == 0);
  CHECK(index.continuation_count(Symbol{4}) == 0);
  CHECK(index.continuation_count(RowRange{}) == 0);
  CHECK(index.continuation_total(RowRange{}) == 0);
}

TEST_CASE("a default index is an empty one") {
  const PatternIndex index;
  CHECK(index.size() == 0);
  CHECK(index.all().count() == 1);
  CHECK(index.locate(0) == 0);
  CHECK(index.row_of(0) == 0);
  CHECK(index.extend(index.all(), 0).is_empty());
  std::vector<Follower> top;
  index.followers(index.all(), 3, top);
  CHECK(top.empty());
}

TEST_CASE("bad arguments are refused") {
  const auto code_of = [](std::vector<Symbol> stream, uint32_t alphabet,
                          const PatternIndex::Options& options) {
    return PatternIndex::build(stream, alphabet, options).status().code();
  };
  CHECK(code_of({1, 2, 3}, 3, {}) == StatusCode::kInvalidArgument);
  CHECK(code_of({1}, 65537, {}) == StatusCode::kInvalidArgument);
  CHECK(code_of({1}, 2, {0, 64, true}) == StatusCode::kInvalidArgument);
  CHECK(code_of({1}, 2, {32, 0, true}) == StatusCode::kInvalidArgument);
  CHECK(code_of({1}, 2, {32, 1025, true}) == StatusCode::kInvalidArgument);
}

TEST_CASE("building reports its phases in order and can be cancelled at every report") {
  const std::vector<Symbol> stream = naive::zipf_symbols(9, 3000, 50);
  std::vector<std::string> phases;
  uint32_t reports = 0;
  uint64_t last = 0;
  const auto all = PatternIndex::build(stream, 50, {},
                                       [&](std::string_view phase, uint64_t done, uint64_t total) {
                                         if (phases.empty() || phases.back() != phase) {
                                           phases.emplace_back(phase);
                                           last = 0;
                                         }
                                         CHECK(done >= last);
                                         CHECK(done <= total);
                                         last = done;
                                         ++reports;
                                         return true;
                                       });
  REQUIRE(all.is_ok());
  CHECK(phases == std::vector<std::string>{"sorting suffixes", "indexing"});
  for (uint32_t stop = 1; stop <= reports; ++stop) {
    uint32_t seen = 0;
    const auto cancelled =
        PatternIndex::build(stream, 50, {}, [&](auto&&...) { return ++seen < stop; });
    CHECK(cancelled.status().code() == StatusCode::kAborted);
    CHECK(seen == stop);
  }
}

TEST_CASE("memory stays within the budget a symbol") {
  const PatternIndex index = build(naive::zipf_symbols(10, 200000, 4000), 4000);
  CHECK(index.memory_bytes() < 200000 * 23 / 10);
  CHECK(index.memory_bytes() > 200000);
}

}  // namespace
}  // namespace cento
