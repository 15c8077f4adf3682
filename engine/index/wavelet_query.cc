// The queries of WaveletMatrix, each written once and compiled for every rank kernel.

#include <algorithm>

#include "index/wavelet_matrix.h"

// `return call` for the kernel in use, chosen above all loops: what is called must be inlined.
#if defined(__x86_64__)
#define CENTO_RETURN_WITH_KERNEL(call)                              \
  if (kernel_ == RankKernel::kPopcnt) {                             \
    return [&]() __attribute__((target("popcnt"))) { return call; } \
    ();                                                             \
  }                                                                 \
  return call
#else
#define CENTO_RETURN_WITH_KERNEL(call) return call
#endif

namespace cento {
namespace {

// A node of the tree with its part [begin, begin + count) of the range. Ordered by `key`: the
// count, then inner nodes before leaves (they may hide a smaller symbol with the same count), then
// leaves by smaller symbol.
struct Entry {
  uint64_t key;
  uint32_t begin;

  static constexpr uint64_t kInner = uint64_t{1} << 31;
  static constexpr uint32_t kNodeBits = 17;

  static Entry inner(uint32_t count, uint32_t begin, uint32_t depth, uint32_t node) {
    return {uint64_t{count} << 32 | kInner | depth << kNodeBits | node, begin};
  }
  static Entry leaf(uint32_t count, uint16_t symbol) {
    return {uint64_t{count} << 32 | (0xFFFFu - symbol), 0};
  }
  bool is_inner() const { return (key & kInner) != 0; }
  uint32_t count() const { return static_cast<uint32_t>(key >> 32); }
  uint32_t depth() const { return (static_cast<uint32_t>(key) & 0x7FFFFFFF) >> kNodeBits; }
  uint32_t node() const { return static_cast<uint32_t>(key) & ((1u << kNodeBits) - 1); }
  uint16_t symbol() const { return static_cast<uint16_t>(0xFFFFu - (key & 0xFFFFu)); }
  bool operator<(const Entry& other) const { return key < other.key; }
};

}  // namespace

struct WaveletMatrix::Queries {
  CENTO_INLINE static Step lf(const WaveletMatrix& matrix, uint32_t i) {
    const Level* level = matrix.levels_.data();
    uint32_t node = 0;
    for (; node < level->inner_nodes; ++level) {
      const uint32_t ones = level->bits.rank1_inlined(i);
      const bool bit = level->bits.get(i);
      i = bit ? level->zeros + ones : i - ones;
      node += bit ? level->inner_nodes : 0;
    }
    const uint32_t place = level->leaves_before + (node - level->inner_nodes);
    return {matrix.symbols_[place], matrix.offsets_[place] + i};
  }

  CENTO_INLINE static Range backward_step(const WaveletMatrix& matrix, uint16_t symbol,
                                          Range range) {
    if (symbol >= matrix.places_.size()) return {};
    const uint32_t place = matrix.places_[symbol];
    if (place >= matrix.symbols_.size()) return {};
    const std::vector<Level>& levels = matrix.levels_;
    uint32_t depth = 0;
    while (depth + 1 < levels.size() && place >= levels[depth + 1].leaves_before) ++depth;
    uint32_t node = levels[depth].inner_nodes + place - levels[depth].leaves_before;
    uint32_t code = 0;  // bit d is that of level d
    for (uint32_t up = depth; up-- > 0;) {
      const bool bit = node >= levels[up].inner_nodes;
      node -= bit ? levels[up].inner_nodes : 0;
      code |= uint32_t{bit} << up;
    }
    for (uint32_t d = 0; d < depth; ++d) {
      if (range.begin == range.end) return {};
      const Level& level = levels[d];
      const uint32_t ones_begin = level.bits.rank1_inlined(range.begin);
      const uint32_t ones_end = level.bits.rank1_inlined(range.end);
      const bool bit = (code >> d) & 1;
      range.begin = bit ? level.zeros + ones_begin : range.begin - ones_begin;
      range.end = bit ? level.zeros + ones_end : range.end - ones_end;
    }
    if (range.begin == range.end) return {};
    const uint32_t offset = matrix.offsets_[place];
    return {range.begin + offset, range.end + offset};
  }

