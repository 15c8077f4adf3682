#include "levels/coarsen.h"

#include <doctest.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "base/log2.h"
#include "base/random.h"
#include "text/hash.h"

namespace cento {
namespace {

using Pairs = std::vector<PairCount>;

// Pairs with random counts; low symbols are more frequent, as in text.
Pairs random_pairs(Random& random, uint32_t alphabet, uint32_t draws) {
  std::map<std::pair<uint32_t, uint32_t>, uint32_t> counts;
  for (uint32_t i = 0; i < draws; ++i) {
    const uint32_t left = random.below(1 + random.below(alphabet));
    const uint32_t right = random.below(1 + random.below(alphabet));
    counts[{left, right}] += 1 + random.below(3);
  }
  Pairs pairs;
  for (const auto& [pair, count] : counts) pairs.push_back({pair.first, pair.second, count});
  return pairs;
}

std::vector<Company> companies_of(const std::vector<Pairs>& pairs,
                                  const std::vector<uint32_t>& weights) {
  std::vector<Company> companies;
  for (size_t i = 0; i < pairs.size(); ++i) companies.push_back({pairs[i], weights[i]});
  return companies;
}

// weight · x·log2(x) in 65,536ths of a bit.
int64_t xlog2x(uint32_t x, uint32_t weight) {
  return x == 0 ? 0 : static_cast<int64_t>(x * log2_fixed(x) * (65536.0 * weight) + 0.5);
}

// What depends on the classes in the weighted log-likelihood, counted from nothing.
int64_t likelihood(const std::vector<Company>& companies, const std::vector<uint16_t>& class_of) {
  int64_t sum = 0;
  for (const Company& company : companies) {
    std::map<std::pair<uint32_t, uint32_t>, uint32_t> cells;
    std::map<uint32_t, uint32_t> lefts;
    std::map<uint32_t, uint32_t> rights;
    for (const PairCount& pair : company.pairs) {
      cells[{class_of[pair.left], class_of[pair.right]}] += pair.count;
      lefts[class_of[pair.left]] += pair.count;
      rights[class_of[pair.right]] += pair.count;
    }
    for (const auto& [cell, count] : cells) sum += xlog2x(count, company.weight);
    for (const auto& [c, count] : lefts) sum -= xlog2x(count, company.weight);
    for (const auto& [c, count] : rights) sum -= xlog2x(count, company.weight);
  }
  return sum;
}

// The exchange, spelled out: try every class for every symbol and count everything anew.
// Classes are not renumbered.
std::vector<uint16_t> exchange_naively(const std::vector<Company>& companies, uint32_t alphabet,
                                       const CoarsenOptions& options) {
  std::vector<uint64_t> frequencies(alphabet);
  for (const Company& company : companies) {
    for (const PairCount& pair : company.pairs) {
      frequencies[pair.left] += pair.count;
      frequencies[pair.right] += pair.count;
    }
  }
  std::vector<uint32_t> order;
  for (uint32_t s = options.alone; s < alphabet; ++s)
    if (frequencies[s] > 0) order.push_back(s);
  std::stable_sort(order.begin(), order.end(),
                   [&](uint32_t a, uint32_t b) { return frequencies[a] > frequencies[b]; });
  std::vector<uint16_t> class_of(alphabet);
  for (uint32_t s = 0; s < std::min(options.alone, alphabet); ++s)
    class_of[s] = static_cast<uint16_t>(s);
  const uint32_t dealt = options.class_count - options.alone;
  for (uint32_t i = 0; i < order.size(); ++i)
    class_of[order[i]] = static_cast<uint16_t>(options.alone + i % dealt);
  if (order.size() <= dealt) return class_of;
  std::vector<uint32_t> stays(alphabet);
  for (uint32_t round = 0; round < options.max_rounds; ++round) {
    for (const uint32_t s : order) {
      if (stays[s] == options.rest_after) continue;
      const uint16_t own = class_of[s];
      uint16_t best = own;
      int64_t best_likelihood = likelihood(companies, class_of);
      for (uint32_t c = options.alone; c < options.class_count; ++c) {
        class_of[s] = static_cast<uint16_t>(c);
        const int64_t moved = likelihood(companies, class_of);
        if (moved > best_likelihood) {
          best_likelihood = moved;
          best = class_of[s];
        }
      }
      class_of[s] = best;
      stays[s] = best == own ? stays[s] + 1 : 0;
    }
  }
  return class_of;
}

// Whether two partitions put the same symbols together.
bool same_partition(const std::vector<uint16_t>& a, const std::vector<uint16_t>& b,
                    const std::vector<uint32_t>& symbols) {
  for (const uint32_t s : symbols) {
    for (const uint32_t t : symbols) {
      if ((a[s] == a[t]) != (b[s] == b[t])) return false;
    }
  }
  return true;
}

std::vector<uint32_t> occurring(const std::vector<Pairs>& all) {
  std::vector<uint32_t> symbols;
  for (const Pairs& pairs : all) {
    for (const PairCount& pair : pairs) {
      symbols.push_back(pair.left);
      symbols.push_back(pair.right);
    }
  }
  std::sort(symbols.begin(), symbols.end());
  symbols.erase(std::unique(symbols.begin(), symbols.end()), symbols.end());
  return symbols;
}

Coarsening coarsen_or_fail(const std::vector<Company>& companies, uint32_t alphabet,
                           const CoarsenOptions& options) {
  auto result = coarsen(companies, alphabet, options);
  REQUIRE(result.is_ok());
  return std::move(result).value();
}

}  // namespace

TEST_CASE("classes equal those of the naive exchange") {
  for (uint64_t seed = 0; seed < 120; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const uint32_t alphabet = 1 + random.below(16);
    std::vector<Pairs> pairs(1 + random.below(2));
    for (Pairs& of_company : pairs) of_company = random_pairs(random, alphabet, random.below(80));
    const auto companies = companies_of(pairs, {1 + random.below(3), 1});
    CoarsenOptions options{.class_count = 2 + random.below(4), .max_rounds = random.below(5)};
    options.alone = random.below(std::min(3u, options.class_count));
    options.rest_after = 1 + random.below(3);
    const Coarsening fast = coarsen_or_fail(companies, alphabet, options);
    const std::vector<uint16_t> naive = exchange_naively(companies, alphabet, options);
    REQUIRE(same_partition(fast.class_of, naive, occurring(pairs)));
  }
}

TEST_CASE("the likelihood never falls from round to round") {
  for (uint64_t seed = 0; seed < 10; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const std::vector<Pairs> pairs = {random_pairs(random, 200, 3000),
                                      random_pairs(random, 200, 1000)};
    const auto companies = companies_of(pairs, {2, 1});
    CoarsenOptions options{.class_count = 12, .alone = 1};
    int64_t before = 0;
    int64_t first = 0;
    for (options.max_rounds = 0; options.max_rounds < 8; ++options.max_rounds) {
      const int64_t now = likelihood(companies, coarsen_or_fail(companies, 200, options).class_of);
      if (options.max_rounds == 0) {
        first = now;
      } else {
        REQUIRE(now >= before);
      }
      before = now;
    }
    CHECK(before > first);
  }
}

TEST_CASE("planted classes are found again") {
  // A cycle of five kinds of symbols, with one step in eight to any kind.
  constexpr uint32_t kKinds = 5;
  constexpr uint32_t kSymbols = 100;
  Random random(11);
  std::map<std::pair<uint32_t, uint32_t>, uint32_t> counts;
  uint32_t previous = 0;
  for (uint32_t i = 0; i < 20'000; ++i) {
    const uint32_t kind = random.below(8) == 0 ? random.below(kKinds) : (previous + 1) % kKinds;
    const uint32_t next = kind + kKinds * random.below(kSymbols / kKinds);
    ++counts[{previous, next}];
    previous = next;
  }
  Pairs pairs;
  for (const auto& [pair, count] : counts) pairs.push_back({pair.first, pair.second, count});
  const Coarsening found = coarsen_or_fail({{pairs}}, kSymbols, {.class_count = kKinds});
  CHECK(found.class_count == kKinds);
  for (uint32_t s = kKinds; s < kSymbols; ++s) {
    CAPTURE(s);
    REQUIRE(found.class_of[s] == found.class_of[s % kKinds]);
  }
}

TEST_CASE("the order of the pairs does not matter") {
  Random random(5);
  Pairs pairs = random_pairs(random, 100, 2000);
  const Coarsening before = coarsen_or_fail({{pairs}}, 100, {.class_count = 9});
  std::reverse(pairs.begin(), pairs.end());
  const Coarsening after = coarsen_or_fail({{pairs}}, 100, {.class_count = 9});
  CHECK(before.class_of == after.class_of);
  CHECK(before.class_count == after.class_count);
}

TEST_CASE("classes are the same on every platform") {
  Random random(17);
  const std::vector<Pairs> pairs = {random_pairs(random, 400, 6000),
                                    random_pairs(random, 400, 9000)};
  const Coarsening found =
      coarsen_or_fail(companies_of(pairs, {2, 1}), 400, {.class_count = 30, .alone = 1});
  std::string ids;
  for (const uint16_t c : found.class_of) ids += static_cast<char>('0' + c);
  CHECK(hash_bytes(ids) == 1658160686u);
}

TEST_CASE("classes are numbered by frequency, after those of symbols that are alone") {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const Pairs pairs = random_pairs(random, 120, 1500);
    const Coarsening found =
        coarsen_or_fail({{pairs}}, 121, {.class_count = 10, .alone = 2, .max_rounds = 3});
    std::vector<uint64_t> frequencies(found.class_count);
    std::vector<uint32_t> members(found.class_count);
    for (const PairCount& pair : pairs) {
      frequencies[found.class_of[pair.left]] += pair.count;
      frequencies[found.class_of[pair.right]] += pair.count;
    }
    for (const uint16_t c : found.class_of) ++members[c];
    CHECK(std::is_sorted(frequencies.rbegin(), frequencies.rend() - 2));
    CHECK(found.class_of[0] == 0);
    CHECK(found.class_of[1] == 1);
    CHECK(members[0] == 1);
    CHECK(members[1] == 1);
    // Symbol 120 stands nowhere.
    const auto largest = std::max_element(members.begin(), members.end()) - members.begin();
    CHECK(found.class_of[120] == largest);
  }
}

