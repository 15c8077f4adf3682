// Tokens that an update appends to a vocabulary whose ids must stay.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cento/status.h"
#include "levels/class_level.h"
#include "text/vocabulary.h"

namespace cento {

// A document that stays: its text and how it is spelled.
struct SpelledText {
  std::string_view text;
  std::span<const TokenId> tokens;
};

// Words of `added` that stand there four times, have no token of their own in `base` and change
// nothing in how the documents of `kept` are spelled, for a shard that stays must go on saying the
// same. At most `most`, those that save most tokens. Deterministic. Cost: a few passes over all.
std::vector<std::string> appended_tokens(const Vocabulary& base,
                                         std::span<const std::string_view> added,
                                         std::span<const SpelledText> kept, uint32_t most);

// `base` with the strings behind its own ids.
Result<Vocabulary> append(const Vocabulary& base, std::span<const std::string> strings);

// The classes of tokens [class_of.size(), vocabulary_size), appended to `class_of`: that which
// stands most often in `stream` between the classes that the token stands between in `added`, the
// most frequent class where that says nothing. Classes themselves stay as they are. Cost: linear.
void append_classes(std::span<const TokenId> stream, std::span<const std::vector<TokenId>> added,
                    uint32_t vocabulary_size, std::vector<uint8_t>& class_of);

}  // namespace cento
