#include "index/sparse_bit_vector.h"

#include <algorithm>
#include <utility>

namespace cento {
namespace {

constexpr uint32_t kZeroSample = 128;

// log2 of n / m, rounded down.
uint32_t low_width(uint32_t size, uint32_t ones) {
  return PackedInts::width_for((size / std::max(ones, 1u)) | 1) - 1;
}

uint32_t high_bits(uint32_t size, uint32_t ones) {
  return ones + (size >> low_width(size, ones)) + 1;
}

}  // namespace

SparseBitVector::SparseBitVector(std::span<const uint32_t> ones, uint32_t size) : size_(size) {
  const auto count = static_cast<uint32_t>(ones.size());
  lows_ = PackedInts(count, low_width(size, count));
  RankBitVectorBuilder highs(high_bits(size, count));
  uint32_t bucket = 0;
  for (uint32_t k = 0; k < count; ++k) {
    lows_.set(k, ones[k] & low_mask());
    for (; bucket < ones[k] >> lows_.width(); ++bucket) highs.push(false);
    highs.push(true);
  }
  for (; bucket <= size >> lows_.width(); ++bucket) highs.push(false);
  highs_ = std::move(highs).finish();
  sample_zeros();
}

void SparseBitVector::sample_zeros() {
  const uint32_t zeros = highs_.size() - highs_.ones();
  const uint32_t samples = (zeros + kZeroSample - 1) / kZeroSample;
  zero_lines_ = PackedInts(samples + 1, PackedInts::width_for(highs_.last_line()));
  for (uint32_t i = 0; i < samples; ++i) {
    zero_lines_.set(i, highs_.select(false, i * kZeroSample) / kLineDataBits);
  }
  zero_lines_.set(samples, highs_.last_line());
}

SparseBitVector::Cursor SparseBitVector::bucket_begin(uint32_t bucket) const {
  if (bucket == 0) return {0, 0};
  const uint32_t zero = bucket - 1;
  const uint32_t sample = zero / kZeroSample;
  const uint32_t bit =
      highs_.select(false, zero, zero_lines_.get(sample), zero_lines_.get(sample + 1)) + 1;
  return {bit - bucket, bit};
}

bool SparseBitVector::get(uint32_t i) const {
  const uint32_t low = i & low_mask();
  Cursor at = bucket_begin(i >> lows_.width());
  for (; highs_.get(at.bit); ++at.bit, ++at.k) {
    if (lows_.get(at.k) >= low) return lows_.get(at.k) == low;
  }
  return false;
}

uint32_t SparseBitVector::rank1(uint32_t i) const {
  const uint32_t low = i & low_mask();
  Cursor at = bucket_begin(i >> lows_.width());
  for (; highs_.get(at.bit) && lows_.get(at.k) < low; ++at.bit) ++at.k;
  return at.k;
}

uint32_t SparseBitVector::select1(uint32_t k) const {
  return place_of({k, highs_.select(true, k)});
}

void SparseBitVector::Walk::go_to(uint32_t k, uint32_t bit) {
  number_ = k;
  place_ = bits_->place_of({k, bit});
  next_place_ = bits_->size();
  if (k + 1 == bits_->ones()) return;
  next_bit_ = bits_->highs_.next_one(bit + 1);
  next_place_ = bits_->place_of({k + 1, next_bit_});
}

void SparseBitVector::Walk::seek(uint32_t i) {
  for (uint32_t steps = 0; next_place_ <= i && steps < kNear; ++steps) {
    go_to(number_ + 1, next_bit_);
  }
  if (next_place_ <= i) look_up(bits_->rank1(i + 1) - 1);
}

void SparseBitVector::Walk::seek_number(uint32_t k) {
  if (k == number_) return;
  if (k - number_ > kNear) return look_up(k);
  uint32_t bit = next_bit_;
  for (uint32_t i = number_ + 1; i < k; ++i) bit = bits_->highs_.next_one(bit + 1);
  go_to(k, bit);
}

void SparseBitVector::save(ByteWriter& writer) const {
  writer.put(ones());
  lows_.save(writer);
  highs_.save(writer);
}

Status SparseBitVector::load(ByteReader& reader, uint32_t size) {
  const size_t start = reader.offset();
  const auto ones = reader.take<uint32_t>();
  if (ones > size) return Status::integrity("A bit vector has more ones than bits.", start);
  size_ = size;
  CENTO_RETURN_IF_ERROR(lows_.load(reader, ones, low_width(size, ones)));
  CENTO_RETURN_IF_ERROR(highs_.load(reader, high_bits(size, ones)));
  bool fits = highs_.ones() == ones;
  uint32_t bit = 0;
  uint32_t least = 0;
  for (uint32_t k = 0; fits && k < ones; ++k, ++bit) {
    bit = highs_.next_one(bit);
    const uint32_t place = place_of({k, bit});
    fits = place >= least && place < size;
    least = place + 1;
  }
  if (!fits) return Status::integrity("The ones of a bit vector are damaged.", start);
  sample_zeros();
  return Status::ok();
}

}  // namespace cento