  CENTO_INLINE static Entry entry(const WaveletMatrix& matrix, uint32_t depth, uint32_t node,
                                  Range range) {
    const Level& level = matrix.levels_[depth];
    const uint32_t count = range.end - range.begin;
    if (node < level.inner_nodes) return Entry::inner(count, range.begin, depth, node);
    return Entry::leaf(count, matrix.symbols_[level.leaves_before + node - level.inner_nodes]);
  }

  CENTO_INLINE static void top(const WaveletMatrix& matrix, Range range, uint32_t k,
                               std::vector<SymbolCount>& out) {
    out.clear();
    if (range.begin == range.end || k == 0) return;
    std::vector<Entry> heap;
    Entry best = entry(matrix, 0, 0, range);
    while (true) {
      if (best.is_inner()) {
        const Level& level = matrix.levels_[best.depth()];
        const uint32_t begin = best.begin;
        const uint32_t end = begin + best.count();
        const uint32_t ones_begin = level.bits.rank1_inlined(begin);
        const uint32_t ones_end = level.bits.rank1_inlined(end);
        const uint32_t depth = best.depth() + 1;
        const uint32_t node = best.node();
        Entry other = entry(matrix, depth, node, {begin - ones_begin, end - ones_end});
        best = entry(matrix, depth, level.inner_nodes + node,
                     {level.zeros + ones_begin, level.zeros + ones_end});
        if (best < other) std::swap(best, other);
        if (other.count() > 0) {
          heap.push_back(other);
          std::push_heap(heap.begin(), heap.end());
        }
        if (heap.empty() || heap.front() < best) continue;
        heap.push_back(best);
        std::push_heap(heap.begin(), heap.end());
      } else {
        out.push_back({best.symbol(), best.count()});
        if (out.size() == k || heap.empty()) return;
      }
      std::pop_heap(heap.begin(), heap.end());
      best = heap.back();
      heap.pop_back();
    }
  }

  CENTO_INLINE static uint32_t distinct(const WaveletMatrix& matrix, Range range, uint32_t limit) {
    struct Node {
      uint32_t node;
      Range range;
    };
    if (range.begin == range.end) return 0;
    // Level by level: each node that has positions holds at least one symbol.
    std::vector<Node> nodes = {{0, range}};
    std::vector<Node> next;
    uint32_t leaves = 0;
    for (const Level& level : matrix.levels_) {
      next.clear();
      for (const Node& at : nodes) {
        if (at.node >= level.inner_nodes) {
          ++leaves;
          continue;
        }
        const uint32_t ones_begin = level.bits.rank1_inlined(at.range.begin);
        const uint32_t ones_end = level.bits.rank1_inlined(at.range.end);
        const Range zeros = {at.range.begin - ones_begin, at.range.end - ones_end};
        if (zeros.begin < zeros.end) next.push_back({at.node, zeros});
        if (ones_begin < ones_end) {
          next.push_back(
              {level.inner_nodes + at.node, {level.zeros + ones_begin, level.zeros + ones_end}});
        }
      }
      if (leaves + next.size() >= limit) return limit;
      nodes.swap(next);
    }
    return leaves;
  }
};

WaveletMatrix::Step WaveletMatrix::lf(uint32_t i) const {
  CENTO_RETURN_WITH_KERNEL(Queries::lf(*this, i));
}

WaveletMatrix::Range WaveletMatrix::backward_step(uint16_t symbol, Range range) const {
  CENTO_RETURN_WITH_KERNEL(Queries::backward_step(*this, symbol, range));
}

void WaveletMatrix::top(Range range, uint32_t k, std::vector<SymbolCount>& out) const {
  CENTO_RETURN_WITH_KERNEL(Queries::top(*this, range, k, out));
}

uint32_t WaveletMatrix::distinct(Range range, uint32_t limit) const {
  CENTO_RETURN_WITH_KERNEL(Queries::distinct(*this, range, limit));
}

}  // namespace cento
