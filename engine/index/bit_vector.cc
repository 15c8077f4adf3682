#include "index/bit_vector.h"

#include <algorithm>
#include <cstring>

namespace cento {

RankBitVectorBuilder::RankBitVectorBuilder(uint32_t size)
    : lines_(size / kLineDataBits + 1), size_(size) {}

RankBitVector RankBitVectorBuilder::finish() && {
  if (filled_ > 0) flush();
  RankBitVector result;
  result.lines_ = std::move(lines_);
  result.size_ = size_;
  result.count();
  return result;
}

void RankBitVector::count() {
  ones_ = 0;
  for (RankLine& line : lines_) {
    line.ones_before = ones_;
    ones_ += count_quarters(line);
  }
}

namespace {

uint64_t word_count(uint32_t size) { return (uint64_t{size} + 31) / 32; }

}  // namespace

uint32_t RankBitVector::select(bool bit, uint32_t k, uint32_t first, uint32_t last) const {
  const auto before = [&](uint32_t line) {
    const uint32_t ones = lines_[line].ones_before;
    return bit ? ones : line * kLineDataBits - ones;
  };
  while (first < last) {
    const uint32_t middle = last - (last - first) / 2;
    if (before(middle) <= k) {
      first = middle;
    } else {
      last = middle - 1;
    }
  }
  k -= before(first);
  uint32_t place = first * kLineDataBits;
  for (const uint32_t data : lines_[first].data) {
    uint32_t word = bit ? data : ~data;
    const auto count = static_cast<uint32_t>(std::popcount(word));
    if (k < count) {
      for (; k > 0; --k) word &= word - 1;
      return place + static_cast<uint32_t>(std::countr_zero(word));
    }
    k -= count;
    place += 32;
  }
  return place;
}

uint32_t RankBitVector::next_one(uint32_t i) const {
  uint32_t line = i / kLineDataBits;
  uint32_t at = i % kLineDataBits / 32;
  uint32_t word = lines_[line].data[at] & ~uint32_t{0} << (i % kLineDataBits % 32);
  while (word == 0) {
    if (++at == kLineDataBits / 32) {
      at = 0;
      if (++line == lines_.size()) return size_;
    }
    word = lines_[line].data[at];
  }
  return line * kLineDataBits + at * 32 + static_cast<uint32_t>(std::countr_zero(word));
}

void RankBitVector::save(ByteWriter& writer) const {
  size_t left = static_cast<size_t>(word_count(size_));
  for (const RankLine& line : lines_) {
    const size_t words = std::min(left, std::size(line.data));
    writer.put_array(std::span<const uint32_t>(line.data, words));
    left -= words;
  }
}

Status RankBitVector::load(ByteReader& reader, uint32_t size) {
  const Bytes bytes = reader.take_bytes(word_count(size) * sizeof(uint32_t));
  CENTO_RETURN_IF_ERROR(reader.status());
  uint32_t last = 0;
  if (size % 32 != 0) std::memcpy(&last, &bytes[bytes.size() - sizeof(last)], sizeof(last));
  if (last >> (size % 32) != 0) {
    return Status::integrity("A bit vector has bits behind its end.",
                             reader.offset() - sizeof(last));
  }
  lines_ = std::vector<RankLine>(size / kLineDataBits + 1);
  size_ = size;
  for (size_t line = 0, at = 0; at < bytes.size(); ++line, at += sizeof(RankLine::data)) {
    const size_t left = std::min(sizeof(RankLine::data), bytes.size() - at);
    std::memcpy(lines_[line].data, &bytes[at], left);
  }
  count();
  return Status::ok();
}

}  // namespace cento
