// Questions with known answers, one a line.
#pragma once

#include <string>
#include <vector>

#include "build/question_counter.h"
#include "cento/status.h"

namespace cento::cli {

// JSON Lines of {"question", "answers": [...], "documentId"}; other members are left alone. Answers
// and document may be missing where `needs_answers` is not set. Errors: kNotFound, kIo,
// kInvalidArgument (names the line).
Result<std::vector<AskedQuestion>> read_questions(const std::string& path, bool needs_answers);

}  // namespace cento::cli
