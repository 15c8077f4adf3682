// How the token stream is spelled in bytes: frequent tokens in one byte, most in two, the rest in
// three, so that zstd finds long matches and little is left for it to code.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "cento/status.h"
#include "text/vocabulary.h"

namespace cento {

// With n one-byte tokens, the byte b < n is the token one_byte[b]. The other tokens are numbered
// from 0 in order of their ids. Number r is the bytes (n + r / 256, r % 256) where that fits in two
// bytes. Where there are more tokens than that can spell, the byte 255 begins codes of three bytes:
// number r from the first that does not fit is (255, r' / 256, r' % 256), r' counted from there.
// Memory: 4 bytes a token of the vocabulary. Threads: const methods may run at once.
class TokenCodes {
 public:
  static constexpr uint32_t kMaxOneByteTokens = 255;

  // REQUIRES: ids of `one_byte` are different and below `vocabulary_size`; at most
  // kMaxOneByteTokens.
  TokenCodes(std::vector<TokenId> one_byte, uint32_t vocabulary_size);

  std::span<const TokenId> one_byte_tokens() const { return one_byte_; }

  // Bytes of a token's code: 1 to 3.
  uint32_t length(TokenId token) const;
  void encode(TokenId token, ByteWriter& writer) const;

  // Reads codes to the end of the reader, which must stand at the beginning of one, and appends
  // their tokens. Errors: kIntegrity for a code of no token or one that is cut off.
  Status decode(ByteReader& reader, std::vector<TokenId>& tokens) const;

  uint64_t memory_bytes() const {
    return (one_byte_.capacity() + others_.capacity() + numbers_.capacity()) * sizeof(TokenId) +
           is_one_byte_.capacity() / 8;
  }

 private:
  uint32_t one_byte_count() const { return static_cast<uint32_t>(one_byte_.size()); }

  std::vector<TokenId> one_byte_;
  std::vector<TokenId> others_;    // by number
  std::vector<uint16_t> numbers_;  // by id: index into one_byte_ or others_
  std::vector<bool> is_one_byte_;  // by id
  uint32_t two_byte_count_ = 0;    // numbers below are spelled in two bytes
};

// Section CODE. Errors: kIntegrity.
Result<TokenCodes> read_token_codes(ByteReader& reader, uint32_t vocabulary_size);

}  // namespace cento
