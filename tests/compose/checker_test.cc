#include "compose/checker.h"

#include <doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/random.h"
#include "compose/alignment.h"
#include "support/corpus_fixture.h"
#include "support/sample_corpus.h"

namespace cento {
namespace {

const test::CorpusFixture& towns() {
  static const test::CorpusFixture* const fixture =
      new test::CorpusFixture(test::sample_corpus(60));
  return *fixture;
}

CheckReport check_text(const Corpus& corpus, std::string_view text) {
  Checker checker(corpus, text);
  while (checker.step()) {
  }
  return checker.result();
}

CheckReport check(const std::string& text) { return check_text(towns().corpus(), text); }

// A sentence of document `d` that begins with `opening`.
std::string sentence_of(uint32_t d, const std::string& opening) {
  const std::string text = test::sample_corpus(60)[d].text;
  const size_t begin = text.find(opening);
  REQUIRE(begin != std::string::npos);
  return text.substr(begin,
                     std::min(text.find(". ", begin), text.find('\n', begin) - 1) + 1 - begin);
}

std::string part(const std::string& text, const Mark& mark) {
  return text.substr(static_cast<size_t>(mark.begin_bytes),
                     static_cast<size_t>(mark.end_bytes - mark.begin_bytes));
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

TEST_CASE("what stands in a document is attested, white space and quotation marks aside") {
  const std::string founded = sentence_of(3, "Dunbury was founded");
  const std::string grown = sentence_of(5, "Trade with");
  const std::string text = founded + "  \n\n" + replaced(grown, " the ", "\n   the  ") +
                           " Is this one? " + founded.substr(0, founded.size() - 1) + "!";
  const CheckReport report = check(text);
  REQUIRE(report.sentences == 3);  // a question says nothing
  CHECK(report.attested == 3);
  CHECK(report.details.size() == 3);
  CHECK(part(text, report.details[0].range) == founded);
  CHECK(report.details[0].evidence == founded);
  CHECK(report.details[0].source.title == "Dunbury");
  CHECK(report.details[0].source.headings == std::vector<std::string>{"History"});
  CHECK(report.details[1].range.end_bytes == text.find(" Is this"));
}

TEST_CASE("a short sentence without spaces or in Arabic is held to its numbers and negations") {
  std::vector<Document> documents(2);
  documents[0].text = "古寺的钟重三吨。桥上的灯亮了。僧人每天敲钟。";
  documents[1].text = "في المدينة ثلاثة جسور كبيرة. لا يعمل الفرن في الليل.";
  const test::CorpusFixture fixture(documents);
  struct Case {
    std::string text;
    Verdict verdict;
    std::string difference, documents_say;
  };
  for (const Case& c : {
           Case{"古寺的钟重三吨。", Verdict::kAttested, "", ""},
           Case{"古寺的钟重五吨。", Verdict::kNearMiss, "number", "三"},
           Case{"桥上的灯不亮了。", Verdict::kNearMiss, "negation", ""},
           Case{"僧人每天吃鱼。", Verdict::kUnsupported, "", ""},
           Case{"في المدينة سبعة جسور كبيرة.", Verdict::kNearMiss, "number", "ثلاثة"},
       }) {
    CAPTURE(c.text);
    const CheckReport report = check_text(fixture.corpus(), c.text);
    REQUIRE(report.details.size() == 1);
    CHECK(report.details[0].verdict == c.verdict);
    CHECK(report.details[0].difference == c.difference);
    CHECK(report.details[0].documents_say == c.documents_say);
  }
}

TEST_CASE("one changed value is a near miss, with what the documents say") {
  const std::string founded = sentence_of(3, "Dunbury was founded");
  const std::string year = founded.substr(founded.find(" in ") + 4, 4);
  const std::string other = std::to_string(std::stoi(year) + 3);
  struct Case {
    std::string from, to, difference, differs, documents_say;
  };
  for (const Case& c : {
           Case{year, other, "date", other, year},
           Case{"Dunbury", "Atlantis", "name", "Atlantis", "Dunbury"},
           Case{"Dunbury", "New Carthage", "name", "New Carthage", "Dunbury"},
           Case{"was", "was not", "negation", "not", ""},
           Case{"was", "wasn't", "negation", "wasn't", "was"},
       }) {
    const std::string text = "Prologue of nothing whatsoever. " + replaced(founded, c.from, c.to);
    CAPTURE(text);
    const CheckReport report = check(text);
    REQUIRE(report.sentences == 2);
    CHECK(report.unsupported == 1);
    const CheckedSentence& checked = report.details[1];
    REQUIRE(checked.verdict == Verdict::kNearMiss);
    CHECK(checked.difference == c.difference);
    CHECK(part(text, checked.differs) == c.differs);
    CHECK(checked.documents_say == c.documents_say);
    CHECK(checked.evidence == founded);
    CHECK(checked.source.title == "Dunbury");
  }
}

TEST_CASE("fields are near misses of those of the document that the text speaks of") {
  const std::string founded = sentence_of(9, "Brimcaster was founded");
  const std::string area = sentence_of(9, "area: ");
  const std::string value = area.substr(6, area.find(" sq") - 6);
  const std::string text = founded + "\n\narea: 9" + value + " sq km\n";
  const CheckReport report = check(text);
  REQUIRE(report.sentences == 2);
  const CheckedSentence& checked = report.details[1];
  REQUIRE(checked.verdict == Verdict::kNearMiss);
  CHECK(checked.difference == "number");
  CHECK(checked.source.title == "Brimcaster");
  CHECK(checked.documents_say == value + " sq km");

  const CheckReport units = check(founded + "\n\narea: " + value + " sq mi\n");
  REQUIRE(units.sentences == 2);
  CHECK(units.details[1].difference == "unit");
}

TEST_CASE("another statement is unsupported") {
  const CheckReport report = check(
      "The harbour was sold to a company of merchants from abroad. 42 people like it. "
      "Most people in the town speak a dialect of Old Norse.");
  CHECK(report.sentences == 3);
  CHECK(report.unsupported == 3);
  for (const CheckedSentence& checked : report.details) CHECK(checked.evidence.empty());
  CHECK(check("").sentences == 0);
  CHECK(check("?! \n ... \xFF\xFE").near_miss == 0);
}

TEST_CASE("ranges of changed sentences count UTF-16 units too") {
  const std::string founded = sentence_of(3, "Dunbury was founded");
  const std::string text =
      "Ünsel — äöü 𝄞 stands for nothing. " + replaced(founded, "Dunbury", "Özgür");
  const CheckReport report = check(text);
  REQUIRE(report.sentences == 2);
  const CheckedSentence& checked = report.details[1];
  CHECK(part(text, checked.differs) == "Özgür");
  CHECK(checked.differs.begin_utf16 == 35);
  CHECK(checked.differs.end_utf16 == 40);
  CHECK(checked.range.begin_utf16 == 35);
}

// The cost of the cheapest alignment by trying all.
uint32_t naive_cost(const FoldedText& a, const FoldedText& b, uint32_t i, uint32_t j) {
  if (i == a.atom_count()) return 0;  // the rest of b is free
  uint32_t best = 2 + naive_cost(a, b, i + 1, j);
  if (j == b.atom_count()) return best;
  if (i > 0) best = std::min(best, 2 + naive_cost(a, b, i, j + 1));
  const uint32_t change = a.atom(i) == b.atom(j) ? 0 : 2;  // all are small words
  return std::min(best, change + naive_cost(a, b, i + 1, j + 1));
}

TEST_CASE("alignments cost what the best of all alignments costs") {
  Random random(5);
  for (uint32_t round = 0; round < 300; ++round) {
    CAPTURE(round);
    const auto words = [&](uint32_t count) {
      std::string text;
      for (uint32_t i = 0; i < count; ++i) {
        text += (i == 0 ? "" : " ") + std::string(1, static_cast<char>('a' + random.below(3)));
      }
      return text;
    };
    const std::string first = words(1 + random.below(5));
    const std::string second = words(1 + random.below(7));
    FoldedText a(first);
    FoldedText b(second);
    a.find_units();
    uint32_t naive = ~uint32_t{0};
    for (uint32_t from = 0; from <= b.atom_count(); ++from) {
      naive = std::min(naive, naive_cost(a, b, 0, from));
    }
    const Alignment alignment = align(a, b, 1000);
    CHECK(alignment.cost == naive);
    CHECK(alignment.differences.empty() == (naive == 0));
  }
}

}  // namespace
}  // namespace cento
