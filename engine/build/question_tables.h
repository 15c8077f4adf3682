// What is counted from questions with known answers, as it goes into a pack and as it lies in a
// folder of readable tables.
#pragma once

#include <string_view>

#include "cento/status.h"
#include "retrieval/aliases.h"
#include "retrieval/span_tables.h"
#include "retrieval/word_transfer.h"

namespace cento {

struct QuestionTables {
  Aliases aliases;     // aliases.txt: what people ask in other words than documents answer in
  WordTransfer words;  // words.tsv: how often a question's word stands in the answering sentence
  SpanTables spans;    // spans.tsv: what answers look like in their sentences
};

// The tables that come with the tool for a language (BCP 47); without counts for any but English.
// Their source is models/questions-en.
QuestionTables built_in_question_tables(std::string_view language);

}  // namespace cento
