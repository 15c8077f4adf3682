#include "pack/zstd_frame.h"

#include <doctest.h>
#include <zstd.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/random.h"
#include "build/pack_file_writer.h"

namespace cento {
namespace {

using Buffer = std::vector<uint8_t>;

// Texts that take different ways through the format: noise, few symbols, skewed ones, repetitions
// near and far, and mixtures of all.
Buffer make_text(Random& random, size_t size, uint64_t kind) {
  Buffer text;
  while (text.size() < size) {
    const uint64_t way = kind < 5 ? kind : random.below(5);
    const size_t length = 1 + random.below(kind < 5 ? 400 : 3000);
    if (way == 0) {
      for (size_t i = 0; i < length; ++i) text.push_back(static_cast<uint8_t>(random.below(256)));
    } else if (way == 1) {
      text.insert(text.end(), length, static_cast<uint8_t>(random.below(3)));
    } else if (way == 2) {
      for (size_t i = 0; i < length; ++i) {
        const uint32_t below = 1 + random.below(1 + random.below(1 + random.below(120)));
        text.push_back(static_cast<uint8_t>('!' + random.below(below)));
      }
    } else if (way == 3) {
      for (size_t i = 0; i < length; ++i) {
        text.push_back(static_cast<uint8_t>(i % (1 + random.below(4)) + 'a'));
      }
    } else if (!text.empty()) {
      const size_t from = random.below(static_cast<uint32_t>(text.size()));
      for (size_t i = 0; i < length; ++i) text.push_back(text[from + i]);
    } else {
      text.push_back('x');
    }
  }
  text.resize(size);
  return text;
}

Buffer decompressed(const Buffer& file, const Buffer& prefix) {
  const Result<ZstdFrame> frame = read_zstd_frame(file);
  CAPTURE(frame.status().to_string());
  REQUIRE(frame.is_ok());
  Buffer data(static_cast<size_t>(frame.value().content_size));
  REQUIRE(decompress_zstd_frame(file, frame.value(), prefix, data));
  return data;
}

TEST_CASE("What zstd compresses, at any level and behind any prefix, comes back") {
  for (uint64_t seed = 1; seed <= 150; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const size_t size = random.below(4) == 0 ? random.below(700'000) : random.below(3000);
    const Buffer text = make_text(random, size, seed % 7);
    Buffer prefix;
    if (random.below(2) == 0) {
      prefix = make_text(random, random.below(5000), 4 + seed % 2);
      const size_t count = random.below(static_cast<uint32_t>(text.size() + 1));
      prefix.insert(prefix.end(), text.begin(), text.begin() + static_cast<std::ptrdiff_t>(count));
    }
    const int level = 1 + static_cast<int>(random.below(22));
    const auto file = compress_pack_file(text, prefix, level);
    REQUIRE(file.is_ok());
    CHECK(decompressed(file.value(), prefix) == text);
  }
}

TEST_CASE("Damaged frames are refused or hold something else, and nothing outside is touched") {
  for (uint64_t seed = 1; seed <= 6; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const Buffer text = make_text(random, 2000 + random.below(2000), 5);
    const Buffer prefix = make_text(random, 500, 5);
    const Buffer good = compress_pack_file(text, prefix, 19).value();
    for (int i = 0; i < 1500; ++i) {
      Buffer bad = good;
      for (uint64_t flips = 1 + random.below(3); flips > 0; --flips) {
        bad[random.below(static_cast<uint32_t>(bad.size()))] ^=
            static_cast<uint8_t>(1u << random.below(8));
      }
      if (random.below(8) == 0) bad.resize(random.below(static_cast<uint32_t>(bad.size())));
      const Result<ZstdFrame> frame = read_zstd_frame(bad);
      if (!frame.is_ok()) {
        CHECK(frame.status().code() == StatusCode::kIntegrity);
        continue;
      }
      if (frame.value().content_size > 1u << 20) continue;
      Buffer data(static_cast<size_t>(frame.value().content_size));
      const bool is_whole = decompress_zstd_frame(bad, frame.value(), prefix, data);
      // A first byte that is cut off, or a size that differs, cannot go unseen.
      if (data.size() != text.size()) CHECK_FALSE(is_whole);
    }
  }
}

TEST_CASE("stored files are frames that zstd reads, too") {
  Random random(23);
  for (const size_t size : {size_t{0}, size_t{1}, size_t{1000}, size_t{1} << 17,
                            (size_t{1} << 17) + 1, size_t{400'000}}) {
    const Buffer text = make_text(random, size, 5);
    const Buffer file = store_pack_file(text);
    Buffer read(text.size());
    CHECK(ZSTD_decompress(read.data(), read.size(), file.data(), file.size()) == text.size());
    CHECK(read == text);
    const auto ours = decompress_pack_file(file, {});
    REQUIRE(ours.is_ok());
    CHECK(ours.value() == text);
  }
}

}  // namespace
}  // namespace cento
