#include "text/tokenizer.h"

#include <limits>

#include "text/pretokenizer.h"

namespace cento {
namespace {

// The best way to encode the rest of a pre-token from some byte on.
struct Step {
  uint32_t tokens;
  uint32_t length;  // bytes of the first token
  TokenId id;       // of the first token
};

// Fewest tokens, found from the back; among equals the longest first token.
void encode_by_parts(const Vocabulary& vocabulary, std::string_view text, std::vector<Step>& steps,
                     std::vector<TokenId>& tokens) {
  steps.resize(text.size() + 1);
  steps[text.size()] = {0, 0, kDocumentEnd};
  for (size_t at = text.size(); at-- > 0;) {
    Step best{std::numeric_limits<uint32_t>::max(), 0, kDocumentEnd};
    const size_t longest = std::min<size_t>(vocabulary.longest(), text.size() - at);
    ByteHash hash;
    for (size_t length = 1; length <= longest; ++length) {
      hash.add(text[at + length - 1]);
      const uint32_t count = steps[at + length].tokens + 1;
      if (count > best.tokens) continue;
      const auto id = vocabulary.find(text.substr(at, length), hash.value());
      if (id) best = {count, static_cast<uint32_t>(length), *id};
    }
    steps[at] = best;
  }
  for (size_t at = 0; at < text.size(); at += steps[at].length) tokens.push_back(steps[at].id);
}

}  // namespace

void Tokenizer::encode(std::string_view text, std::vector<TokenId>& tokens) const {
  std::vector<Step> steps;
  Pretokenizer pretokenizer(text);
  for (Pretoken pretoken; pretokenizer.next(pretoken);) {
    const std::string_view piece = text.substr(pretoken.begin, pretoken.end - pretoken.begin);
    if (const auto id = vocabulary_->find(piece)) {
      tokens.push_back(*id);
    } else {
      encode_by_parts(*vocabulary_, piece, steps, tokens);
    }
  }
}

void Tokenizer::decode(std::span<const TokenId> tokens, std::string& text) const {
  for (const TokenId token : tokens) text += vocabulary_->text(token);
}

}  // namespace cento
