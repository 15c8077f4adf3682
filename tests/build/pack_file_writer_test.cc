#include "build/pack_file_writer.h"

#include <doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/random.h"
#include "pack/vocabulary_section.h"

namespace cento {
namespace {

void check_vocabulary_round_trip(const std::vector<std::string>& merged) {
  const auto vocabulary = Vocabulary::create(merged);
  REQUIRE(vocabulary.is_ok());
  const std::vector<uint8_t> section = write_vocabulary(vocabulary.value());
  ByteReader reader(section);
  const auto read = read_vocabulary(reader);
  CAPTURE(read.status().to_string());
  REQUIRE(read.is_ok());
  REQUIRE(read.value().size() == vocabulary.value().size());
  for (uint32_t i = 0; i < merged.size(); ++i) {
    CHECK(read.value().text(static_cast<TokenId>(kFirstMergedToken + i)) == merged[i]);
  }
}

TEST_CASE("A vocabulary comes back in whatever order its ids are") {
  check_vocabulary_round_trip({});
  check_vocabulary_round_trip({" the", "the", "  ", "\n\n", "\xC3\xA4", std::string(255, 'x')});
  constexpr uint64_t kSeed = 5;
  CAPTURE(kSeed);
  Random random(kSeed);
  std::vector<std::string> merged;
  for (int i = 0; i < 3000; ++i) {
    std::string text = random.below(2) == 0 ? " " : "";
    for (uint32_t length = 2 + random.below(9); length > 0; --length) {
      text += static_cast<char>('a' + static_cast<int>(random.below(5)));
    }
    merged.push_back(text);
  }
  std::sort(merged.begin(), merged.end());
  merged.erase(std::unique(merged.begin(), merged.end()), merged.end());
  check_vocabulary_round_trip(merged);
  for (size_t i = merged.size() - 1; i > 0; --i) {
    std::swap(merged[i], merged[random.below(static_cast<uint32_t>(i + 1))]);
  }
  check_vocabulary_round_trip(merged);
}

TEST_CASE("A prefix makes what is like it small, and only with it the text comes back") {
  std::string prefix;
  Random random(11);
  for (int i = 0; i < 20000; ++i) prefix += static_cast<char>(static_cast<uint8_t>(random.next()));
  const std::string data = prefix.substr(5000, 10000);
  const auto alone = compress_pack_file(as_bytes(data), {}, 19);
  const auto helped = compress_pack_file(as_bytes(data), as_bytes(prefix), 19);
  REQUIRE(alone.is_ok());
  REQUIRE(helped.is_ok());
  CHECK(alone.value().size() > 10000);
  CHECK(helped.value().size() < 100);
  const auto decoded = decompress_pack_file(helped.value(), as_bytes(prefix));
  REQUIRE(decoded.is_ok());
  CHECK(as_text(decoded.value()) == data);
  CHECK(decompress_pack_file(helped.value(), {}).status().code() == StatusCode::kIntegrity);
}

}  // namespace
}  // namespace cento
