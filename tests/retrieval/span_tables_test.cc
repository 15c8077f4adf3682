#include "retrieval/span_tables.h"

#include <doctest.h>

#include <map>

#include "base/random.h"

namespace cento {
namespace {

constexpr uint32_t kHashes = 1u << SpanTables::kHashBits;

SpanTables::Calibration rising() {
  SpanTables::Calibration shares;
  for (uint32_t i = 0; i < shares.size(); ++i) shares[i] = static_cast<uint8_t>(10 * i);
  return shares;
}

SpanTables random_tables(uint32_t entries, uint32_t range, Random& random,
                         std::map<uint32_t, int32_t>& known) {
  std::vector<SpanTables::Entry> list;
  for (uint32_t i = 0; i < entries; ++i) {
    const auto value = static_cast<int8_t>(static_cast<int32_t>(random.below(255)) - 127);
    list.push_back({random.below(range), value});
    known.emplace(list.back().hash, value);
  }
  return SpanTables(std::move(list), rising(), {});
}

Result<SpanTables> load(const std::vector<uint8_t>& bytes) {
  ByteReader reader{Bytes(bytes)};
  return load_new<SpanTables>(reader);
}

TEST_CASE("span tables find each entry, the first of one hash, and nothing else") {
  for (const uint32_t range : {50u, 5000u, kHashes}) {
    CAPTURE(range);
    Random random(range);
    std::map<uint32_t, int32_t> known;
    const SpanTables tables = random_tables(3000, range, random, known);
    CHECK(tables.size() == known.size());
    for (uint32_t i = 0; i < 20'000; ++i) {
      const uint32_t hash = random.below(range);
      const auto found = known.find(hash);
      CHECK(tables.find(hash, 1000) == (found == known.end() ? 1000 : found->second));
    }
    CHECK(tables.find(kHashes - 1, 1000) ==
          (known.contains(kHashes - 1) ? known[kHashes - 1] : 1000));
  }
}

TEST_CASE("span tables are the same after saving and loading") {
  for (const uint32_t entries : {0u, 1u, 700u}) {
    CAPTURE(entries);
    Random random(7 + entries);
    std::map<uint32_t, int32_t> known;
    const SpanTables tables = random_tables(entries, kHashes, random, known);
    ByteWriter writer;
    tables.save(writer);
    const Result<SpanTables> loaded = load(writer.buffer());
    REQUIRE(loaded.is_ok());
    CHECK(loaded.value().is_counted() == (entries > 0));
    for (const auto& [hash, value] : known) CHECK(loaded.value().find(hash, 1000) == value);
    CHECK(loaded.value().span_chance(3) == tables.span_chance(3));
    ByteWriter again;
    loaded.value().save(again);
    CHECK(again.buffer() == writer.buffer());
  }
}

TEST_CASE("span tables without entries know no word and no value") {
  const SpanTables none;
  CHECK_FALSE(none.is_counted());
  CHECK(none.sorts_of("who") == 0);
  CHECK(none.find(12345, -3) == -3);
}

TEST_CASE("damaged span tables are refused or read, never trusted") {
  Random random(20);
  std::map<uint32_t, int32_t> known;
  const SpanTables tables = random_tables(300, kHashes, random, known);
  ByteWriter writer;
  tables.save(writer);
  const std::vector<uint8_t> good = writer.buffer();
  for (size_t length = 0; length < good.size(); ++length) {
    CHECK_FALSE(load({good.begin(), good.begin() + static_cast<ptrdiff_t>(length)}).is_ok());
  }
  uint32_t refused = 0;
  for (uint32_t trial = 0; trial < 3000; ++trial) {
    std::vector<uint8_t> bad = good;
    for (uint32_t change = 0; change < 1 + trial % 4; ++change) {
      bad[random.below(static_cast<uint32_t>(bad.size()))] =
          static_cast<uint8_t>(random.below(256));
    }
    const Result<SpanTables> loaded = load(bad);
    if (!loaded.is_ok()) {
      ++refused;
      CHECK(loaded.status().code() == StatusCode::kIntegrity);
    } else {
      CHECK(loaded.value().size() <= SpanTables::kMostEntries);
      for (uint32_t hash = 0; hash < kHashes; hash += 4099) loaded.value().find(hash, 0);
    }
  }
  CHECK(refused > 0);
  const std::vector<uint8_t> many = {0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3};
  CHECK_FALSE(load(many).is_ok());
}

TEST_CASE("chances lie between those of the buckets' middles and never fall") {
  const SpanTables tables({}, rising(), rising());
  CHECK(tables.span_chance(-5) == 0);
  CHECK(tables.span_chance(1.5) == doctest::Approx(10 / 255.0));
  CHECK(tables.span_chance(2) == doctest::Approx(15 / 255.0));
  CHECK(tables.span_chance(1000) == doctest::Approx(230 / 255.0));
  double before = 0;
  for (double evidence = -1; evidence < 30; evidence += 0.125) {
    const double now = tables.sentence_chance(evidence);
    CHECK(now >= before);
    before = now;
  }
}

}  // namespace
}  // namespace cento
