#include "build/span_counts.h"

#include <doctest.h>

#include "base/random.h"
#include "build/answer_text.h"
#include "build/question_tables.h"
#include "text/search_words.h"

namespace cento {
namespace {

// A sentence and a question about it, with words that weigh enough.
struct Example {
  std::string question;
  std::string sentence;
  std::string answer;
};

const std::vector<Example>& examples() {
  static const std::vector<Example> list = [] {
    const std::vector<std::string> people = {"Ann Lee", "John Smith", "Mary Stone", "Paul Grey"};
    const std::vector<std::string> things = {"mill", "dam", "bridge", "tower", "road"};
    std::vector<Example> made;
    for (uint32_t i = 0; i < 60; ++i) {
      const std::string& who = people[i % people.size()];
      const std::string& what = things[i % things.size()];
      const std::string year = std::to_string(1700 + i);
      const std::string sentence = "The " + what + " was built in " + year + " by " + who + ".";
      made.push_back({"Who built the " + what + "?", sentence, who});
      made.push_back({"When was the " + what + " built?", sentence, year});
    }
    return made;
  }();
  return list;
}

Question make_question(std::string_view text, const SpanTables& tables) {
  Question question;
  question.text = text;
  std::vector<SearchWord> found;
  find_search_words(text, found);
  for (const SearchWord& word : found) {
    QuestionWord& read = question.words.emplace_back();
    read.text = text.substr(word.begin, word.end - word.begin);
    read.folded = read.stem = fold_word(read.text);
    read.weight = tables.sorts_of(read.folded) == 0 ? 10 : 0;
  }
  return question;
}

SpanSentence open(std::string_view sentence, const SpanQuestion& question,
                  const SpanTables& tables) {
  std::vector<SearchWord> found;
  find_search_words(sentence, found);
  std::vector<SpanWord> words;
  for (const SearchWord& word : found) {
    SpanWord& read = words.emplace_back();
    const std::string folded = fold_word(sentence.substr(word.begin, word.end - word.begin));
    read.begin = word.begin;
    read.end = word.end;
    read.is_number = word.is_number;
    read.sorts = tables.sorts_of(folded);
    for (size_t i = 0; i < question.words.size() && read.asked < 0; ++i) {
      if (question.words[i]->stem == folded) read.asked = static_cast<int32_t>(i);
    }
  }
  return SpanSentence(sentence, words, question);
}

SpanCounts count_examples() {
  WordSortCounter sorts;
  for (const Example& example : examples()) {
    sorts.add_document(example.sentence);
    const std::vector<std::string> answers = {example.answer};
    sorts.add_question(example.question, example.sentence, answers);
  }
  SpanCounts counts(sorts.sorts());
  for (const Example& example : examples()) {
    const Question question = make_question(example.question, counts.words());
    const SpanQuestion asked = read_span_question(question, counts.words());
    const std::vector<std::string> answers = {normalize_answer(example.answer)};
    CHECK(counts.add(asked, open(example.sentence, asked, counts.words()), answers));
  }
  for (uint32_t i = 0; i < 50; ++i) counts.add_span_trial(i % 20, i % 20 / 20.0);
  counts.add_sentence_trial(3, true);
  return counts;
}

std::vector<uint8_t> bytes_of(const SpanTables& tables) {
  ByteWriter writer;
  tables.save(writer);
  return writer.take();
}

TEST_CASE("words that open questions and words of documents are told apart") {
  const SpanTables words = count_examples().words();
  CHECK((words.sorts_of("who") & kAskingWord) != 0);
  CHECK((words.sorts_of("when") & kAskingWord) != 0);
  CHECK((words.sorts_of("in") & kFunctionWord) != 0);
  CHECK((words.sorts_of("in") & kAskingWord) == 0);
  CHECK(words.sorts_of("smith") == 0);
}

TEST_CASE("counted tables answer a question that was not counted") {
  const SpanTables tables = count_examples().tables();
  const std::string text = "The mill was built in 1066 by Jane Doe.";
  const auto best = [&](std::string_view asking) {
    const Question question = make_question(asking, tables);
    const SpanQuestion asked = read_span_question(question, tables);
    const SpanSentence sentence = open(text, asked, tables);
    std::vector<double> scores;
    SpanScorer(tables, asked).score(sentence, scores);
    size_t first = 0;
    for (size_t i = 1; i < scores.size(); ++i) {
      if (scores[i] > scores[first]) first = i;
    }
    return std::string(sentence.text(sentence.runs()[first]));
  };
  CHECK(best("Who built the mill?") == "Jane Doe");
  CHECK(best("When was the mill built?") == "1066");
}

TEST_CASE("counts that were written and read give the same tables and the same text") {
  const SpanCounts counts = count_examples();
  const std::string text = counts.write();
  const Result<SpanCounts> read = SpanCounts::read(text);
  REQUIRE(read.is_ok());
  CHECK(read.value().write() == text);
  CHECK(bytes_of(read.value().tables()) == bytes_of(counts.tables()));
  CHECK(counts.tables().size() > counts.words().size());
  CHECK(text == count_examples().write());
}

TEST_CASE("a damaged table of spans is refused with its line or read, never trusted") {
  const std::string good = count_examples().write();
  Random random(5);
  uint32_t refused = 0;
  for (uint32_t trial = 0; trial < 300; ++trial) {
    std::string bad = good;
    for (uint32_t change = 0; change < 3; ++change) {
      bad[random.below(static_cast<uint32_t>(bad.size()))] = static_cast<char>(random.below(256));
    }
    const Result<SpanCounts> read = SpanCounts::read(bad);
    if (read.is_ok()) {
      CHECK(read.value().tables().size() <= SpanTables::kMostEntries);
    } else {
      ++refused;
      CHECK(read.status().code() == StatusCode::kInvalidArgument);
    }
  }
  CHECK(refused > 0);
  CHECK_FALSE(SpanCounts::read("").is_ok());
  CHECK_FALSE(SpanCounts::read("feature\tkey\tvalue\tright\tany\nword\t\tthe\t3").is_ok());
}

TEST_CASE("shares never fall, keep the mean of what they pool, and fill empty buckets") {
  CalibrationCounts counts{};
  counts[2] = {10, 1};
  counts[5] = {10, 8};
  counts[6] = {10, 4};
  counts[9] = {4, 4};
  const SpanTables::Calibration shares = monotone_shares(counts);
  CHECK(shares[2] == 26);
  CHECK(shares[4] == shares[2]);
  CHECK(shares[5] == 153);
  CHECK(shares[6] == 153);
  CHECK(shares[9] == 255);
  CHECK(shares[23] == 255);
  for (size_t i = 1; i < shares.size(); ++i) CHECK(shares[i] >= shares[i - 1]);
}

TEST_CASE("the tool's own English table is read and small enough for a pack") {
  const QuestionTables tables = built_in_question_tables("en");
  REQUIRE(tables.spans.is_counted());
  CHECK((tables.spans.sorts_of("who") & kAskingWord) != 0);
  CHECK(tables.spans.size() > 2000);
  CHECK(bytes_of(tables.spans).size() < 32'000);
  CHECK_FALSE(built_in_question_tables("fi").spans.is_counted());
}

}  // namespace
}  // namespace cento
