#include "index/sparse_bit_vector.h"

#include <doctest.h>

#include "base/random.h"

namespace cento {
namespace {

std::vector<uint32_t> random_places(uint64_t seed, uint32_t size, uint32_t one_in) {
  Random random(seed);
  std::vector<uint32_t> places;
  for (uint32_t i = 0; i < size; ++i) {
    if (random.below(one_in) == 0) places.push_back(i);
  }
  return places;
}

void check_same(const SparseBitVector& vector, const std::vector<uint32_t>& places, uint32_t size) {
  REQUIRE(vector.size() == size);
  REQUIRE(vector.ones() == places.size());
  uint32_t ones = 0;
  for (uint32_t i = 0; i < size; ++i) {
    REQUIRE(vector.rank1(i) == ones);
    const bool is_one = ones < places.size() && places[ones] == i;
    REQUIRE(vector.get(i) == is_one);
    if (!is_one) continue;
    REQUIRE(vector.select1(ones) == i);
    ++ones;
  }
  REQUIRE(vector.rank1(size) == ones);
}

// Forwards in steps of all lengths, by place and by number.
void check_walks(const SparseBitVector& vector, const std::vector<uint32_t>& places,
                 uint32_t seed) {
  Random random(seed);
  SparseBitVector::Walk walk(vector);
  for (uint32_t k = 0; k < places.size(); k += 1 + random.below(1 + random.below(40))) {
    const uint32_t behind = k + 1 < places.size() ? places[k + 1] : vector.size();
    if (random.below(2) == 0) {
      walk.seek(places[k] + random.below(behind - places[k]));
    } else {
      walk.seek_number(k);
    }
    REQUIRE(walk.number() == k);
    REQUIRE(walk.place() == places[k]);
    REQUIRE(walk.next_place() == behind);
  }
}

void check_with_image(const std::vector<uint32_t>& places, uint32_t size) {
  const SparseBitVector vector(places, size);
  check_same(vector, places, size);
  ByteWriter writer;
  vector.save(writer);
  ByteReader reader(writer.buffer());
  const auto loaded = load_new<SparseBitVector>(reader, size);
  REQUIRE(loaded.is_ok());
  CHECK(reader.remaining() == 0);
  CHECK(loaded.value().memory_bytes() == vector.memory_bytes());
  check_same(loaded.value(), places, size);
  for (uint32_t seed = 1; seed <= 3; ++seed) check_walks(vector, places, seed);
}

TEST_CASE("a sparse bit vector agrees with the places it was made from, at every density") {
  for (const uint32_t size : {0u, 1u, 2u, 63u, 64u, 65u, 1000u, 20000u}) {
    for (const uint32_t one_in : {1u, 2u, 3u, 14u, 100u, 3000u, 1000000u}) {
      CAPTURE(size);
      CAPTURE(one_in);
      check_with_image(random_places(size + one_in, size, one_in), size);
    }
  }
}

TEST_CASE("ones that stand close together, at the front or at the end, are found") {
  std::vector<uint32_t> run;
  for (uint32_t i = 7000; i < 9000; ++i) run.push_back(i);
  check_with_image(run, 30000);
  check_with_image(run, 9000);
  check_with_image({0}, 30000);
  check_with_image({29999}, 30000);
  check_with_image({0, 1, 29998, 29999}, 30000);
}

TEST_CASE("few ones take little memory") {
  const uint32_t size = 1 << 20;
  const std::vector<uint32_t> places = random_places(5, size, 32);
  CHECK(SparseBitVector(places, size).memory_bytes() * 8 < places.size() * 8);  // 8 bits a one
}

TEST_CASE("an image that is cut or flipped is refused or gives places inside its size") {
  const uint32_t size = 3000;
  ByteWriter writer;
  SparseBitVector(random_places(6, size, 10), size).save(writer);
  const std::vector<uint8_t> image = writer.take();
  for (size_t length = 0; length < image.size(); ++length) {
    ByteReader reader(Bytes(image).first(length));
    REQUIRE(load_new<SparseBitVector>(reader, size).status().code() == StatusCode::kIntegrity);
  }
  uint32_t refused = 0;
  uint32_t accepted = 0;
  for (size_t bit = 0; bit < image.size() * 8; ++bit) {
    std::vector<uint8_t> damaged = image;
    damaged[bit / 8] ^= static_cast<uint8_t>(1u << (bit % 8));
    ByteReader reader(damaged);
    const auto loaded = load_new<SparseBitVector>(reader, size);
    if (!loaded.is_ok()) {
      ++refused;
      continue;
    }
    ++accepted;
    std::vector<uint32_t> places;
    for (uint32_t k = 0; k < loaded.value().ones(); ++k) {
      places.push_back(loaded.value().select1(k));
    }
    CAPTURE(bit);
    if (accepted % 50 == 0) check_same(loaded.value(), places, size);
    REQUIRE((places.empty() || places.back() < size));
  }
  CHECK(refused > 0);
  CHECK(accepted > 0);
}

}  // namespace
}  // namespace cento
