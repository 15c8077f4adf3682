// Where sentences and paragraphs end: a pure function of the text (and so of its tokens).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "text/document.h"

namespace cento {

enum class BoundaryKind : uint8_t {
  kSentence,   // full stop, question or exclamation mark (CJK, Arabic, Devanagari … marks too)
  kParagraph,  // an empty line, a list item, or a line that ends a heading, a field or a code block
};

struct Boundary {
  uint32_t at;  // byte offset: the sentence before ends here, the next begins here, at its first
                // pre-token (leading space or line break included)
  BoundaryKind kind;
};

// The boundaries of a document's text, ascending, each at the edge of a pre-token; the end of the
// text is always one (when the text is not empty). Abbreviations ("U.S.", "e.g.", "Mr."), initials,
// decimal points, dotted names ("os.path") and ellipses inside a sentence do not end it. A line
// break alone ends a sentence only where the next line is not its continuation (a heading, a field,
// a list item, code). `headings` are boundaries on both sides. Cost: linear.
std::vector<Boundary> find_boundaries(std::string_view text,
                                      std::span<const Heading> headings = {});

}  // namespace cento
