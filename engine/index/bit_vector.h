// Bits with constant-time rank.
#pragma once

#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "cento/status.h"
#include "simd/rank_inl.h"

namespace cento {

// Immutable; made by RankBitVectorBuilder or `load`. Memory: 512 bits for every 448.
// Threads: const methods may run at the same time.
class RankBitVector {
 public:
  RankBitVector() = default;

  uint32_t size() const { return size_; }  // bits
  uint32_t ones() const { return ones_; }

  // REQUIRES: i < size().
  bool get(uint32_t i) const {
    const uint32_t bit = i % kLineDataBits;
    return (lines_[i / kLineDataBits].data[bit / 32] >> (bit % 32)) & 1;
  }
  // Ones in [0, i). REQUIRES: i ≤ size().
  uint32_t rank1(uint32_t i) const {
    return rank_line(lines_[i / kLineDataBits], i % kLineDataBits);
  }
  // The same, to be inlined where the kernel is chosen.
  CENTO_INLINE uint32_t rank1_inlined(uint32_t i) const {
    return rank_in_line(lines_[i / kLineDataBits], i % kLineDataBits);
  }
  // The place of the one (or, for `bit` false, the zero) number `k`, counted from 0.
  // Cost: logarithmic in the lines. REQUIRES: there are more than k.
  uint32_t select(bool bit, uint32_t k) const { return select(bit, k, 0, last_line()); }
  // The same for a caller that knows that it lies in the lines [first, last].
  uint32_t select(bool bit, uint32_t k, uint32_t first, uint32_t last) const;
  // The first one at or behind `i`; size() where there is none. Cost: linear in the bits between.
  // REQUIRES: i ≤ size().
  uint32_t next_one(uint32_t i) const;
  uint32_t last_line() const { return static_cast<uint32_t>(lines_.size()) - 1; }

  uint64_t memory_bytes() const { return lines_.capacity() * sizeof(RankLine); }

  // Writes the bits in 32-bit words, without their size and counts.
  void save(ByteWriter& writer) const;
  // Reads `size` bits and counts them anew. Errors: kIntegrity where they end early or a bit is set
  // behind the last one.
  Status load(ByteReader& reader, uint32_t size);

 private:
  friend class RankBitVectorBuilder;
  void count();  // the ones of all lines, which have their data

  std::vector<RankLine> lines_ =
      std::vector<RankLine>(1);  // size / 448 + 1: rank1(size()) is valid
  uint32_t size_ = 0;
  uint32_t ones_ = 0;
};

// Appends bits, front to back.
class RankBitVectorBuilder {
 public:
  // `size` is the number of bits that will be pushed.
  explicit RankBitVectorBuilder(uint32_t size);

  void push(bool bit) {
    word_ |= uint32_t{bit} << filled_;
    if (++filled_ == 32) flush();
  }
  // 32 bits at once. REQUIRES: a multiple of 32 bits was pushed before.
  void push_word(uint32_t word) {
    word_ = word;
    flush();
  }
  // REQUIRES: all `size` bits were pushed; the last word may be filled up with zeros.
  RankBitVector finish() &&;

 private:
  void flush() {
    lines_[line_].data[next_word_] = word_;
    if (++next_word_ == kLineDataBits / 32) {
      next_word_ = 0;
      ++line_;
    }
    word_ = 0;
    filled_ = 0;
  }

  std::vector<RankLine> lines_;
  uint32_t size_;
  size_t line_ = 0;
  uint32_t next_word_ = 0;
  uint32_t word_ = 0;
  uint32_t filled_ = 0;
};

}  // namespace cento
