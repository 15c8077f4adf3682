// The rank kernels, to be inlined into loops (see simd/rank.h). A kernel is a type with one static
// function `rank(line, bit)`: ones in [0, bit) of the line's data plus its `ones_before`.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#include "simd/rank.h"
#if defined(__wasm_simd128__)
#include <wasm_simd128.h>
#endif

#define CENTO_INLINE [[gnu::always_inline]] inline
#if defined(__x86_64__)
// A function with this attribute may use popcnt, and so does everything inlined into it.
#define CENTO_TARGET_POPCNT [[gnu::target("popcnt")]]
#endif

namespace cento {

// The definition, word by word.
struct ScalarRank {
  CENTO_INLINE static uint32_t rank(const RankLine& line, uint32_t bit) {
    uint32_t ones = line.ones_before;
    for (uint32_t word = 0; word < bit / 32; ++word) {
      ones += static_cast<uint32_t>(std::popcount(line.data[word]));
    }
    const uint32_t last = line.data[bit / 32] & ((uint32_t{1} << (bit % 32)) - 1);
    return ones + static_cast<uint32_t>(std::popcount(last));
  }
};

#if defined(__x86_64__)
// Counts all eight words under masks that a sliding window selects: no branch depends on `bit`.
// Only fast inside functions that are CENTO_TARGET_POPCNT.
struct PopcntRank {
  static constexpr uint64_t kAll = ~uint64_t{0};
  static constexpr uint64_t kMasks[16] = {kAll, kAll, kAll, kAll, kAll, kAll, kAll, kAll};

  CENTO_INLINE static uint64_t word(const RankLine& line, uint32_t i) {
    uint64_t value;
    std::memcpy(&value, reinterpret_cast<const uint8_t*>(&line) + 8 * i, sizeof(value));
    return value;
  }
  CENTO_INLINE static uint32_t rank(const RankLine& line, uint32_t bit) {
    const uint32_t end = bit + 32;
    const uint64_t* masks = kMasks + 8 - end / 64;
    const uint64_t count_in_front = kAll << 32;
    const uint64_t last = word(line, end / 64) & ((uint64_t{1} << (end % 64)) - 1);
    int ones = std::popcount(end < 64 ? last & count_in_front : last);
    ones += std::popcount(word(line, 0) & masks[0] & count_in_front);
    for (uint32_t i = 1; i < 7; ++i) ones += std::popcount(word(line, i) & masks[i]);
    return line.ones_before + static_cast<uint32_t>(ones);
  }
};
#endif

#if defined(__wasm_simd128__)
// The same with bytes for words.
struct Simd128Rank {
  static constexpr std::array<uint8_t, 128> kMasks = [] {
    std::array<uint8_t, 128> masks{};
    for (size_t i = 0; i < 64; ++i) masks[i] = 0xFF;
    return masks;
  }();

  CENTO_INLINE static uint32_t rank(const RankLine& line, uint32_t bit) {
    const uint32_t end = bit + 32;
    const auto* bytes = reinterpret_cast<const uint8_t*>(&line);
    const uint8_t* masks = kMasks.data() + 64 - end / 8;
    const auto count = [&](uint32_t at) {
      return wasm_i8x16_popcnt(
          wasm_v128_and(wasm_v128_load(bytes + at), wasm_v128_load(masks + at)));
    };
    const v128_t first = wasm_v128_and(count(0), wasm_i32x4_make(0, -1, -1, -1));
    const v128_t sums =
        wasm_i8x16_add(wasm_i8x16_add(first, count(16)), wasm_i8x16_add(count(32), count(48)));
    const v128_t quads = wasm_u32x4_extadd_pairwise_u16x8(wasm_u16x8_extadd_pairwise_u8x16(sums));
    const v128_t pairs = wasm_i32x4_add(quads, wasm_i32x4_shuffle(quads, quads, 2, 3, 0, 1));
    const uint32_t last = bytes[end / 8] & ((1u << (end % 8)) - 1);
    return line.ones_before + static_cast<uint32_t>(wasm_i32x4_extract_lane(pairs, 0)) +
           static_cast<uint32_t>(wasm_i32x4_extract_lane(pairs, 1)) +
           static_cast<uint32_t>(std::popcount(last));
  }
};
#endif

}  // namespace cento
