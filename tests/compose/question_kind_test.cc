#include "compose/question_kind.h"

#include <doctest.h>

#include <string>
#include <string_view>

namespace cento {
namespace {

QuestionKind kind(std::string_view text) {
  Question question;
  size_t at = 0;
  while (at < text.size()) {
    const size_t end = std::min(text.find(' ', at), text.size());
    QuestionWord word;
    word.folded = text.substr(at, end - at);
    question.words.push_back(word);
    at = end + 1;
  }
  return kind_of(question);
}

TEST_CASE("what a question asks for is told by how it opens") {
  using enum QuestionKind;
  CHECK(kind("what is a generator") == kDefinition);
  CHECK(kind("who was ada lovelace") == kDefinition);
  CHECK(kind("what does idempotent mean") == kDefinition);
  CHECK(kind("was ist ein generator") == kDefinition);
  CHECK(kind("what is the capital of kenya") == kFact);
  CHECK(kind("when did the war end") == kFact);
  CHECK(kind("how many people live in peru") == kFact);
  CHECK(kind("how do people travel in peru") == kFact);
  CHECK(kind("how do i read a file") == kHowTo);
  CHECK(kind("how to read a file") == kHowTo);
  CHECK(kind("wie kann ich eine datei lesen") == kHowTo);
  CHECK(kind("which countries border somalia") == kList);
  CHECK(kind("what are the languages of peru") == kList);
  CHECK(kind("list the members") == kList);
  CHECK(kind("what does peru export") == kFact);
  CHECK(kind("what is the difference between a list and a tuple") == kComparison);
  CHECK(kind("is nairobi a city") == kYesNo);
  CHECK(kind("does it rain") == kYesNo);
  CHECK(kind("population of peru") == kFact);
  CHECK(kind("") == kFact);
}

}  // namespace
}  // namespace cento
