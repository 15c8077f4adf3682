// Counts what answers look like from questions with known answers, and how often spans found with
// such counts are right on questions that were not counted.
#pragma once

#include <span>

#include "build/question_counter.h"
#include "build/span_counts.h"

namespace cento {

// `transfer` as counted from the same questions. For the trials the documents are parted in two by
// title, every other one in order of first appearance; each part is answered by the counts of the
// other. Cost: reads each answering sentence twice and answers every question once.
SpanCounts count_spans(const Retriever& retriever, const WordTransfer& transfer,
                       std::span<const AnsweredQuestion> questions);

}  // namespace cento
