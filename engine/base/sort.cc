#include "base/sort.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace cento {

void sort_numbers(std::vector<uint64_t>& numbers) {
  std::vector<uint64_t> sorted(numbers.size());
  for (uint32_t shift = 0; shift < 64; shift += 8) {
    const auto digit = [shift](uint64_t number) { return static_cast<uint8_t>(number >> shift); };
    std::array<size_t, 256> place{};  // first how many there are of a digit, then where they begin
    for (const uint64_t number : numbers) ++place[digit(number)];
    if (std::find(place.begin(), place.end(), numbers.size()) != place.end()) continue;
    std::exclusive_scan(place.begin(), place.end(), place.begin(), size_t{0});
    for (const uint64_t number : numbers) sorted[place[digit(number)]++] = number;
    numbers.swap(sorted);
  }
}

std::vector<uint32_t> sorted_positions(size_t count, const void* context,
                                       bool (*before)(const void* context, uint32_t a,
                                                      uint32_t b)) {
  std::vector<uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0u);
  std::vector<uint32_t> merged(count);
  for (size_t run = 1; run < count; run *= 2) {
    for (size_t begin = 0; begin < count;) {
      const size_t middle = std::min(begin + run, count);
      const size_t end = std::min(middle + run, count);
      // What is in order already needs no more comparisons.
      const bool in_order = middle == end || !before(context, order[middle], order[middle - 1]);
      size_t left = begin;
      size_t right = in_order ? end : middle;
      const size_t left_end = in_order ? end : middle;
      for (; begin < end; ++begin) {
        const bool take_right =
            left == left_end || (right < end && before(context, order[right], order[left]));
        merged[begin] = order[take_right ? right++ : left++];
      }
    }
    order.swap(merged);
  }
  return order;
}

}  // namespace cento
