#include "compose/short_completer.h"

#include <doctest.h>

#include <string>
#include <vector>

#include "base/random.h"
#include "support/corpus_fixture.h"
#include "support/sample_corpus.h"

namespace cento {
namespace {

struct Towns {
  std::vector<Document> documents = test::sample_corpus(40);
  test::CorpusFixture fixture{documents};
  Corpus corpus = fixture.corpus();
  SubjectIndex subjects{corpus};
  EvidenceModel model{corpus.vocabulary(), corpus.index(), nullptr, {}, Shares()};

  Answer complete(const Shared<TypedText>& typed, std::string_view prompt,
                  const AnswerOptions& options = {.max_tokens = kShortTokens}) const {
    ShortCompleter completer(corpus, subjects, typed, prompt, options);
    while (completer.step() > 0) {
    }
    return completer.result();
  }
  Answer complete(std::string_view prompt,
                  const AnswerOptions& options = {.max_tokens = kShortTokens}) const {
    return complete(Shared<TypedText>::make(model), prompt, options);
  }
};

const Towns& towns() {
  static const auto* const made = new Towns;
  return *made;
}

// A beginning of a document of the corpus, cut anywhere.
std::string random_prompt(Random& random) {
  const auto count = static_cast<uint32_t>(towns().documents.size());
  const std::string& text = towns().documents[random.below(count)].text;
  return text.substr(0, 1 + random.below(static_cast<uint32_t>(text.size())));
}

TEST_CASE("a short completion is one fragment that stands at its source") {
  uint32_t completed = 0;
  for (uint64_t seed = 0; seed < 200; ++seed) {
    Random random(seed);
    AnswerOptions options{.max_tokens = 1 + random.below(kShortTokens)};
    options.effort = static_cast<Effort>(random.below(3));
    options.max_quote = random.below(5);
    const std::string prompt = random_prompt(random);
    CAPTURE(seed);
    CAPTURE(prompt);
    const Answer answer = towns().complete(prompt, options);
    CHECK(answer.refused == answer.fragments.empty());
    if (answer.refused) continue;
    ++completed;
    REQUIRE(answer.fragments.size() == 1);
    const Fragment& fragment = answer.fragments[0];
    CHECK_FALSE(answer.text.empty());
    CHECK(answer.text == fragment.text);
    CHECK(fragment.tokens <= options.max_tokens);
    CHECK(answer.confidence > 0);
    CHECK(answer.confidence <= 1);
    CHECK_FALSE((prompt.ends_with(' ') && answer.text.starts_with(' ')));
    const Source& source = fragment.source;
    for (const Document& document : towns().documents) {
      if (document.id != source.document_id) continue;
      CHECK(document.text.substr(static_cast<size_t>(source.begin_bytes), fragment.text.size()) ==
            fragment.text);
    }
    CHECK((source.document_id.empty() == (source.title == kThisText)));
    if (source.document_id.empty()) {
      CHECK(prompt.substr(static_cast<size_t>(source.begin_bytes), fragment.text.size()) ==
            fragment.text);
    }
    CHECK(source.end_bytes - source.begin_bytes == fragment.text.size());
  }
  CHECK(completed > 150);
}

TEST_CASE("a short completion depends on its prompt alone, not on those before") {
  const auto typed = Shared<TypedText>::make(towns().model);
  for (uint64_t seed = 0; seed < 60; ++seed) {
    Random random(seed);
    const std::string prompt = random_prompt(random);
    CAPTURE(seed);
    const Answer fresh = towns().complete(prompt);
    const Answer after_others = towns().complete(typed, prompt);
    CHECK(fresh.text == after_others.text);
    CHECK(fresh.confidence == after_others.confidence);
  }
}

TEST_CASE("tasks that share what was read do not disturb one another") {
  const std::string long_text = towns().documents[0].text + towns().documents[1].text +
                                towns().documents[2].text + "Most people work ";
  const std::string other = "The economy is heavily ";
  const auto typed = Shared<TypedText>::make(towns().model);
  const AnswerOptions options{.max_tokens = kShortTokens};
  ShortCompleter first(towns().corpus, towns().subjects, typed, long_text, options);
  ShortCompleter second(towns().corpus, towns().subjects, typed, other, options);
  bool more = true;
  while (more) {
    const uint32_t cost = first.step();
    more = second.step() > 0 || cost > 0;
  }
  CHECK(first.result().text == towns().complete(long_text).text);
  CHECK(second.result().text == towns().complete(other).text);
  CHECK(second.result().text.starts_with("dependent on the"));
}

TEST_CASE("what the prompt itself repeats is completed") {
  // Of six goods that the towns sell, the one that this text speaks of.
  const std::string text = "Most people work in the sale of barley. Trade with barley has grown. ";
  const Answer answer = towns().complete(text + text + "Most people work in the sale of ");
  CHECK(answer.text.starts_with("barley"));
}

TEST_CASE("what only the prompt has said is completed from there") {
  const std::string said = "Trade people heavily along dependent work. ";
  const std::string opening = "Ünsel. ";
  const Answer answer =
      towns().complete(opening + said + said + said + said + "Trade people heavily ");
  REQUIRE(answer.fragments.size() == 1);
  CHECK(answer.text.starts_with("along dependent work"));
  const Source& source = answer.fragments[0].source;
  CHECK(source.title == kThisText);
  CHECK(source.pack.empty());
  // The last of the four, which stand behind the same words.
  const size_t begin =
      opening.size() + 3 * said.size() + std::string("Trade people heavily ").size();
  CHECK(source.begin_bytes == begin);
  CHECK(source.begin_utf16 == begin - 1);
}

TEST_CASE("a number is never that of another document than those that the prompt names") {
  for (const Document& town : towns().documents) {
    for (const char* prompt : {" was founded in ", " was founded"}) {
      const Answer answer = towns().complete(town.title + prompt);
      CAPTURE(town.title);
      if (answer.text.find_first_of("0123456789") == std::string::npos) continue;
      CHECK(answer.fragments[0].source.title == town.title);
    }
  }
}

}  // namespace
}  // namespace cento
