#include "compose/overviewer.h"

#include <doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "support/corpus_fixture.h"
#include "support/sample_corpus.h"

namespace cento {
namespace {

// Lighthouses that do not exist. Some sentences lean on others, some are no prose.
std::vector<Document> lighthouses() {
  std::vector<Document> documents = test::sample_corpus(24);
  documents.push_back(
      {"gull",
       "gull.html",
       "Gull Rock",
       "Gull Rock is a lighthouse of grey granite on the northern coast. It was lit for the first "
       "time in October 1871.\n\n"
       "Three keepers lived in the tower with their families until the lamp became electric. "
       "However, the keepers came back each summer to paint the gallery.\n\n"
       "height: 41 m\nrange: 19 nm\n\n"
       "The lamp of the lighthouse turns on a bath of mercury and shows two flashes every ten "
       "seconds. The lamp of the lighthouse turns on a bath of mercury and gives two flashes "
       "every ten seconds.\n\n"
       "See also:\n\nThe list of lighthouses of the coast.\n\n"
       "gull.light(colour='white', period=10)\n\nReturns the number of flashes that are shown.",
       {}});
  documents.push_back(
      {"tern",
       "tern.html",
       "Tern Point",
       "Tern Point is a small harbour below a lighthouse. Tern Point lost its first lighthouse in "
       "the storm of March 1902. This storm sank eleven boats. The second lighthouse of Tern Point "
       "was built of iron in Glasgow and shipped to the harbour in pieces.",
       {}});
  return documents;
}

struct World {
  test::CorpusFixture fixture{lighthouses()};
  Corpus corpus = fixture.corpus();
  Stemmer stemmer;
  WordTransfer transfer;
  Retriever retriever{corpus, stemmer, transfer};
  SubjectIndex subjects{corpus};
  DiscourseTables discourse;
  SentenceJudge judge{corpus, {}};

