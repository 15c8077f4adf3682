#include "build/question_tables.h"

#include "build/question_counter.h"
#include "build/span_counts.h"

namespace cento {

// From models/questions-en by CMake (embed_text).
extern const std::string_view kEnglishQuestionWords;
extern const std::string_view kEnglishAliases;
extern const std::string_view kEnglishAnswerSpans;

QuestionTables built_in_question_tables(std::string_view language) {
  QuestionTables tables;
  if (language == "en" || language.starts_with("en-")) {
    Result<WordTransfer> words = read_word_table(kEnglishQuestionWords);
    tables.aliases = Aliases(std::string(kEnglishAliases));
    if (words.is_ok()) tables.words = std::move(words).value();  // a test reads the tables
    const Result<SpanCounts> spans = SpanCounts::read(kEnglishAnswerSpans);
    if (spans.is_ok()) tables.spans = spans.value().tables();
  }
  return tables;
}

}  // namespace cento
