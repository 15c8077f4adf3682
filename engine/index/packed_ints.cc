#include "index/packed_ints.h"

namespace cento {
namespace {

uint64_t word_count(uint32_t size, uint32_t width) { return (uint64_t{size} * width + 63) / 64; }

}  // namespace

PackedInts::PackedInts(uint32_t size, uint32_t width)
    : words_(static_cast<size_t>(word_count(size, width)) + kSpareWords),
      size_(size),
      width_(width) {}

void PackedInts::set(uint32_t i, uint32_t value) {
  const uint64_t bit = uint64_t{i} * width_;
  const auto word = static_cast<size_t>(bit / 64);
  const auto shift = static_cast<uint32_t>(bit % 64);
  words_[word] = (words_[word] & ~(mask() << shift)) | (uint64_t{value} << shift);
  if (shift + width_ > 64) {
    const uint32_t done = 64 - shift;
    words_[word + 1] = (words_[word + 1] & ~(mask() >> done)) | (uint64_t{value} >> done);
  }
}

void PackedInts::save(ByteWriter& writer) const {
  writer.put_array(std::span<const uint64_t>(words_.data(), words_.size() - kSpareWords));
}

Status PackedInts::load(ByteReader& reader, uint32_t size, uint32_t width) {
  const Bytes bytes = reader.take_bytes(word_count(size, width) * sizeof(uint64_t));
  CENTO_RETURN_IF_ERROR(reader.status());
  *this = PackedInts(size, width);
  if (!bytes.empty()) std::memcpy(words_.data(), bytes.data(), bytes.size());
  return Status::ok();
}

}  // namespace cento
