#include "build/question_tables.h"

#include "build/carried_tables.h"
#include "build/question_counter.h"
#include "build/span_counts.h"

namespace cento {

// From models/questions-* by CMake (embed_text).
extern const std::string_view kEnglishQuestionWords;
extern const std::string_view kEnglishAliases;
extern const std::string_view kEnglishAnswerSpans;
extern const std::string_view kArabicWords;
extern const std::string_view kChineseWords;
extern const std::string_view kGermanWords;
extern const std::string_view kSpanishWords;

QuestionTables built_in_question_tables(std::string_view language) {
  const std::string_view main = language.substr(0, language.find('-'));
  std::string words(kEnglishQuestionWords);
  std::string spans(kEnglishAnswerSpans);
  QuestionTables tables;
  if (main == "en") {
    tables.aliases = Aliases(std::string(kEnglishAliases));
  } else {
    const std::string_view list = main == "ar"   ? kArabicWords
                                  : main == "de" ? kGermanWords
                                  : main == "es" ? kSpanishWords
                                  : main == "zh" ? kChineseWords
                                                 : std::string_view();
    if (list.empty()) return tables;
    const CarriedTables carried(list, main);
    words = carried.word_table(words);
    spans = carried.span_table(spans);
  }
  Result<WordTransfer> read = read_word_table(words);
  if (read.is_ok()) tables.words = std::move(read).value();  // a test reads the tables
  const Result<SpanCounts> counts = SpanCounts::read(spans);
  if (counts.is_ok()) tables.spans = counts.value().tables();
  return tables;
}

}  // namespace cento
