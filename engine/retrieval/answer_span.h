// The few words of a sentence that answer a question: every run of at most ten words is weighed by
// counted tables of what answers look like. The recipe is in docs/algorithms.md.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "cento/status.h"
#include "retrieval/retriever.h"

namespace cento {

// Tables of the logarithms of P(feature | question key) / P(feature | any run), in 1/16 of a
// natural logarithm, with back-off from the question's key to its question word and to everything.
// Immutable.
class SpanTables {
 public:
  SpanTables() = default;  // without counts: no span is found
  static Result<SpanTables> load(ByteReader& reader);
  void save(ByteWriter& writer) const;
  bool is_counted() const;
  uint64_t memory_bytes() const;
};

struct AnswerSpan {
  uint32_t sentence = 0;
  uint32_t begin = 0;  // bytes in the sentence's text
  uint32_t end = 0;
  double score = 0;
  // Calibrated: the expected F1 of its words against the right ones, 0 to 1.
  double expected_f1 = 0;
};

// The best span of each of the best candidates, best first, at most `limit`, no two with the same
// text. `sentences` as Retriever::sentences gives them. Cost: some 60 runs a sentence.
std::vector<AnswerSpan> find_answer_spans(const Retriever& retriever, const Question& question,
                                          std::span<const RankedSentence> sentences,
                                          const SpanTables& tables, uint32_t limit);

}  // namespace cento
