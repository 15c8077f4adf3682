// Where the sentences of a token stream begin.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "text/document.h"
#include "text/vocabulary.h"

namespace cento {

// Tokens at which sentences begin, and which of them begin paragraphs, headings, fields or list
// items too.
struct SentenceStarts {
  std::vector<uint32_t> positions;  // in the stream, ascending
  std::vector<bool> opens_paragraph;

  // Adds those of one document, whose first token is at `first_token`. Cost: linear.
  // REQUIRES: documents are added in stream order.
  void add_document(std::span<const TokenId> tokens, uint32_t first_token,
                    const Vocabulary& vocabulary, std::span<const Heading> headings);

 private:
  void add(uint32_t position, bool paragraph);
};

}  // namespace cento
