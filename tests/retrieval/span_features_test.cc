#include "retrieval/span_features.h"

#include <doctest.h>

#include <algorithm>

#include "base/random.h"
#include "retrieval/span_tables.h"
#include "text/search_words.h"
#include "text/units.h"

namespace cento {
namespace {

// A question whose words weigh enough unless they are words of `tables`.
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

std::vector<SpanWord> read_words(std::string_view sentence, const SpanQuestion& question,
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
  return words;
}

SpanTables make_tables(std::vector<SpanTables::Entry> entries = {}) {
  const auto add = [&](std::string_view word, int sorts) {
    entries.push_back({SpanTables::hash_of_word(word), static_cast<int8_t>(sorts)});
  };
  for (const char* word : {"the", "of", "in", "was", "by", "to"}) {
    add(word, kFunctionWord | kNeverLastWord);
  }
  for (const char* word : {"who", "when", "what", "which"}) add(word, kFunctionWord | kAskingWord);
  add("did", kAuxiliaryWord);
  return SpanTables(std::move(entries), {}, {});
}

uint32_t number(const SpanRun& run, SpanFeature feature) {
  return run.numbers[static_cast<uint32_t>(feature)];
}

std::string random_sentence(Random& random) {
  const std::vector<std::string> words = {"the",
                                          "River",
                                          "of",
                                          "Kenya",
                                          "12 December 1963",
                                          "580,367 sq km",
                                          "was",
                                          "(1999)",
                                          "\"a word\"",
                                          "f(x)",
                                          "$1.2 billion",
                                          "well-known",
                                          "Bank of England",
                                          "--help",
                                          "https://a.org/b",
                                          "crosses",
                                          ",",
                                          ";",
                                          "in",
                                          "1990s",
                                          "dams",
                                          "O'Brien's",
                                          "3.5%",
                                          "Trinidad and Tobago"};
  std::string sentence = "It";
  for (uint32_t count = 3 + random.below(15); count > 0; --count) {
    sentence += ' ' + words[random.below(static_cast<uint32_t>(words.size()))];
  }
  return sentence + '.';
}

TEST_CASE("no run cuts a unit, has white space at its edges or more than ten words and marks") {
  const SpanTables tables = make_tables();
  const Question question = make_question("Which river crosses Kenya?", tables);
  const SpanQuestion asked = read_span_question(question, tables);
  Random random(11);
  uint32_t seen = 0;
  for (uint32_t trial = 0; trial < 400; ++trial) {
    const std::string text = random_sentence(random);
    CAPTURE(text);
    const SpanSentence sentence(text, read_words(text, asked, tables), asked);
    const std::vector<Unit> units = find_units(text);
    for (const SpanRun& run : sentence.runs()) {
      ++seen;
      const uint32_t begin = sentence.tokens()[run.begin].begin;
      const uint32_t end = sentence.tokens()[run.end - 1].end;
      CHECK(run.end - run.begin <= kMostSpanTokens);
      CHECK(text[begin] != ' ');
      CHECK(text[end - 1] != ' ');
      for (const Unit& unit : units) {
        CHECK_FALSE((unit.begin < begin && begin < unit.end));
        CHECK_FALSE((unit.begin < end && end < unit.end));
      }
      for (uint32_t f = kFirstNumberedSpanFeature; f < kSpanFeatures; ++f) {
        CHECK(run.numbers[f] < kMostSpanValues);
      }
    }
  }
  CHECK(seen > 1000);
}

TEST_CASE("a question is read by its asking word and what follows it") {
  const SpanTables tables = make_tables();
  const Question question = make_question("In which old river did the dam break?", tables);
  const SpanQuestion asked = read_span_question(question, tables);
  CHECK(asked.asks);
  CHECK(asked.asking == 1);
  CHECK(asked.keys[1] == "which");
  CHECK(asked.keys[2] == "which old");
  CHECK(asked.keys[3] == "which > old");
  const Question did = make_question("When did the dam break?", tables);
  CHECK(read_span_question(did, tables).keys[2] == "when did");
  CHECK(read_span_question(did, tables).keys[3] == "when > dam");
  const Question none = make_question("Length of the dam", tables);
  CHECK_FALSE(read_span_question(none, tables).asks);
  CHECK(read_span_question(none, tables).keys[1].empty());
}

TEST_CASE("features tell sorts, neighbours and distances") {
  const SpanTables tables = make_tables();
  const Question question = make_question("Who built the mill of Arden?", tables);
  const SpanQuestion asked = read_span_question(question, tables);
  const std::string text = "The mill was built in 1820 by John Smith for cloth.";
  const SpanSentence sentence(text, read_words(text, asked, tables), asked);
  const auto run_of = [&](std::string_view words) {
    const auto& runs = sentence.runs();
    const auto run = std::find_if(runs.begin(), runs.end(), [&](const SpanRun& candidate) {
      return sentence.text(candidate) == words;
    });
    REQUIRE(run != runs.end());
    return *run;
  };
  const SpanRun year = run_of("1820");
  CHECK(sentence.value(SpanFeature::kShape, year) == "Y");
  CHECK(sentence.value(SpanFeature::kLeft, year) == "in Y");
  CHECK(sentence.value(SpanFeature::kRight, year) == "Y by");
  CHECK(number(year, SpanFeature::kOverlap) == 0);
  CHECK(number(year, SpanFeature::kNearest) == 2);
  CHECK(number(year, SpanFeature::kFocus) == 3);  // "built" stands two words before
  const SpanRun mill = run_of("mill");
  CHECK(sentence.value(SpanFeature::kLeft, mill) == "the l");
  CHECK(number(mill, SpanFeature::kOverlap) == 1);
  CHECK(sentence.value(SpanFeature::kShape, run_of("1820 by John Smith")) == "YfC");
}

TEST_CASE("what the tables weigh most wins, and the same every time") {
  const auto entry = [](SpanFeature feature, std::string_view key, std::string_view value,
                        int8_t units) {
    return SpanTables::Entry{SpanTables::hash_of(SpanTables::hash_of(feature, key), value), units};
  };
  // "who" asks for names, "when" for years; everything else backs off to nothing.
  const SpanTables tables = make_tables({entry(SpanFeature::kShape, "who", "C", 64),
                                         entry(SpanFeature::kShape, "", "Y", 1),
                                         entry(SpanFeature::kShape, "when", "Y", 64),
                                         {SpanTables::hash_of_key("who"), -32}});
  const std::string text = "The mill was built in 1820 by John Smith for cloth.";
  const auto best = [&](std::string_view asking) {
    const Question question = make_question(asking, tables);
    const SpanQuestion asked = read_span_question(question, tables);
    const SpanSentence sentence(text, read_words(text, asked, tables), asked);
    const SpanScorer scorer(tables, asked);
    CHECK(scorer.ratio(SpanFeature::kShape, "Y") == (asking.starts_with("When") ? 64 : 1 - 32));
    std::vector<double> scores;
    std::vector<double> again;
    scorer.score(sentence, scores);
    SpanScorer(tables, asked).score(sentence, again);
    REQUIRE(scores.size() == sentence.runs().size());
    CHECK(scores == again);
    const auto first = std::max_element(scores.begin(), scores.end());
    return std::string(sentence.text(sentence.runs()[static_cast<size_t>(first - scores.begin())]));
  };
  CHECK(best("Who built the mill?") == "John Smith");
  CHECK(best("When was the mill built?") == "1820");
}

}  // namespace
}  // namespace cento
