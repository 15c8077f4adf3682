#include "compose/definition.h"

#include <doctest.h>

#include <string>
#include <vector>

#include "support/corpus_fixture.h"
#include "support/sample_corpus.h"

namespace cento {
namespace {

struct World {
  explicit World(std::string text) : fixture(with(std::move(text))) {}

  static std::vector<Document> with(std::string text) {
    std::vector<Document> documents = test::sample_corpus(24);
    documents.push_back({"lamps", "lamps.html", "Lamps", std::move(text), {}});
    return documents;
  }
  std::string sentence(uint32_t number) const {
    return corpus.text(retriever.sentence_tokens(number));
  }
  // The definition that answers; empty where none is found.
  std::string definition(std::string_view asked) const {
    const Question question = retriever.read(asked);
    const auto found = DefinitionFinder(retriever, question).find(retriever.passages(question, 8));
    return found ? sentence(*found) : std::string();
  }

  test::CorpusFixture fixture;
  Corpus corpus = fixture.corpus();
  Stemmer stemmer;
  WordTransfer transfer;
  Retriever retriever{corpus, stemmer, transfer};
};

const World& lamps() {
  static const World* const made = new World(
      "An oil lamp is a lamp that burns oil. The wick of a lamp is a strip of cotton.\n\n"
      "Every lamp is a danger to the hay. A lamp is any thing made to give light. Lamps are "
      "cheap.");
  return *made;
}

TEST_CASE("a definition opens with the thing that was asked for, and with no other") {
  CHECK(lamps().definition("What is a lamp?") == " A lamp is any thing made to give light.");
  CHECK(lamps().definition("What is an oil lamp?") == "An oil lamp is a lamp that burns oil.");
  CHECK(lamps().definition("What is a danger?").empty());
  CHECK(lamps().definition("What is a moon?").empty());
  CHECK(lamps().definition("What is it?").empty());
}

TEST_CASE("openings of sentences") {
  const Question question = lamps().retriever.read("What is a lamp?");
  const DefinitionFinder finder(lamps().retriever, question);
  const auto opening = [&](std::string_view text) {
    for (uint32_t i = 0; i < lamps().retriever.sentence_count(); ++i) {
      if (lamps().sentence(i).find(text) != std::string::npos) return finder.opening_of(i);
    }
    FAIL("no such sentence");
    return Opening::kOther;
  };
  CHECK(opening("An oil lamp is a") == Opening::kThing);
  CHECK(opening("The wick of a lamp is") == Opening::kThing);
  CHECK(opening("A lamp is any") == Opening::kDefinition);
  CHECK(opening("Every lamp is") == Opening::kThing);
}

}  // namespace
}  // namespace cento
