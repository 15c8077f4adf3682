// Two sorts that are compiled once, whatever is sorted: each std::sort of another type is 2 kB of
// code that browsers download. Both are stable, so results differ on no platform.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace cento {

// Ascending. Cost: linear, two passes for each byte in which the numbers differ, faster than
// std::sort from some hundreds on; memory of the same size again. (LSD radix sort, Knuth 5.2.5.)
void sort_numbers(std::vector<uint64_t>& numbers);

// The positions [0, count) in the order in which `before(context, a, b)` puts what stands there;
// equal ones stay as they are. Bottom-up merge sort: `count` calls where all is in order already.
// REQUIRES: count < 2^32; `before` is a strict weak order.
std::vector<uint32_t> sorted_positions(size_t count, const void* context,
                                       bool (*before)(const void* context, uint32_t a, uint32_t b));

// Sorts values of any type. Cost: two to three times that of std::sort for many small values, less
// for large ones, which move once; eight bytes of memory a value.
template <typename T, typename Before>
void stable_sort(std::span<T> values, const Before& before) {
  if (values.size() < 2) return;
  const auto context = std::pair(values.data(), &before);
  std::vector<uint32_t> from =
      sorted_positions(values.size(), &context, [](const void* data, uint32_t a, uint32_t b) {
        const auto& [items, is_before] = *static_cast<const decltype(context)*>(data);
        return (*is_before)(items[a], items[b]);
      });
  // Moves along the cycles of the permutation.
  for (uint32_t first = 0; first < values.size(); ++first) {
    if (from[first] == first) continue;
    T held = std::move(values[first]);
    uint32_t to = first;
    while (from[to] != first) {
      values[to] = std::move(values[from[to]]);
      to = std::exchange(from[to], to);
    }
    values[to] = std::move(held);
    from[to] = to;
  }
}

}  // namespace cento