  Answer overview(std::string_view topic, const AnswerOptions& options = {}) const {
    Overviewer overviewer({retriever, subjects, discourse, judge}, topic, options);
    while (overviewer.step() != 0) {
    }
    return overviewer.result();
  }
};

const World& world() {
  static const World* const instance = new World;
  return *instance;
}

std::string document_text(const std::string& id) {
  for (const Document& document : lighthouses()) {
    if (document.id == id) return document.text;
  }
  return {};
}

uint32_t count_words(std::string_view text) {
  uint32_t words = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto blank = [](char c) { return c == ' ' || c == '\n'; };
    words += !blank(text[i]) && (i == 0 || blank(text[i - 1]));
  }
  return words;
}

TEST_CASE("sentences that point back") {
  CHECK(points_back("It was lit in 1871."));
  CHECK(points_back("However, the keepers came back."));
  CHECK(points_back("In 1871, he lit the lamp."));
  CHECK(points_back("During this storm the lamp went out."));
  CHECK(points_back("On the following day the boats came back."));
  CHECK_FALSE(points_back("In 1871, Anna Reed said that she had lit the lamp."));
  CHECK_FALSE(points_back("The lamp was lit in 1871."));
  CHECK_FALSE(points_back("Gull Rock lost its lamp."));
  CHECK_FALSE(points_back(""));
}

TEST_CASE("prose can stand in an overview, fields, code, questions and fragments cannot") {
  const auto fit = [](const std::string& text) {
    const test::CorpusFixture fixture({{"1", "", "", text, {}}});
    const Corpus corpus = fixture.corpus();
    return SentenceJudge(corpus, {}).judge(SentenceView(corpus, 1));
  };
  CHECK(fit("The lamp was lit in the autumn of 1871.") == SentenceFit::kAlone);
  CHECK(fit("“The lamp was lit by Anna Reed.”") == SentenceFit::kAlone);
  CHECK(fit("It was lit in the autumn of 1871.") == SentenceFit::kAfterBefore);
  CHECK(fit("The height of the lamp: 41 m above the sea.") == SentenceFit::kNot);
  CHECK(fit("Was the lamp lit in the autumn of 1871?") == SentenceFit::kNot);
  CHECK(fit("the lamp was lit in the autumn of 1871.") == SentenceFit::kNot);
  CHECK(fit("The lamp was (as far as one knows lit in 1871.") == SentenceFit::kNot);
  CHECK(fit("Keepers of the lamp and their families (2011 est.)") == SentenceFit::kNot);
  CHECK(fit("Height of the lamp above the sea") == SentenceFit::kNot);
  CHECK(fit("- The lamp was lit in the autumn of 1871.") == SentenceFit::kNot);
  CHECK(fit("See the list.") == SentenceFit::kNot);
}

TEST_CASE("an overview of a title says each thing once, in sentences of its document") {
  const Answer answer = world().overview("Gull Rock");
  CHECK_FALSE(answer.refused);
  CHECK(answer.fragments.size() >= 3);
  const std::string text = document_text("gull");
  std::string joined;
  for (const Fragment& fragment : answer.fragments) {
    const Source& source = fragment.source;
    CHECK(source.document_id == "gull");
    CHECK(text.substr(static_cast<size_t>(source.begin_bytes), fragment.text.size()) ==
          fragment.text);
    CHECK(source.end_bytes - source.begin_bytes == fragment.text.size());
    if (!joined.empty()) joined += " ";
    joined += fragment.text;
  }
  CHECK(joined == answer.text);  // one document: no empty line
  // One of the two that say the same.
  CHECK(answer.text.find("bath of mercury") != std::string::npos);
  CHECK(answer.text.find("bath of mercury") == answer.text.rfind("bath of mercury"));
  for (const char* const no_prose : {"41 m", "See also", "The list of", "Returns", "period"}) {
    CHECK(answer.text.find(no_prose) == std::string::npos);
  }
  // In the order of the document.
  for (size_t i = 1; i < answer.fragments.size(); ++i) {
    CHECK(answer.fragments[i - 1].source.end_bytes <= answer.fragments[i].source.begin_bytes);
  }
}

TEST_CASE("a sentence that leans back comes right after its own predecessor") {
  for (const char* const topic : {"Gull Rock", "Tern Point", "lighthouse", "storm"}) {
    for (uint32_t sentences = 1; sentences < 8; ++sentences) {
      AnswerOptions options;
      options.sentences = sentences;
      const Answer answer = world().overview(topic, options);
      CHECK(answer.fragments.size() <= sentences);
      for (size_t i = 0; i < answer.fragments.size(); ++i) {
        const Fragment& fragment = answer.fragments[i];
        if (!points_back(fragment.text)) continue;
        CAPTURE(fragment.text);
        REQUIRE(i > 0);
        const Source& before = answer.fragments[i - 1].source;
        CHECK(before.document_id == fragment.source.document_id);
        CHECK(before.end_bytes + 1 == fragment.source.begin_bytes);
      }
    }
  }
}

TEST_CASE("no overview is longer than asked for, and none with room has fewer words") {
  size_t longest = 0;
  for (uint32_t words = 1; words < 120; words += 7) {
    AnswerOptions options;
    options.max_words = words;
    const Answer answer = world().overview("Gull Rock", options);
    CHECK(answer.refused == answer.text.empty());
    CHECK(count_words(answer.text) <= words);
    longest = std::max(longest, answer.fragments.size());
  }
  CHECK(longest >= 4);
}

TEST_CASE("no document has more than its share unless it is the only one on the topic") {
  for (const char* const topic : {"lighthouse", "harbour", "keepers of the lighthouse"}) {
    for (uint32_t sentences = 1; sentences < 7; ++sentences) {
      AnswerOptions options;
      options.sentences = sentences;
      const Answer answer = world().overview(topic, options);
      if (answer.refused) continue;
      std::vector<std::string> ids;
      for (const Fragment& fragment : answer.fragments) ids.push_back(fragment.source.document_id);
      const auto distinct = std::vector<std::string>(ids);
      for (const std::string& id : distinct) {
        const auto of_it = static_cast<double>(std::count(ids.begin(), ids.end(), id));
        const auto all = static_cast<double>(ids.size());
        CHECK((of_it <= 1 || of_it <= kMaxDocumentShare * all || of_it == all));
      }
    }
  }
}

TEST_CASE("what the pack does not speak of is refused, with a reason") {
  for (const char* const topic : {"volcanology", "the parliament of Xanadu", "", "  ", "?!"}) {
    const Answer answer = world().overview(topic);
    CAPTURE(topic);
    CHECK(answer.refused);
    CHECK_FALSE(answer.reason.empty());
    CHECK(answer.text.empty());
    CHECK(answer.fragments.empty());
  }
}

TEST_CASE("the same call gives the same overview, in steps") {
  const Answer once = world().overview("lighthouse");
  const Answer again = world().overview("lighthouse");
  CHECK(once.text == again.text);
  CHECK(once.fragments.size() == again.fragments.size());
}

TEST_CASE("an explanation begins with what was chosen and names what else fitted") {
  AnswerOptions options;
  options.sentences = 2;
  Overviewer overviewer({world().retriever, world().subjects, world().discourse, world().judge},
                        "Gull Rock", options);
  while (overviewer.step() != 0) {
  }
  const Answer& answer = overviewer.result();
  for (uint32_t i = 0; i < answer.fragments.size(); ++i) {
    const FragmentExplanation explanation = overviewer.explain(i);
    CHECK_FALSE(explanation.reason.empty());
    REQUIRE(explanation.candidates.size() >= 2);
    CHECK(explanation.candidates[0].text == answer.fragments[i].text);
    CHECK(explanation.candidates[0].parts.size() == 3);
    for (size_t j = 2; j < explanation.candidates.size(); ++j) {
      CHECK(explanation.candidates[j - 1].score >= explanation.candidates[j].score);
    }
    for (const Fragment& fragment : answer.fragments) {
      for (size_t j = 1; j < explanation.candidates.size(); ++j) {
        CHECK(explanation.candidates[j].text != fragment.text);
      }
    }
  }
}

}  // namespace
}  // namespace cento
