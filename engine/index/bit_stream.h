// Codes of few bits for small numbers, one behind the other.
//
// Elias's gamma code (Elias 1975, "Universal codeword sets") and the exponential Golomb code
// (Teuhola 1978), which is gamma with some bits behind it. A unary number is a run of ones that a
// zero ends; the lowest bits come first.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace cento {

// Reads bits of words that it does not own. A reader that begins inside the bits of a BitWriter
// reads at most one code that goes on behind them, and no word that is not there.
class BitReader {
 public:
  BitReader() = default;
  BitReader(const uint64_t* words, uint64_t at) : words_(words), at_(at) {}

  uint64_t at() const { return at_; }  // bits from the beginning

  // A number of `width` bits. REQUIRES: width ≤ 32.
  uint32_t bits(uint32_t width) {
    const auto value = static_cast<uint32_t>(window() & low_bits(width));
    at_ += width;
    return value;
  }
  uint32_t unary() {
    for (uint32_t count = 0;;) {
      const auto ones = static_cast<uint32_t>(std::countr_one(window()));
      count += ones;
      at_ += ones;
      if (ones < 64) {
        ++at_;
        return count;
      }
    }
  }
  // At least 1.
  uint32_t gamma() {
    const uint32_t more = unary() & 31;
    return uint32_t{1} << more | bits(more);
  }
  // Numbers below 2^width take 1 + width bits, each doubling two more. REQUIRES: width ≤ 31.
  uint32_t golomb(uint32_t width) {
    const uint64_t code = window();
    const auto more = static_cast<uint32_t>(std::countr_one(code));
    if (2 * more + 1 + width > 64) {
      const uint32_t high = gamma() - 1;
      return high << width | bits(width);
    }
    // All of it is in one word, as nearly always.
    const uint64_t rest = code >> (more + 1);
    const auto high = static_cast<uint32_t>((uint64_t{1} << more | (rest & low_bits(more))) - 1);
    at_ += 2 * more + 1 + width;
    return high << width | static_cast<uint32_t>(rest >> more & low_bits(width));
  }

 private:
  static uint64_t low_bits(uint32_t width) { return (uint64_t{1} << width) - 1; }
  uint64_t window() const {
    const uint64_t* word = words_ + at_ / 64;
    const auto shift = static_cast<uint32_t>(at_ % 64);
    return word[0] >> shift | (word[1] << 1) << (63 - shift);
  }

  const uint64_t* words_ = nullptr;
  uint64_t at_ = 0;
};

class BitWriter {
 public:
  uint64_t size() const { return size_; }  // bits

  // REQUIRES: width ≤ 32, value < 2^width.
  void bits(uint32_t value, uint32_t width) {
    if (width == 0) return;
    const auto shift = static_cast<uint32_t>(size_ % 64);
    if (shift == 0) words_.push_back(0);
    words_.back() |= uint64_t{value} << shift;
    if (shift + width > 64) words_.push_back(uint64_t{value} >> (64 - shift));
    size_ += width;
  }
  void unary(uint32_t value) {
    for (; value >= 31; value -= 31) bits((1u << 31) - 1, 31);
    bits((1u << value) - 1, value + 1);
  }
  // REQUIRES: value ≥ 1.
  void gamma(uint32_t value) {
    uint32_t more = 0;
    while (more < 31 && value >> (more + 1) != 0) ++more;
    unary(more);
    bits(value ^ std::bit_floor(value), more);
  }
  // REQUIRES: value >> width < 2^32 - 1.
  void golomb(uint32_t value, uint32_t width) {
    gamma((value >> width) + 1);
    bits(value & ((uint32_t{1} << width) - 1), width);
  }
  // The bits that `golomb` takes.
  static uint32_t golomb_size(uint32_t value, uint32_t width) {
    return 2 * static_cast<uint32_t>(std::bit_width((value >> width) + 1)) - 1 + width;
  }
  // Without room for more, and with the two words of zeros behind them that readers look at.
  std::vector<uint64_t> finish() && {
    std::vector<uint64_t> words(words_.size() + kSpareWords);
    for (size_t i = 0; i < words_.size(); ++i) words[i] = words_[i];
    return words;
  }
  static constexpr size_t kSpareWords = 2;

 private:
  std::vector<uint64_t> words_;
  uint64_t size_ = 0;
};

}  // namespace cento
