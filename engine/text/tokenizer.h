// Text to token ids and back, without loss.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/vocabulary.h"

namespace cento {

// Encodes each pre-token as the fewest tokens of the vocabulary (among equals, the one whose first
// token is longest, and so on), bytes that no token covers as byte tokens. A pure function of the
// pre-token, so equal words get equal tokens wherever they stand.
// Lifetime: the vocabulary must outlive the tokenizer. Threads: const methods may run at once.
class Tokenizer {
 public:
  explicit Tokenizer(const Vocabulary& vocabulary) : vocabulary_(&vocabulary) {}

  // Appends the tokens of `text`; never produces kDocumentEnd.
  // Cost: linear in the text for words that are tokens, quadratic in the length of a longer word.
  void encode(std::string_view text, std::vector<TokenId>& tokens) const;
  // Appends the bytes of `tokens`. decode(encode(x)) == x for any bytes x.
  void decode(std::span<const TokenId> tokens, std::string& text) const;

 private:
  const Vocabulary* vocabulary_;
};

}  // namespace cento
