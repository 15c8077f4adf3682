// The passages of a document: what retrieval finds and ranks.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "text/document.h"

namespace cento {

// What the cutting of passages needs to know of a sentence.
struct SentenceExtent {
  uint32_t end;    // byte offset in the document
  uint32_t words;  // as find_search_words cuts them
  bool opens_paragraph;
};

// Appends the numbers (in `sentences`) of those that open a passage, the first one always. A
// passage is a paragraph; neighbours of one section are put together until there are about 60
// words, and a paragraph of more than 600 words is cut into parts of about 400, at sentences. A
// heading belongs to what follows it. Linear.
void find_passages(std::span<const SentenceExtent> sentences, std::span<const Heading> headings,
                   std::vector<uint32_t>& first_sentences);

}  // namespace cento
