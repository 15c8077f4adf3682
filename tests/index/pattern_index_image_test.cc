// Storing an index, and what becomes of damaged images.

#include <doctest.h>

#include "index/context_state.h"
#include "naive.h"

namespace cento {
namespace {

std::vector<uint8_t> image_of(const PatternIndex& index) {
  ByteWriter writer;
  index.save(writer);
  return writer.take();
}

Result<PatternIndex> load(const std::vector<uint8_t>& image) {
  ByteReader reader(image);
  return load_new<PatternIndex>(reader);
}

// Asks everything. With a damaged index the answers may be wrong, but must lie in bounds.
void exercise(const PatternIndex& index) {
  const uint32_t size = index.size();
  std::vector<RowRange> ranges = {index.all()};
  for (uint32_t symbol = 0; symbol < index.alphabet(); ++symbol) {
    ranges.push_back(index.extend(index.all(), static_cast<Symbol>(symbol)));
  }
  for (uint32_t i = 1; i < 200 && i < ranges.size(); ++i) {
    ranges.push_back(index.extend(ranges[i], static_cast<Symbol>(i % index.alphabet())));
  }
  std::vector<Follower> top;
  for (size_t i = 0; i < ranges.size(); ++i) {
    const RowRange range = ranges[i];
    REQUIRE(range.end <= size + 1);
    index.followers(range, 5, top);
    uint32_t total = 0;
    for (const Follower& follower : top) {
      REQUIRE(follower.symbol < index.alphabet());
      total += follower.count;
    }
    REQUIRE(total <= range.count());
    const uint32_t length = i == 0 ? 0 : i <= index.alphabet() ? 1 : 2;
    REQUIRE(index.distinct_followers(range, 3) <= range.count());
    REQUIRE(index.distinct_followers(range, length, 10) <= 10);
    if (!index.has_continuation_counts()) continue;
    if (length == 1) static_cast<void>(index.continuation_total(range));
    if (length == 2) static_cast<void>(index.continuation_count(range));
  }
  if (index.has_continuation_counts()) {
    static_cast<void>(index.continuation_total());
    for (uint32_t symbol = 0; symbol < index.alphabet(); ++symbol) {
      static_cast<void>(index.continuation_count(static_cast<Symbol>(symbol)));
    }
  }
  std::vector<Symbol> text;
  for (uint32_t i = 0; index.has_positions() && i <= size; ++i) {
    REQUIRE(index.locate(i) <= size);
    REQUIRE(index.row_of(i) <= size);
    text.clear();
    index.extract(i, 10, text);
    REQUIRE(text.size() <= 10);
  }
  ContextState state(index);
  state.append(text);
}

TEST_CASE("an index comes back from its image unchanged") {
  for (const naive::Stream& stream : naive::streams()) {
    CAPTURE(stream.name);
    for (const bool whole : {true, false}) {
      const auto built = PatternIndex::build(stream.symbols, stream.alphabet,
                                             {.continuation_counts = whole, .positions = whole});
      REQUIRE(built.is_ok());
      std::vector<uint8_t> image = image_of(built.value());
      const size_t image_size = image.size();
      image.push_back(0xAB);  // belongs to somebody else
      ByteReader reader(image);
      const auto loaded = load_new<PatternIndex>(reader);
      REQUIRE(loaded.is_ok());
      CHECK(reader.offset() == image_size);
      image.pop_back();
      CHECK(image_of(loaded.value()) == image);
      CHECK(loaded.value().memory_bytes() == built.value().memory_bytes());
      CHECK(loaded.value().has_positions() == whole);
      if (!whole) continue;
      CHECK(loaded.value().continuation_total() == built.value().continuation_total());
      std::vector<Symbol> text;
      loaded.value().extract(0, loaded.value().size(), text);
      CHECK(text == stream.symbols);
    }
  }
}

TEST_CASE("an image that is cut at any byte is refused") {
  const auto index = PatternIndex::build(naive::zipf_symbols(20, 300, 20), 20, {});
  REQUIRE(index.is_ok());
  const std::vector<uint8_t> image = image_of(index.value());
  for (size_t size = 0; size < image.size(); ++size) {
    CAPTURE(size);
    const auto loaded = load({image.begin(), image.begin() + size});
    REQUIRE(loaded.status().code() == StatusCode::kIntegrity);
    REQUIRE(loaded.status().has_offset());
  }
}

TEST_CASE("an image with flipped bits is refused or can still be queried") {
  uint32_t refused = 0;
  uint32_t accepted = 0;
  for (const uint32_t alphabet : {1u, 3u, 60u}) {
    const auto index = PatternIndex::build(naive::zipf_symbols(21, 400, alphabet), alphabet, {});
    REQUIRE(index.is_ok());
    const std::vector<uint8_t> image = image_of(index.value());
    for (uint64_t seed = 1; seed <= 1500; ++seed) {
      CAPTURE(alphabet);
      CAPTURE(seed);
      Random random(seed);
      std::vector<uint8_t> damaged = image;
      for (uint32_t flips = 1 + random.below(4); flips > 0; --flips) {
        damaged[random.below(static_cast<uint32_t>(image.size()))] ^=
            static_cast<uint8_t>(1u << random.below(8));
      }
      const auto loaded = load(damaged);
      if (loaded.is_ok()) {
        ++accepted;
        exercise(loaded.value());
      } else {
        ++refused;
        const StatusCode code = loaded.status().code();
        REQUIRE((code == StatusCode::kIntegrity || code == StatusCode::kVersionMismatch));
      }
    }
  }
  CHECK(refused > 0);
  CHECK(accepted > 0);
}

TEST_CASE("every single flipped bit of a small image is survived") {
  const auto index = PatternIndex::build(std::vector<Symbol>{0, 1, 0, 2, 1, 0, 1}, 3, {});
  REQUIRE(index.is_ok());
  const std::vector<uint8_t> image = image_of(index.value());
  for (size_t bit = 0; bit < image.size() * 8; ++bit) {
    CAPTURE(bit);
    std::vector<uint8_t> damaged = image;
    damaged[bit / 8] ^= static_cast<uint8_t>(1u << (bit % 8));
    const auto loaded = load(damaged);
    if (loaded.is_ok()) exercise(loaded.value());
  }
}

TEST_CASE("another version is told apart from damage") {
  const auto index = PatternIndex::build(std::vector<Symbol>{1, 2}, 3, {});
  REQUIRE(index.is_ok());
  std::vector<uint8_t> image = image_of(index.value());
  image[4] = 1;
  CHECK(load(image).status().code() == StatusCode::kVersionMismatch);
  image[4] = 2;
  CHECK(load(image).is_ok());
  image[0] = 'X';
  CHECK(load(image).status().code() == StatusCode::kIntegrity);
}

TEST_CASE("a size that the image cannot hold allocates nothing") {
  const auto index = PatternIndex::build(std::vector<Symbol>{0, 0, 1}, 2, {});
  REQUIRE(index.is_ok());
  std::vector<uint8_t> image = image_of(index.value());
  // Size at byte 8, counts from byte 36 on (after the alphabet): two symbols, 2^31 - 3 in all.
  const auto put = [&](size_t at, uint32_t value) { std::memcpy(&image[at], &value, 4); };
  put(8, 0x7FFFFFFD);
  put(36, 0x7FFFFFFC);
  CHECK(load(image).status().code() == StatusCode::kIntegrity);
}

}  // namespace
}  // namespace cento
