// What kind of answer a question asks for.
#pragma once

#include <cstdint>
#include <string_view>

#include "retrieval/question.h"

namespace cento {

enum class QuestionKind : uint8_t {
  kFact,        // who, when, how many, …; and whatever is nothing else
  kYesNo,       // opens with "is", "does", …
  kDefinition,  // "what is a generator?", "who was Ada Lovelace?"
  kHowTo,       // "how do I …?", "how to …"
  kList,        // "which countries …?", "what are the …?", "list …"
  kComparison,  // "what is the difference between …?"
};

// By the words that it opens with (English, German, Spanish); languages without rules have facts
// only. Linear in the question.
QuestionKind kind_of(const Question& question);

}  // namespace cento
