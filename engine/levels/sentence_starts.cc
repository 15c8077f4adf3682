#include "levels/sentence_starts.h"

#include <string>

#include "text/boundaries.h"

namespace cento {

void SentenceStarts::add(uint32_t position, bool paragraph) {
  if (positions.empty() || positions.back() != position) {
    positions.push_back(position);
    opens_paragraph.push_back(false);
  }
  if (paragraph) opens_paragraph.back() = true;
}

void SentenceStarts::add_document(std::span<const TokenId> tokens, uint32_t first_token,
                                  const Vocabulary& vocabulary, std::span<const Heading> headings) {
  if (tokens.empty()) return;
  std::string text;
  for (const TokenId token : tokens) text += vocabulary.text(token);
  add(first_token, true);
  uint32_t position = first_token;
  uint64_t offset = 0;
  for (const Boundary& boundary : find_boundaries(text, headings)) {
    while (offset < boundary.at) {
      offset += vocabulary.text(tokens[position - first_token]).size();
      ++position;
    }
    if (position == first_token + tokens.size()) break;
    add(position, boundary.kind == BoundaryKind::kParagraph);
  }
}

}  // namespace cento
