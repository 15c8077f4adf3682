// Fields: what a document says under a heading or behind a label ("Area" › "total: 580,367 sq
// km"). A question that names a document is first held against these: its other words must be
// those of a heading or label, or mean them.
#pragma once

#include <cstdint>
#include <optional>

#include "retrieval/retriever.h"

namespace cento {

struct FoundField {
  uint32_t heading = 0;   // the sentence that is the heading
  uint32_t sentence = 0;  // the line under it that answers best
  uint32_t end = 0;       // one past the last line under it
  double score = 0;       // share of the question's other words that it is about, 0 to 1
};

// The best field of a document; none where it has no headings, or the question has no words but
// those of the document's name. Cost: reads the document's headings and the lines under the best.
std::optional<FoundField> find_field(const Retriever& retriever, const Question& question,
                                     DocId document);

}  // namespace cento
