#include "base/sort.h"

#include <doctest.h>

#include <algorithm>
#include <string>

#include "base/random.h"

using namespace cento;

TEST_CASE("numbers are sorted as std::sort sorts them, whichever bytes differ") {
  for (uint64_t seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    // Few numbers and many, of few bits and of all, with equal ones among them.
    std::vector<uint64_t> numbers(random.below(300));
    const uint32_t shift = random.below(64);
    const uint64_t base = seed % 2 == 0 ? 0 : random.next();
    for (uint64_t& number : numbers) number = base ^ random.next() >> shift;
    std::vector<uint64_t> expected = numbers;
    std::sort(expected.begin(), expected.end());
    sort_numbers(numbers);
    CHECK(numbers == expected);
  }
}

TEST_CASE("values are sorted as std::stable_sort sorts them, and equal ones stay in order") {
  struct Item {
    std::string key;
    size_t number;
    bool operator==(const Item&) const = default;
  };
  const auto before = [](const Item& a, const Item& b) { return a.key < b.key; };
  for (uint64_t seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const size_t count = seed < 20 ? static_cast<size_t>(seed) : random.below(300);
    const uint32_t kinds = 1 + random.below(100);
    std::vector<Item> items;
    for (size_t i = 0; i < count; ++i) {
      items.push_back(
          {"a key longer than a short string " + std::to_string(random.below(kinds)), i});
    }
    std::vector<Item> expected = items;
    std::stable_sort(expected.begin(), expected.end(), before);
    stable_sort(std::span(items), before);
    CHECK(items == expected);
  }
}

TEST_CASE("what is in order takes less than one comparison a value") {
  std::vector<uint32_t> values(1000);
  for (uint32_t i = 0; i < values.size(); ++i) values[i] = i / 3;
  size_t calls = 0;
  stable_sort(std::span(values), [&](uint32_t a, uint32_t b) {
    ++calls;
    return a < b;
  });
  CHECK(std::is_sorted(values.begin(), values.end()));
  CHECK(calls < values.size());
}

TEST_CASE("a part of an array is sorted alone") {
  std::vector<int> values{5, 4, 3, 2, 1};
  stable_sort(std::span(values).subspan(1, 3), [](int a, int b) { return a < b; });
  CHECK(values == std::vector<int>{5, 2, 3, 4, 1});
}
