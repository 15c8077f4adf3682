// Bits of which few are ones, in little more than the space that these need.
//
// Elias-Fano coding, with the names of Okanohara & Sadakane 2007 ("Practical entropy-compressed
// rank/select dictionary", sarray); see Vigna 2013 ("Quasi-succinct indices") too. The places of
// the ones are cut into buckets of 2^w places, as many as there are ones or up to twice that. Of
// each one the lowest w bits of its place are kept in `lows_`; `highs_` has, for each bucket in
// order, a one for each of its ones and a zero.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "cento/status.h"
#include "index/bit_vector.h"
#include "index/packed_ints.h"

namespace cento {

// Immutable. Memory: for m ones in n bits, about 2 + log2(n / m) bits a one. Threads: const methods
// may run at the same time.
class SparseBitVector {
 public:
  class Walk;

  SparseBitVector() : SparseBitVector({}, 0) {}
  // `ones` are their places. REQUIRES: they ascend strictly and are below `size`; size < 2^31.
  SparseBitVector(std::span<const uint32_t> ones, uint32_t size);

  uint32_t size() const { return size_; }  // bits
  uint32_t ones() const { return highs_.ones(); }

  // Cost of both: a few steps, and one for each one of the bucket.
  // REQUIRES: i < size().
  bool get(uint32_t i) const;
  // Ones in [0, i). REQUIRES: i ≤ size().
  uint32_t rank1(uint32_t i) const;
  // The place of one number `k`, counted from 0. Cost: logarithmic. REQUIRES: k < ones().
  uint32_t select1(uint32_t k) const;

  uint64_t memory_bytes() const {
    return lows_.memory_bytes() + highs_.memory_bytes() + zero_lines_.memory_bytes();
  }

  // Writes the number of ones and their places, without the size.
  void save(ByteWriter& writer) const;
  // Errors: kIntegrity where the bytes end early or places do not ascend below `size`.
  // REQUIRES: size < 2^31.
  Status load(ByteReader& reader, uint32_t size);

 private:
  // One number `k` of the vector is bit k + h of `highs_`, where h is its bucket.
  struct Cursor {
    uint32_t k;
    uint32_t bit;
  };
  uint32_t place_of(Cursor one) const {
    return (one.bit - one.k) << lows_.width() | lows_.get(one.k);
  }
  // The first one of a bucket, or where it would stand. REQUIRES: bucket ≤ size() >> width.
  Cursor bucket_begin(uint32_t bucket) const;
  uint32_t low_mask() const { return (uint32_t{1} << lows_.width()) - 1; }
  void sample_zeros();

  uint32_t size_ = 0;
  PackedInts lows_;
  RankBitVector highs_;
  PackedInts zero_lines_;  // the line of `highs_` with every kZeroSample-th zero, and the last line
};

// Goes over the ones of a vector, forwards alone: to ones that are near in a few steps each, to
// others as rank1 and select1 do. Lifetime: the vector must outlive it.
class SparseBitVector::Walk {
 public:
  // At the first one; of a vector without ones nothing may be asked.
  explicit Walk(const SparseBitVector& bits) : bits_(&bits) {
    if (bits.ones() > 0) go_to(0, bits.highs_.next_one(0));
  }

  uint32_t number() const { return number_; }  // of the one that it stands at
  uint32_t place() const { return place_; }
  uint32_t next_place() const {
    return next_place_;
  }  // of the one behind; size() where there is none

  // To the last one in [0, i]. REQUIRES: place() ≤ i < size().
  void seek(uint32_t i);
  // To one number `k`. REQUIRES: number() ≤ k < ones().
  void seek_number(uint32_t k);

 private:
  // Ones that are stepped over rather than looked up.
  static constexpr uint32_t kNear = 8;

  // To one number `k`, which is bit `bit` of the high parts.
  void go_to(uint32_t k, uint32_t bit);
  void look_up(uint32_t k) { go_to(k, bits_->highs_.select(true, k)); }

  const SparseBitVector* bits_;
  uint32_t number_ = 0;
  uint32_t place_ = 0;
  uint32_t next_place_ = 0;
  uint32_t next_bit_ = 0;
};

}  // namespace cento
