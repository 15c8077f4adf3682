// One deterministic hash of byte strings, the same on every platform.
#pragma once

#include <cstdint>
#include <string_view>

namespace cento {

// FNV-1a (Fowler, Noll & Vo) that can be extended byte by byte, so that all prefixes of a string
// cost one pass, with a final mix because FNV's low bits are weak.
class ByteHash {
 public:
  void add(char byte) { state_ = (state_ ^ static_cast<uint8_t>(byte)) * 0x100000001B3u; }
  uint32_t value() const {
    const uint64_t mixed = (state_ ^ (state_ >> 32)) * 0x9E3779B97F4A7C15u;
    return static_cast<uint32_t>(mixed >> 32);
  }

 private:
  uint64_t state_ = 0xCBF29CE484222325u;
};

inline uint32_t hash_bytes(std::string_view bytes) {
  ByteHash hash;
  for (const char byte : bytes) hash.add(byte);
  return hash.value();
}

}  // namespace cento
