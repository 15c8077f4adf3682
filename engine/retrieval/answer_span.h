// The few words of a sentence that answer a question: every run of at most ten words is weighed by
// counted tables of what answers look like. The recipe is in docs/algorithms.md.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/retriever.h"
#include "retrieval/span_tables.h"

namespace cento {

struct AnswerSpan {
  uint32_t sentence = 0;
  uint32_t begin = 0;  // bytes in the sentence's text
  uint32_t end = 0;
  double score = 0;     // in natural logarithms
  double evidence = 0;  // what the calibration goes by, in its buckets
  // Calibrated: the expected F1 of its words against the right ones, 0 to 1.
  double expected_f1 = 0;
};

// A span is worth highlighting from here on: then it is right (F1 ≥ 0.5) 8 times in 10 and more.
inline constexpr double kHighlightF1 = 0.65;

// The best span of each of the best candidates, best first, at most `limit`, no two with the same
// text; spans never cut a unit. `sentences` as Retriever::sentences gives them. None without
// counts. Cost: some 60 runs a sentence.
std::vector<AnswerSpan> find_answer_spans(const Retriever& retriever, const Question& question,
                                          std::span<const RankedSentence> sentences,
                                          const SpanTables& tables, uint32_t limit);

// The chance that the best of `sentences` answers the question, from how well the best passage
// matches, how far it is ahead of the second, and how much of the question the sentence has.
// Calibrated where the tables are counted. 0 without sentences. In [0, 1], growing with each of the
// three.
double sentence_confidence(const Retriever& retriever, const Question& question,
                           std::span<const RankedPassage> passages,
                           std::span<const RankedSentence> sentences, const SpanTables& tables);
// What the calibration goes by, in its buckets.
double sentence_evidence(const Retriever& retriever, const Question& question,
                         std::span<const RankedPassage> passages,
                         std::span<const RankedSentence> sentences);

// The words of a sentence as span features see them.
std::vector<SpanWord> read_span_words(const Retriever& retriever, std::string_view sentence,
                                      const SpanQuestion& question, const SpanTables& tables);

}  // namespace cento
