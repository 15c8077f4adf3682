#include "build/question_counter.h"

#include <doctest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "build/memory_corpus.h"
#include "build/question_tables.h"

using namespace cento;

namespace {

std::vector<Document> towers() {
  return {{"eiffel",
           "",
           "Eiffel Tower",
           "The Eiffel Tower is in Paris. It was built in 1889 by the company of an engineer. "
           "Paris was not pleased.",
           {}},
          {"shot",
           "",
           "Shot towers",
           "A shot tower is where lead is dropped. The oldest one was built in 1782. "
           "Lead that falls becomes round.",
           {}}};
}

std::vector<AskedQuestion> questions() {
  std::vector<AskedQuestion> asked;
  for (int i = 0; i < 9; ++i) {
    asked.push_back({"When was the Eiffel Tower built?", {"1889"}, "eiffel"});
  }
  asked.push_back({"What is dropped in a tower?", {"lead"}, "shot"});
  asked.push_back({"Where does it stand?", {"Berlin"}, "eiffel"});    // answered nowhere
  asked.push_back({"Where does it stand?", {"Paris"}, "elsewhere"});  // no such document
  return asked;
}

std::optional<TransferWord> find(const WordTransfer& transfer, std::string_view folded) {
  for (const TransferWord& word : transfer.words()) {
    if (word.folded == folded) return word;
  }
  return std::nullopt;
}

}  // namespace

TEST_CASE("Counts say how often a question's words stand in the sentence that answers it") {
  const std::vector<Document> documents = towers();
  auto corpus = MemoryCorpus::build(documents, "en");
  REQUIRE(corpus.is_ok());
  const WordTransfer none;
  const Retriever retriever(corpus.value()->corpus(), corpus.value()->stemmer(), none);
  const std::vector<AskedQuestion> asked = questions();
  const std::vector<AnsweredQuestion> answered = find_answers(retriever, asked);
  REQUIRE(answered.size() == 10);
  const auto text = [&](const AnsweredQuestion& question) {
    return retriever.corpus().text(retriever.sentence_tokens(question.sentence));
  };
  CHECK(text(answered[0]).find("1889") != std::string::npos);
  // Two sentences have "lead"; the first shares more words with the question.
  CHECK(text(answered[9]).find("dropped") != std::string::npos);

  const WordTransfer counted = count_word_transfer(retriever, answered);
  CHECK(counted.questions() == 10);
  REQUIRE(find(counted, "built").has_value());
  CHECK(find(counted, "built")->count == TransferCount{9, 9});
  REQUIRE(find(counted, "when").has_value());
  CHECK(find(counted, "when")->count == TransferCount{9, 0});
  REQUIRE(find(counted, "tower").has_value());
  CHECK(find(counted, "tower")->count == TransferCount{10, 1});
  CHECK(!find(counted, "dropped").has_value());  // asked once: left to its bucket
  uint64_t found = 0;
  for (const TransferCount& bucket : counted.buckets()) found += bucket.found;
  CHECK(found >= 9 * 3 + 2);
}

TEST_CASE("A table of words is read as it was written") {
  WordTransfer::Buckets buckets{};
  buckets[0] = {30, 12};
  buckets[15] = {7, 7};
  const WordTransfer transfer(12, buckets, {{"tower", {9, 4}}, {"wer", {8, 0}}, {"été", {8, 8}}});
  const std::string text = write_word_table(transfer);
  CHECK(text.starts_with("word\tasked\tfound\n*\t12\t12\n1/2^0\t30\t12\n"));
  const Result<WordTransfer> again = read_word_table(text);
  REQUIRE(again.is_ok());
  CHECK(again.value().questions() == 12);
  CHECK(again.value().buckets() == buckets);
  CHECK(again.value().words() == transfer.words());
}

TEST_CASE("A table of words that is not one is refused, with its line") {
  const std::string good = write_word_table(WordTransfer(12, {}, {{"tower", {9, 4}}}));
  const auto fault = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    const Result<WordTransfer> read = read_word_table(text);
    return read.is_ok() ? std::string() : read.status().message();
  };
  CHECK(fault("word\tasked", "word,asked").find("Line 1 ") != std::string::npos);
  CHECK(fault("*\t12", "*\t0").find("Line 2 ") != std::string::npos);
  CHECK(fault("1/2^3\t", "1/2^4\t").find("Line 6 ") != std::string::npos);
  CHECK(fault("tower\t9\t4", "tower\t9\t10").find("Line 19 ") != std::string::npos);
  CHECK(fault("tower\t9\t4", "tower\t9").find("Line 19 ") != std::string::npos);
  CHECK(fault("tower\t9\t4", "tower\t99999999999\t4").find("Line 19 ") != std::string::npos);
  CHECK(fault("tower\t9\t4", "tower\t9\t4\ntower\t9\t4").find("Line 20 ") != std::string::npos);
  CHECK(fault("tower\t9\t4\n", "").empty());
  CHECK_FALSE(read_word_table("").is_ok());
}

TEST_CASE("The tool has tables of questions for English") {
  const QuestionTables tables = built_in_question_tables("en");
  CHECK(tables.words.is_counted());
  CHECK(tables.words.is_question_word("what"));
  CHECK_FALSE(tables.words.is_question_word("university"));
  CHECK(built_in_question_tables("en-GB").words.questions() == tables.words.questions());
  CHECK_FALSE(built_in_question_tables("eng").words.is_counted());
  CHECK_FALSE(built_in_question_tables("fi").words.is_counted());
}
