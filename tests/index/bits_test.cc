// Bit vectors and packed integers.

#include <doctest.h>

#include "base/random.h"
#include "index/bit_vector.h"
#include "index/packed_ints.h"

namespace cento {
namespace {

std::vector<bool> random_bits(uint64_t seed, uint32_t size, uint32_t percent) {
  Random random(seed);
  std::vector<bool> bits(size);
  for (uint32_t i = 0; i < size; ++i) bits[i] = random.below(100) < percent;
  return bits;
}

RankBitVector bit_vector_of(const std::vector<bool>& bits) {
  RankBitVectorBuilder builder(static_cast<uint32_t>(bits.size()));
  for (const bool bit : bits) builder.push(bit);
  return std::move(builder).finish();
}

void check_same(const RankBitVector& vector, const std::vector<bool>& bits) {
  REQUIRE(vector.size() == bits.size());
  uint32_t ones = 0;
  for (uint32_t i = 0; i < bits.size(); ++i) {
    REQUIRE(vector.rank1(i) == ones);
    REQUIRE(vector.rank1_inlined(i) == ones);
    REQUIRE(vector.get(i) == bits[i]);
    ones += bits[i] ? 1 : 0;
  }
  REQUIRE(vector.rank1(vector.size()) == ones);
  REQUIRE(vector.ones() == ones);
  uint32_t seen[] = {0, 0};
  for (uint32_t i = 0; i < bits.size(); ++i) {
    REQUIRE(vector.select(bits[i], seen[bits[i] ? 1 : 0]++) == i);
  }
}

TEST_CASE("a bit vector gives its bits and counts them at every size and density") {
  for (const uint32_t size :
       {0u, 1u, 31u, 32u, 33u, 127u, 128u, 129u, 447u, 448u, 449u, 895u, 896u, 5000u}) {
    for (const uint32_t percent : {0u, 3u, 50u, 97u, 100u}) {
      CAPTURE(size);
      CAPTURE(percent);
      const std::vector<bool> bits = random_bits(size + percent, size, percent);
      const RankBitVector vector = bit_vector_of(bits);
      check_same(vector, bits);

      ByteWriter writer;
      vector.save(writer);
      CHECK(writer.size() == (size + 31) / 32 * 4);
      ByteReader reader(writer.buffer());
      const auto loaded = load_new<RankBitVector>(reader, size);
      REQUIRE(loaded.is_ok());
      check_same(loaded.value(), bits);
      CHECK(loaded.value().memory_bytes() == vector.memory_bytes());
    }
  }
}

TEST_CASE("words and single bits make the same bit vector") {
  RankBitVectorBuilder builder(70);
  builder.push_word(0x80000001);
  for (int i = 0; i < 32; ++i) builder.push(i % 3 == 0);
  builder.push_word(0x3F);
  const RankBitVector vector = std::move(builder).finish();
  CHECK(vector.ones() == 2 + 11 + 6);
  CHECK(vector.rank1(32) == 2);
  CHECK(vector.rank1(64) == 13);
}

TEST_CASE("an image with bits behind the end is refused") {
  const std::vector<uint8_t> image = {0xFF, 0x03, 0, 0};
  ByteReader fits(image);
  CHECK(load_new<RankBitVector>(fits, 10).is_ok());
  ByteReader reader(image);
  CHECK(load_new<RankBitVector>(reader, 9).status().code() == StatusCode::kIntegrity);
  ByteReader short_reader(image);
  CHECK(load_new<RankBitVector>(short_reader, 33).status().code() == StatusCode::kIntegrity);
}

TEST_CASE("packed integers of every width come back") {
  for (uint32_t width = 0; width <= 32; ++width) {
    CAPTURE(width);
    const uint64_t mask = (uint64_t{1} << width) - 1;
    for (const uint32_t size : {0u, 1u, 2u, 63u, 64u, 200u}) {
      Random random(width * 1000 + size);
      std::vector<uint32_t> values(size);
      PackedInts packed(size, width);
      for (int round = 0; round < 2; ++round) {  // the second one overwrites
        for (uint32_t i = 0; i < size; ++i) {
          values[i] = static_cast<uint32_t>(random.next() & mask);
          packed.set(i, values[i]);
        }
      }
      ByteWriter writer;
      packed.save(writer);
      ByteReader reader(writer.buffer());
      const auto loaded = load_new<PackedInts>(reader, size, width);
      REQUIRE(loaded.is_ok());
      CHECK(reader.remaining() == 0);
      for (uint32_t i = 0; i < size; ++i) {
        REQUIRE(packed.get(i) == values[i]);
        REQUIRE(loaded.value().get(i) == values[i]);
      }
    }
  }
  CHECK(PackedInts::width_for(0) == 0);
  CHECK(PackedInts::width_for(1) == 1);
  CHECK(PackedInts::width_for(255) == 8);
  CHECK(PackedInts::width_for(256) == 9);
  CHECK(PackedInts::width_for(~uint32_t{0}) == 32);
}

}  // namespace
}  // namespace cento
