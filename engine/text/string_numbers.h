// Gives strings numbers, in the order in which they come.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/hash.h"

namespace cento {

// Memory: the strings, and 20 to 28 bytes for each.
class StringNumbers {
 public:
  uint32_t size() const { return static_cast<uint32_t>(starts_.size() - 1); }
  // Valid until the next string is numbered.
  std::string_view text(uint32_t number) const {
    return std::string_view(strings_).substr(starts_[number],
                                             starts_[number + 1] - starts_[number]);
  }
  // That of an equal string, or the next one, size().
  uint32_t number_of(std::string_view text) {
    const uint32_t hash = hash_bytes(text);
    for (size_t slot = hash & mask();; slot = (slot + 1) & mask()) {
      const uint32_t number = slots_[slot];
      if (number == kFree) return add(text, hash, slot);
      if (hashes_[number] == hash && this->text(number) == text) return number;
    }
  }

 private:
  static constexpr uint32_t kFree = ~uint32_t{0};

  size_t mask() const { return slots_.size() - 1; }

  uint32_t add(std::string_view text, uint32_t hash, size_t slot) {
    const uint32_t number = size();
    slots_[slot] = number;
    hashes_.push_back(hash);
    strings_ += text;
    starts_.push_back(strings_.size());
    if (2 * hashes_.size() > slots_.size()) {
      slots_.assign(2 * slots_.size(), kFree);
      for (uint32_t i = 0; i < hashes_.size(); ++i) {
        slot = hashes_[i] & mask();
        while (slots_[slot] != kFree) slot = (slot + 1) & mask();
        slots_[slot] = i;
      }
    }
    return number;
  }

  std::string strings_;
  std::vector<size_t> starts_ = {0};
  std::vector<uint32_t> hashes_;
  std::vector<uint32_t> slots_ = std::vector<uint32_t>(1024, kFree);
};

}  // namespace cento
