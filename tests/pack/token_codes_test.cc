#include "pack/token_codes.h"

#include <doctest.h>

#include <vector>

#include "base/random.h"

namespace cento {
namespace {

// `count` different ids in no order.
std::vector<TokenId> some_ids(uint32_t count, uint32_t vocabulary_size, uint64_t seed) {
  std::vector<TokenId> ids;
  for (uint32_t id = 0; id < vocabulary_size; ++id) ids.push_back(static_cast<TokenId>(id));
  Random random(seed);
  for (uint32_t i = 0; i < count; ++i) {
    std::swap(ids[i], ids[i + random.below(vocabulary_size - i)]);
  }
  ids.resize(count);
  return ids;
}

TEST_CASE("Every token of a vocabulary of any size comes back from its code") {
  for (const uint32_t vocabulary_size : {257u, 300u, 21137u, 24736u, 24737u, 65536u}) {
    for (const uint32_t one_byte : {0u, 1u, 160u, 254u, 255u}) {
      CAPTURE(vocabulary_size);
      CAPTURE(one_byte);
      const TokenCodes codes(some_ids(one_byte, vocabulary_size, 7), vocabulary_size);
      ByteWriter writer;
      std::vector<TokenId> tokens;
      uint64_t bytes = 0;
      for (uint32_t id = 0; id < vocabulary_size; ++id) {
        tokens.push_back(static_cast<TokenId>(id));
        bytes += codes.length(tokens.back());
        codes.encode(tokens.back(), writer);
      }
      CHECK(writer.size() == bytes);
      ByteReader reader(writer.buffer());
      std::vector<TokenId> decoded;
      CHECK(codes.decode(reader, decoded).is_ok());
      CHECK(decoded == tokens);
    }
  }
}

TEST_CASE("Codes have three bytes only where two are not enough for all") {
  const auto longest = [](uint32_t one_byte, uint32_t vocabulary_size) {
    const TokenCodes codes(some_ids(one_byte, vocabulary_size, 1), vocabulary_size);
    uint32_t length = 0;
    for (uint32_t id = 0; id < vocabulary_size; ++id) {
      length = std::max(length, codes.length(static_cast<TokenId>(id)));
    }
    return length;
  };
  CHECK(longest(160, 160 + 96 * 256) == 2);
  CHECK(longest(160, 160 + 96 * 256 + 1) == 3);
  CHECK(longest(255, 255 + 256) == 2);
  CHECK(longest(255, 255 + 257) == 3);
}

TEST_CASE("A code of no token and a code that is cut off are refused at their first byte") {
  const TokenCodes codes({0, 5}, 300);  // 298 others: number 297 is the last
  const auto decode = [&](const std::vector<uint8_t>& bytes) {
    ByteReader reader(bytes);
    std::vector<TokenId> tokens;
    return codes.decode(reader, tokens);
  };
  CHECK(decode({0, 1, 3, 297 - 256}).is_ok());
  const Status no_token = decode({0, 1, 3, 298 - 256});
  CHECK(no_token.code() == StatusCode::kIntegrity);
  CHECK(no_token.offset() == 2);
  const Status cut_off = decode({0, 1, 3});
  CHECK(cut_off.code() == StatusCode::kIntegrity);
  CHECK(cut_off.offset() == 3);
}

}  // namespace
}  // namespace cento
