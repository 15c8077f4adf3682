#include "build/question_tables.h"

#include "build/question_counter.h"

namespace cento {

// From models/questions-en by CMake (embed_text).
extern const std::string_view kEnglishQuestionWords;

QuestionTables built_in_question_tables(std::string_view language) {
  QuestionTables tables;
  if (language == "en" || language.starts_with("en-")) {
    Result<WordTransfer> words = read_word_table(kEnglishQuestionWords);
    if (words.is_ok()) tables.words = std::move(words).value();  // a test reads the table
  }
  return tables;
}

}  // namespace cento
