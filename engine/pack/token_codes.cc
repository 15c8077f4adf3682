#include "pack/token_codes.h"

#include <algorithm>
#include <string>

#include "pack/pack_format.h"

namespace cento {
namespace {

constexpr uint8_t kThreeByteLead = 255;

}  // namespace

TokenCodes::TokenCodes(std::vector<TokenId> one_byte, uint32_t vocabulary_size)
    : one_byte_(std::move(one_byte)), numbers_(vocabulary_size), is_one_byte_(vocabulary_size) {
  for (uint32_t i = 0; i < one_byte_count(); ++i) {
    is_one_byte_[one_byte_[i]] = true;
    numbers_[one_byte_[i]] = static_cast<uint16_t>(i);
  }
  for (uint32_t id = 0; id < vocabulary_size; ++id) {
    if (is_one_byte_[id]) continue;
    numbers_[id] = static_cast<uint16_t>(others_.size());
    others_.push_back(static_cast<TokenId>(id));
  }
  const uint32_t room = (256 - one_byte_count()) * 256;
  two_byte_count_ = others_.size() <= room ? room : room - 256;
}

uint32_t TokenCodes::length(TokenId token) const {
  if (is_one_byte_[token]) return 1;
  return numbers_[token] < two_byte_count_ ? 2 : 3;
}

void TokenCodes::encode(TokenId token, ByteWriter& writer) const {
  uint32_t number = numbers_[token];
  if (is_one_byte_[token]) {
    writer.put(static_cast<uint8_t>(number));
    return;
  }
  if (number < two_byte_count_) {
    writer.put(static_cast<uint8_t>(one_byte_count() + number / 256));
  } else {
    number -= two_byte_count_;
    writer.put(kThreeByteLead);
    writer.put(static_cast<uint8_t>(number / 256));
  }
  writer.put(static_cast<uint8_t>(number % 256));
}

Status TokenCodes::decode(ByteReader& reader, std::vector<TokenId>& tokens) const {
  const bool has_three_bytes = others_.size() > two_byte_count_;
  while (reader.remaining() > 0) {
    const size_t at = reader.offset();
    const auto lead = reader.take<uint8_t>();
    if (lead < one_byte_count()) {
      tokens.push_back(one_byte_[lead]);
      continue;
    }
    uint32_t number = 0;
    if (lead == kThreeByteLead && has_three_bytes) {
      number = two_byte_count_ + 256u * reader.take<uint8_t>();
    } else {
      number = 256u * (lead - one_byte_count());
    }
    number += reader.take<uint8_t>();
    CENTO_RETURN_IF_ERROR(reader.status());
    if (number >= others_.size()) return Status::integrity("This is the code of no token.", at);
    tokens.push_back(others_[number]);
  }
  return Status::ok();
}

Result<TokenCodes> read_token_codes(ByteReader& reader, uint32_t vocabulary_size) {
  const uint32_t count = reader.take<uint8_t>();
  const size_t first = reader.offset();
  std::vector<TokenId> one_byte = reader.take_array<TokenId>(count);
  CENTO_RETURN_IF_ERROR(finish_section(reader));
  std::vector<bool> seen(vocabulary_size);
  for (size_t i = 0; i < one_byte.size(); ++i) {
    const TokenId id = one_byte[i];
    if (id >= vocabulary_size || seen[id]) {
      return Status::integrity(
          "One-byte code " + std::to_string(i) + " has an id out of range or one that was used.",
          first + i * sizeof(TokenId));
    }
    seen[id] = true;
  }
  return TokenCodes(std::move(one_byte), vocabulary_size);
}

}  // namespace cento
