#include "evidence/form_evidence.h"

#include <doctest.h>

#include <string>
#include <vector>

#include "support/corpus_fixture.h"
#include "support/sample_corpus.h"

namespace cento {
namespace {

// A corpus of towns with the index that forms are scored by.
struct Forms {
  test::CorpusFixture corpus{test::sample_corpus(64)};
  TokenClasses token_classes;
  PatternIndex classes;

  Forms() {
    token_classes = build_classes(corpus.stream, corpus.vocabulary.size()).value();
    std::vector<Symbol> symbols;
    for (const TokenId token : corpus.stream) symbols.push_back(token_classes.class_of[token]);
    classes = PatternIndex::build(symbols, token_classes.class_count, {}).value();
  }
  FormScorer scorer() const { return FormScorer(classes); }
  // The class of each token of a text.
  std::vector<uint8_t> classes_of(std::string_view text) const {
    std::vector<TokenId> tokens;
    Tokenizer(corpus.vocabulary).encode(text, tokens);
    std::vector<uint8_t> found;
    for (const TokenId token : tokens) found.push_back(token_classes.class_of[token]);
    return found;
  }
  double seam(std::string_view left, std::string_view right) const {
    return scorer().seam_bits(classes_of(left), classes_of(right));
  }
};

}  // namespace

TEST_CASE("a seam of attested form scores above one that joins what nothing joins") {
  const Forms forms;
  // Other words, but the corpus says the like.
  CHECK(forms.seam("Most people work in the sale of", " glass to the towns") > 0);
  CHECK(forms.seam("Trade with the towns", " along the coast has grown") > 0);
  CHECK(forms.seam("Trade with the towns", ". The town") <
        forms.seam("Trade with the towns", " along the coast"));
  CHECK(forms.seam("The town grew slowly at", " was closed") < 0);
  CHECK(forms.seam("The town grew", " the in the sale") < 0);
  CHECK(forms.seam("", " along the coast") == 0);
  CHECK(forms.seam("Trade with the towns", "") == 0);
}

TEST_CASE("a seam looks at four classes before and two behind it") {
  const Forms forms;
  const std::vector<uint8_t> left = forms.classes_of("Most people work in the sale of");
  const std::vector<uint8_t> right = forms.classes_of(" glass to the towns along");
  REQUIRE(left.size() > 4);
  REQUIRE(right.size() > 2);
  const FormScorer scorer = forms.scorer();
  const double bits = scorer.seam_bits(left, right);
  CHECK(bits == scorer.seam_bits(std::span(left).last(4), std::span(right).first(2)));
  CHECK(bits != scorer.seam_bits(std::span(left).last(3), std::span(right).first(2)));
  CHECK(bits != scorer.seam_bits(std::span(left).last(4), std::span(right).first(1)));
}

TEST_CASE("whole sentences score above the same with tokens left out or out of order") {
  const Forms forms;
  const FormScorer scorer = forms.scorer();
  const std::vector<uint8_t> classes = forms.classes_of(
      "The economy is heavily dependent on the sale of wool to the towns along the coast.");
  const double whole = scorer.sentence_bits(classes);
  CHECK(whole > 1);
  for (size_t i = 1; i + 3 < classes.size(); ++i) {
    CAPTURE(i);
    std::vector<uint8_t> shortened = classes;
    shortened.erase(shortened.begin() + static_cast<std::ptrdiff_t>(i),
                    shortened.begin() + static_cast<std::ptrdiff_t>(i) + 2);
    CHECK(scorer.sentence_bits(shortened) < whole);
  }
  CHECK(scorer.sentence_bits(std::vector<uint8_t>(classes.rbegin(), classes.rend())) < whole - 1);
  CHECK(scorer.sentence_bits({}) == 0);
}

}  // namespace cento
