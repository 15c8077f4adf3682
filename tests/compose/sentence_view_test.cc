#include "compose/sentence_view.h"

#include <doctest.h>

#include "support/corpus_fixture.h"

namespace cento {
namespace {

// The token of `view` that begins the first occurrence of `word` (with its leading space).
uint32_t token_of(const SentenceView& view, std::string_view word) {
  const auto at = static_cast<uint32_t>(view.text().find(word));
  for (uint32_t i = 0; i < view.token_count(); ++i) {
    if (view.offset(i) == at) return i;
  }
  FAIL("no token begins there");
  return 0;
}

TEST_CASE("a sentence knows where it may be cut and where values stand") {
  const test::CorpusFixture fixture(
      {{"1",
        "",
        "Places",
        "It is old. The town has 580,367 in all, a port, and a mill. It is old.",
        {}}});
  const Corpus corpus = fixture.corpus();
  const TokenRange document = corpus.document_tokens(0);
  // The second sentence, found from one of its tokens.
  TextPos inside = document.begin;
  for (int starts = 0; starts < 2; ++inside) starts += corpus.starts_sentence(inside) ? 1 : 0;
  const SentenceView view(corpus, inside);
  CHECK(view.text() == " The town has 580,367 in all, a port, and a mill.");

  const uint32_t number = token_of(view, " 580");
  const uint32_t inner = token_of(view, ",367");
  const uint32_t then = token_of(view, " in all");
  CHECK(view.may_cut(number));
  CHECK_FALSE(view.may_cut(inner));
  CHECK(view.opened_at(inner) == view.offset(number) + 1);  // the space is outside
  CHECK(view.has_value(0, view.token_count()));
  CHECK(view.has_value(inner, then));
  CHECK_FALSE(view.has_value(0, number));
  CHECK(view.count_words(0, number) == 3);

  // The last three words before "in all" are "town has 580,367".
  const uint32_t back = view.offset(view.words_back(0, then, 3));
  CHECK(view.text().substr(back, 5).find("tow") <=
        1);  // with the leading space where they are one token
  CHECK(view.words_back(number, then, 3) == then);

  const uint32_t end = view.last_clause_end(0, token_of(view, " mill"), 3);
  CHECK(view.offset(end) == view.text().find(", and"));
  CHECK(view.last_clause_end(0, number, 3) == 0);
}

}  // namespace
}  // namespace cento
