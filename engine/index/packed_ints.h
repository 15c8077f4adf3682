// Unsigned integers of one fixed width, packed without gaps.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "cento/status.h"

namespace cento {

// Memory: size × width bits, rounded up to 64-bit words. Threads: const methods may run at the same
// time.
class PackedInts {
 public:
  // The width that holds every value up to `largest`: 0 to 32 bits.
  static uint32_t width_for(uint32_t largest) {
    return static_cast<uint32_t>(std::bit_width(largest));
  }

  PackedInts() = default;
  // `size` zeros. REQUIRES: width ≤ 32.
  PackedInts(uint32_t size, uint32_t width);

  uint32_t size() const { return size_; }
  uint32_t width() const { return width_; }

  // REQUIRES: i < size().
  uint32_t get(uint32_t i) const {
    const uint64_t bit = uint64_t{i} * width_;
    const auto word = static_cast<size_t>(bit / 64);
    const auto shift = static_cast<uint32_t>(bit % 64);
    // Two shifts, since one by 64 is undefined.
    const uint64_t both = (words_[word] >> shift) | ((words_[word + 1] << 1) << (63 - shift));
    return static_cast<uint32_t>(both & mask());
  }
  // REQUIRES: i < size(), value < 2^width.
  void set(uint32_t i, uint32_t value);

  uint64_t memory_bytes() const { return words_.capacity() * sizeof(uint64_t); }

  // Writes the words, without size and width.
  void save(ByteWriter& writer) const;
  // Errors: kIntegrity where the words end early. REQUIRES: width ≤ 32.
  Status load(ByteReader& reader, uint32_t size, uint32_t width);

 private:
  uint64_t mask() const { return (uint64_t{1} << width_) - 1; }

  // `get` reads the word of a value and the one behind it, even where the width is 0.
  static constexpr size_t kSpareWords = 2;

  std::vector<uint64_t> words_ = std::vector<uint64_t>(kSpareWords);
  uint32_t size_ = 0;
  uint32_t width_ = 0;
};

}  // namespace cento
