// Counts the tables that questions with known answers teach.
#pragma once

#include <string>
#include <vector>

#include "cento/status.h"

namespace cento::cli {

struct CountQuestionsOptions {
  std::vector<std::string> documents;  // inputs, as for `build`
  std::string questions;               // file, see question_file.h
  std::string language = "en";         // whose stems are taken
  std::string out;                     // folder, made where there is none
};

struct CountQuestionsFigures {
  uint64_t questions = 0;
  uint64_t answered = 0;  // whose answer stands in a sentence of their document
  uint64_t words = 0;     // with a count of their own
};

// Writes out/words.tsv and out/spans.tsv. Errors: those of reading documents and questions; kIo;
// kInvalidArgument where no question is answered.
Result<CountQuestionsFigures> count_questions(const CountQuestionsOptions& options);

}  // namespace cento::cli
