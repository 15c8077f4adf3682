#include "build/carried_tables.h"

#include <doctest.h>

#include "build/question_counter.h"
#include "build/question_tables.h"
#include "build/span_counts.h"

namespace cento {
namespace {

constexpr std::string_view kSpans =
    "feature\tkey\tvalue\tright\tany\n"
    "word\t\twho\t5\t0\n"
    "word\t\tthe\t3\t0\n"
    "questions\t\t\t20\t900\n"
    "questions\thow\t\t9\t0\n"
    "questions\thow many\t\t8\t0\n"
    "questions\thow > year\t\t6\t0\n"
    "questions\twho\t\t7\t0\n"
    "shape\t\tlCl\t4\t50\n"
    "shape\twho\tC\t3\t0\n"
    "left\t\tthe C\t5\t60\n"
    "left\t\tan C\t2\t30\n"
    "left\t\tbecause C\t2\t30\n"
    "span-trials\t\t03\t200\t4\n";

bool has_line(const std::string& text, std::string_view line) {
  return ("\n" + text).find("\n" + std::string(line) + "\n") != std::string::npos;
}

TEST_CASE("Rows are carried over, summed where two words become one, and left out without a word") {
  const CarriedTables german(
      "l=l, C\nwho=wer, wen\nhow=wie\nhow many=wie viele, wieviele\n"
      "year=Jahre\nthe=der\nan=der\n",
      "de");
  const std::string spans = german.span_table(kSpans);
  CHECK(has_line(spans, "word\t\twer\t5\t0"));
  CHECK(has_line(spans, "word\t\twen\t5\t0"));
  CHECK(has_line(spans, "questions\twie\t\t9\t0"));
  CHECK(has_line(spans, "questions\twie viele\t\t8\t0"));
  CHECK(has_line(spans, "questions\twieviele\t\t8\t0"));
  CHECK(has_line(spans, "questions\twie > jahr\t\t6\t0"));
  CHECK(has_line(spans, "left\t\tder C\t7\t90"));
  CHECK(spans.find("because") == spans.npos);
  CHECK(has_line(spans, "shape\t\tlCl\t4\t50"));
  CHECK(has_line(spans, "shape\t\tC\t4\t50"));
  CHECK(has_line(spans, "shape\twen\tC\t3\t0"));
  CHECK(has_line(spans, "span-trials\t\t03\t200\t4"));
  CHECK(SpanCounts::read(spans).is_ok());
}

TEST_CASE(
    "An asking word of two characters is a key with its neighbour, and nothing is highlighted") {
  const CarriedTables chinese("who=谁\nhow=如何\n", "zh");
  const std::string spans = chinese.span_table(kSpans);
  CHECK(has_line(spans, "questions\t如\t\t9\t0"));
  CHECK(has_line(spans, "questions\t如 何\t\t9\t0"));
  CHECK(spans.find("span-trials") == spans.npos);
}

TEST_CASE("Every language that the tool knows gets tables that can be read") {
  struct Sample {
    const char* language;
    const char* asking;
    const char* content;
  };
  for (const Sample& sample : {Sample{"de", "wer", "berg"}, Sample{"es", "quien", "monte"},
                               Sample{"zh", "谁", "山"}, Sample{"ar", "متي", "جبل"}}) {
    CAPTURE(sample.language);
    const QuestionTables tables = built_in_question_tables(sample.language);
    CHECK(tables.words.is_counted());
    CHECK(tables.words.is_question_word(sample.asking));
    CHECK_FALSE(tables.words.is_question_word(sample.content));
    CHECK((tables.spans.sorts_of(sample.asking) & kAskingWord) != 0);
    CHECK(tables.spans.sorts_of(sample.content) == 0);
  }
}

}  // namespace
}  // namespace cento