TEST_CASE("with no more symbols than classes each has its own") {
  const Pairs pairs = {{0, 1, 5}, {1, 2, 5}, {2, 0, 4}, {2, 4, 1}};
  const Coarsening found = coarsen_or_fail({{pairs}}, 5, {.class_count = 4});
  // By frequency 2, 1, 0, 4: 10, 10, 9, 1; symbol 3 stands nowhere.
  CHECK(found.class_of == std::vector<uint16_t>{2, 0, 1, 0, 3});
  CHECK(found.class_count == 4);
}

TEST_CASE("tiny alphabets have classes") {
  CHECK(coarsen_or_fail({}, 0, {}).class_count == 0);
  CHECK(coarsen_or_fail({}, 3, {}).class_of == std::vector<uint16_t>{0, 0, 0});
  CHECK(coarsen_or_fail({}, 3, {.alone = 1}).class_of == std::vector<uint16_t>{0, 1, 1});
  CHECK(coarsen_or_fail({}, 3, {.alone = 1}).class_count == 2);
  CHECK(coarsen_or_fail({}, 1, {.alone = 3}).class_of == std::vector<uint16_t>{0});
  const Pairs itself = {{0, 0, 7}};
  CHECK(coarsen_or_fail({{itself}}, 1, {.class_count = 1}).class_of == std::vector<uint16_t>{0});
}

