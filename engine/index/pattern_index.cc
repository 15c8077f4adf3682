#include "index/pattern_index.h"

#include <algorithm>

namespace cento {

WaveletMatrix::Step PatternIndex::next(uint32_t row) const {
  WaveletMatrix::Step step = bwt_.lf(bwt_position(row));
  ++step.position;  // row 0 comes before those of all symbols
  return step;
}

RowRange PatternIndex::extend(RowRange range, Symbol symbol) const {
  if (range.is_empty()) return {};
  const WaveletMatrix::Range next =
      bwt_.backward_step(symbol, {bwt_position(range.begin), bwt_position(range.end)});
  if (next.begin == next.end) return {};
  return {next.begin + 1, next.end + 1};
}

RowRange PatternIndex::find(std::span<const Symbol> context) const {
  RowRange range = all();
  for (const Symbol symbol : context) {
    range = extend(range, symbol);
    if (range.is_empty()) break;
  }
  return range;
}

void PatternIndex::followers(RowRange range, uint32_t k, std::vector<Follower>& out) const {
  out.clear();
  if (range.is_empty()) return;
  bwt_.top({bwt_position(range.begin), bwt_position(range.end)}, k, out);
}

// A row r of a context of length k stands for its follower: LF(r) lies in the range of the context
// with that follower, and is its first row if LCP[LF(r)] ≤ k.
uint32_t PatternIndex::distinct_followers(RowRange range, uint32_t context_length,
                                          uint32_t limit) const {
  if (range.is_empty()) return 0;
  if (context_length == 0) return std::min(bwt_.distinct(), limit);
  if (context_length == 1 && range.begin > 0) {
    return std::min(followers_.get(first_rows_.rank1(range.begin)), limit);
  }
  if (context_length == 2 && has_continuation_counts()) {
    return std::min(opens_triple_.rank1(range.end) - opens_triple_.rank1(range.begin), limit);
  }
  return bwt_.distinct({bwt_position(range.begin), bwt_position(range.end)}, limit);
}

// Inside the range of a context of length k, a row that agrees with the one before it in no more
// than k symbols is the first with its symbol before the context.
uint32_t PatternIndex::continuation_count(RowRange pair) const {
  if (pair.is_empty()) return 0;
  return 1 + first_of_triple_.rank1(pair.end) - first_of_triple_.rank1(pair.begin + 1);
}

// A row r stands for the pair of the symbol before its context and the symbol behind it; LF(r) lies
// in the range of the context with that follower, and is the first of its pair there if
// LCP[LF(r)] ≤ 2.
uint32_t PatternIndex::continuation_total(RowRange single) const {
  if (single.is_empty()) return 0;
  return opens_triple_.rank1(single.end) - opens_triple_.rank1(single.begin);
}

TextPos PatternIndex::locate(uint32_t row) const {
  // A sound index meets a sample or the end within sa_sample_rate_ steps; the bound is for images
  // that are damaged in a way that `load` does not see.
  for (uint32_t steps = 0; steps < sa_sample_rate_; ++steps) {
    if (row == end_row_) return size_ - std::min(steps, size_);
    if (sampled_.get(row)) {
      const uint32_t position = sa_samples_.get(sampled_.rank1(row)) * sa_sample_rate_;
      return position - std::min(steps, position);
    }
    row = next(row).position;
  }
  return size_;
}

uint32_t PatternIndex::row_of(TextPos position) const {
  uint32_t row = isa_samples_.get(position / isa_sample_rate_);
  for (uint32_t steps = position % isa_sample_rate_; steps > 0 && row != end_row_; --steps) {
    row = next(row).position;
  }
  return row;
}

void PatternIndex::extract(TextPos position, uint32_t length, std::vector<Symbol>& out) const {
  if (position >= size_) return;
  Reader reader(*this, position);
  for (uint32_t left = std::min(length, size_ - position); left > 0 && !reader.at_end(); --left) {
    out.push_back(reader.next());
  }
}

uint64_t PatternIndex::memory_bytes() const {
  return sizeof(*this) + bwt_.memory_bytes() + sampled_.memory_bytes() +
         sa_samples_.memory_bytes() + isa_samples_.memory_bytes() + first_rows_.memory_bytes() +
         followers_.memory_bytes() + symbols_before_.memory_bytes() +
         first_of_triple_.memory_bytes() + opens_triple_.memory_bytes();
}

}  // namespace cento
