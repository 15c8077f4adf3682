#include "build/share_fit.h"

#include <doctest.h>

#include <string_view>
#include <vector>

#include "evidence/evidence.h"
#include "levels/token_level.h"
#include "support/sample_corpus.h"
#include "text/tokenizer.h"

namespace cento {
namespace {

struct Texts {
  Vocabulary vocabulary;
  TokenClasses classes;
  std::vector<TokenId> stream = {kDocumentEnd};
};

// Towns [0, `count`) of the sample corpus, each a document or, `joined`, all of them one.
Texts read_towns(uint32_t count, bool joined = false) {
  Texts texts;
  const std::vector<Document> towns = test::sample_corpus(count);
  std::vector<std::string_view> views;
  for (const Document& town : towns) views.push_back(town.text);
  texts.vocabulary = build_vocabulary(views, {.min_count = 2}).value();
  for (const Document& town : towns) {
    Tokenizer(texts.vocabulary).encode(town.text, texts.stream);
    if (!joined) texts.stream.push_back(kDocumentEnd);
  }
  if (joined) texts.stream.push_back(kDocumentEnd);
  texts.classes = build_classes(texts.stream, texts.vocabulary.size()).value();
  return texts;
}

Result<std::vector<uint8_t>> fit(const Texts& texts, std::vector<EvidenceLevel> without = {},
                                 const Progress& progress = {}) {
  return fit_shares(texts.stream, texts.vocabulary, texts.classes, without, progress);
}

// -log2 of the probability of `text` after the counts of `texts`, rounded up.
uint32_t bits_under(const Shares& shares, const Texts& texts, std::span<const TokenId> text) {
  const auto tokens = PatternIndex::build(texts.stream, texts.vocabulary.size(), {}).value();
  std::vector<Symbol> class_stream;
  for (const TokenId token : texts.stream) class_stream.push_back(texts.classes.class_of[token]);
  const auto classes = PatternIndex::build(class_stream, texts.classes.class_count, {}).value();
  const EvidenceModel model(texts.vocabulary, tokens, &classes, texts.classes.class_of, shares);
  Evidence evidence(model);
  double probability = 1;
  uint32_t bits = 0;
  for (const TokenId token : text) {
    probability *= evidence.observe(token);
    for (; probability < 1; probability *= 2) ++bits;
  }
  return bits;
}

TEST_CASE("fitted shares predict text that was not counted better than the default ones") {
  Texts texts = read_towns(240);
  const size_t counted = texts.stream.size() * 9 / 10;
  const std::vector<TokenId> last(texts.stream.begin() + static_cast<std::ptrdiff_t>(counted),
                                  texts.stream.end());
  texts.stream.resize(counted);
  texts.stream.back() = kDocumentEnd;
  const auto table = fit(texts);
  REQUIRE(table.is_ok());
  REQUIRE(!table.value().empty());
  const auto shares = load_new<Shares>(table.value());
  REQUIRE(shares.is_ok());
  CHECK(bits_under(shares.value(), texts, last) < bits_under(Shares(), texts, last));
}

TEST_CASE("the same text gives the same table") {
  const Texts texts = read_towns(120);
  CHECK(fit(texts).value() == fit(texts).value());
}

TEST_CASE("one long document is fitted on pieces of it") {
  const auto table = fit(read_towns(120, true));
  REQUIRE(table.is_ok());
  CHECK(table.value() != Shares().save());
  CHECK(table.value().size() == Shares().save().size());
}

TEST_CASE("a short text keeps the default shares") {
  const Texts texts = read_towns(10);
  CHECK(fit(texts).value().empty());
}

TEST_CASE("levels that are left out get no share, whatever the length of the text") {
  for (const uint32_t documents : {10u, 120u}) {
    CAPTURE(documents);
    const Texts texts = read_towns(documents);
    const auto table = fit(texts, {EvidenceLevel::kClass, EvidenceLevel::kSession});
    REQUIRE(table.is_ok());
    const auto shares = load_new<Shares>(table.value());
    REQUIRE(shares.is_ok());
    for (ExpertId expert = 0; expert < kExpertCount; ++expert) {
      const EvidenceLevel level = level_of(expert);
      CAPTURE(int{expert});
      // Texts without wrapped lines may leave unwrapped contexts nothing to say.
      if (level == EvidenceLevel::kUnwrapped) continue;
      CHECK(shares.value().is_silent(expert) ==
            (level == EvidenceLevel::kClass || level == EvidenceLevel::kSession));
    }
  }
}

TEST_CASE("fitting can be cancelled in every phase") {
  const Texts texts = read_towns(120);
  for (const std::string_view phase : {"predicting what was held out", "fitting shares"}) {
    CAPTURE(phase);
    const auto table =
        fit(texts, {}, [&](std::string_view at, uint64_t, uint64_t) { return at != phase; });
    REQUIRE(!table.is_ok());
    CHECK(table.status().code() == StatusCode::kAborted);
  }
}

}  // namespace
}  // namespace cento