TEST_CASE("the bits of a pair are those of the class-bigram model") {
  // Symbols 0 and 1 in turn cost nothing with classes of their own, one bit with a common class.
  const Pairs pairs = {{0, 1, 8}, {1, 0, 8}};
  CHECK(class_bigram_bits(pairs, std::vector<uint16_t>{0, 1}) == 0);
  CHECK(class_bigram_bits(pairs, std::vector<uint16_t>{0, 0}) == 1);
  CHECK(class_bigram_bits({}, std::vector<uint16_t>{}) == 0);
}

TEST_CASE("coarsening stops when it is cancelled") {
  Random random(3);
  const Pairs pairs = random_pairs(random, 300, 3000);
  const Company companies[] = {{pairs}};
  uint32_t reports = 0;
  const auto all = coarsen(companies, 300, {.class_count = 16, .max_rounds = 3},
                           [&](std::string_view phase, uint64_t done, uint64_t total) {
                             CHECK(phase == "coarsening");
                             CHECK(done < total);
                             ++reports;
                             return true;
                           });
  CHECK(all.is_ok());
  CHECK(reports >= 12);
  for (uint32_t allowed = 0; allowed < reports; ++allowed) {
    uint32_t calls = 0;
    const auto result =
        coarsen(companies, 300, {.class_count = 16, .max_rounds = 3},
                [&](std::string_view, uint64_t, uint64_t) { return calls++ < allowed; });
    REQUIRE(result.status().code() == StatusCode::kAborted);
    REQUIRE(calls == allowed + 1);
  }
}

TEST_CASE("input out of range is refused") {
  const auto code = [](const Pairs& pairs, uint32_t weight, const CoarsenOptions& options) {
    const Company companies[] = {{pairs, weight}};
    return coarsen(companies, 2, options).status().code();
  };
  constexpr StatusCode kRefused = StatusCode::kInvalidArgument;
  CHECK(code({{0, 1, 1u << 30}}, 16, {}) == StatusCode::kOk);
  CHECK(code({{0, 2, 1}}, 1, {}) == kRefused);
  CHECK(code({{2, 0, 1}}, 1, {}) == kRefused);
  CHECK(code({{0, 1, 1u << 30}, {1, 0, 1}}, 1, {}) == kRefused);
  CHECK(code({{0, 1, 1}}, 0, {}) == kRefused);
  CHECK(code({{0, 1, 1}}, 17, {}) == kRefused);
  CHECK(code({{0, 1, 1}}, 1, {.class_count = 0}) == kRefused);
  CHECK(code({{0, 1, 1}}, 1, {.class_count = 4097}) == kRefused);
  CHECK(code({{0, 1, 1}}, 1, {.class_count = 3, .alone = 3}) == kRefused);
}

}  // namespace cento
