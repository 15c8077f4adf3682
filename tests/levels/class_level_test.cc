#include "levels/class_level.h"

#include <doctest.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "levels/coarsen.h"
#include "levels/token_level.h"
#include "support/sample_corpus.h"
#include "text/tokenizer.h"

namespace cento {
namespace {

// The towns of support/sample_corpus.h as a token stream.
struct TownStream {
  Vocabulary vocabulary;
  std::vector<TokenId> tokens = {kDocumentEnd};
};

TownStream town_stream(uint32_t towns) {
  const std::vector<Document> documents = test::sample_corpus(towns);
  std::vector<std::string_view> texts;
  for (const Document& document : documents) texts.push_back(document.text);
  auto vocabulary = build_vocabulary(texts, {});
  REQUIRE(vocabulary.is_ok());
  TownStream stream{std::move(vocabulary).value()};
  const Tokenizer tokenizer(stream.vocabulary);
  for (const std::string_view text : texts) {
    tokenizer.encode(text, stream.tokens);
    stream.tokens.push_back(kDocumentEnd);
  }
  return stream;
}

TokenClasses classes_of(std::span<const TokenId> stream, uint32_t vocabulary_size) {
  auto classes = build_classes(stream, vocabulary_size);
  REQUIRE(classes.is_ok());
  REQUIRE(classes.value().class_of.size() == vocabulary_size);
  REQUIRE(classes.value().class_count <= kMaxClasses);
  for (const uint8_t c : classes.value().class_of) REQUIRE(c < classes.value().class_count);
  return std::move(classes).value();
}

// Pairs at distances 1 and 2 the obvious way: no pair reaches over a kDocumentEnd.
Coarsening coarsen_obviously(std::span<const TokenId> stream, uint32_t vocabulary_size) {
  std::array<std::map<std::pair<TokenId, TokenId>, uint32_t>, 2> counts;
  for (size_t i = 1; i < stream.size(); ++i) {
    ++counts[0][{stream[i - 1], stream[i]}];
    if (i > 1 && stream[i - 1] != kDocumentEnd) ++counts[1][{stream[i - 2], stream[i]}];
  }
  std::array<std::vector<PairCount>, 2> pairs;
  for (size_t d = 0; d < 2; ++d) {
    for (const auto& [pair, count] : counts[d])
      pairs[d].push_back({pair.first, pair.second, count});
  }
  const Company companies[] = {{pairs[0], 2}, {pairs[1], 1}};
  auto result = coarsen(companies, vocabulary_size, {.class_count = kMaxClasses, .alone = 1});
  REQUIRE(result.is_ok());
  return std::move(result).value();
}

}  // namespace

TEST_CASE("the end of a document has a class to itself") {
  const TownStream stream = town_stream(60);
  const TokenClasses classes = classes_of(stream.tokens, stream.vocabulary.size());
  CHECK(classes.class_of[kDocumentEnd] == kDocumentEndClass);
  CHECK(std::count(classes.class_of.begin(), classes.class_of.end(), kDocumentEndClass) == 1);
}

TEST_CASE("pairs are counted at both distances inside documents") {
  // 700 tokens in documents of 1 to 40 tokens, more tokens than classes.
  constexpr uint32_t kVocabulary = 701;
  Random random(21);
  std::vector<TokenId> stream = {kDocumentEnd};
  for (uint32_t i = 0; i < 300; ++i) {
    for (uint32_t length = 1 + random.below(40); length > 0; --length)
      stream.push_back(static_cast<TokenId>(1 + random.below(1 + random.below(kVocabulary - 1))));
    stream.push_back(kDocumentEnd);
  }
  const TokenClasses classes = classes_of(stream, kVocabulary);
  const Coarsening expected = coarsen_obviously(stream, kVocabulary);
  CHECK(classes.class_count == kMaxClasses);
  CHECK(std::equal(classes.class_of.begin(), classes.class_of.end(), expected.class_of.begin(),
                   expected.class_of.end()));
}

TEST_CASE("words of one kind share a class") {
  // Sentences "<who> <does> <what>." with 120 words of each kind: more words than classes.
  constexpr uint32_t kWords = 120;
  constexpr TokenId kStop = 1;
  Random random(4);
  std::vector<TokenId> stream = {kDocumentEnd};
  for (uint32_t i = 0; i < 40'000; ++i) {
    for (uint32_t kind = 0; kind < 3; ++kind)
      stream.push_back(static_cast<TokenId>(2 + kind * kWords + random.below(kWords)));
    stream.push_back(kStop);
  }
  stream.push_back(kDocumentEnd);
  const TokenClasses classes = classes_of(stream, 2 + 3 * kWords);
  // No class mixes kinds.
  std::map<uint8_t, uint32_t> kind_of;
  for (uint32_t token = 1; token < 2 + 3 * kWords; ++token) {
    CAPTURE(token);
    const uint32_t kind = token == kStop ? 3 : (token - 2) / kWords;
    REQUIRE(kind_of.emplace(classes.class_of[token], kind).first->second == kind);
  }
}

TEST_CASE("the same stream gives the same classes") {
  const TownStream stream = town_stream(40);
  const TokenClasses once = classes_of(stream.tokens, stream.vocabulary.size());
  const TokenClasses again = classes_of(stream.tokens, stream.vocabulary.size());
  CHECK(once.class_of == again.class_of);
  CHECK(once.class_count == again.class_count);
}

TEST_CASE("tiny corpora have classes") {
  const auto check = [](const std::vector<TokenId>& stream, uint32_t classes) {
    const TokenClasses found = classes_of(stream, kFirstMergedToken);
    CHECK(found.class_count == classes);
    CHECK(found.class_of[kDocumentEnd] == kDocumentEndClass);
    CHECK(std::count(found.class_of.begin(), found.class_of.end(), kDocumentEndClass) == 1);
  };
  check({}, 2);
  check({kDocumentEnd}, 2);
  check({kDocumentEnd, kDocumentEnd}, 2);
  check({kDocumentEnd, 5, kDocumentEnd}, 2);
  check({kDocumentEnd, 5, 9, kDocumentEnd}, 3);
  CHECK(classes_of(std::vector<TokenId>{kDocumentEnd}, 1).class_count == 1);
}

TEST_CASE("every byte can have its own class") {
  std::vector<TokenId> stream = {kDocumentEnd};
  for (TokenId token = 1; token < 256; ++token) stream.push_back(token);
  stream.push_back(kDocumentEnd);
  const TokenClasses classes = classes_of(stream, 256);
  CHECK(classes.class_count == kMaxClasses);
  std::vector<uint8_t> sorted = classes.class_of;
  std::sort(sorted.begin(), sorted.end());
  CHECK(std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end());
}

TEST_CASE("building classes stops when it is cancelled") {
  const TownStream stream = town_stream(20);
  for (uint32_t allowed = 0; allowed < 4; ++allowed) {
    uint32_t calls = 0;
    const auto classes =
        build_classes(stream.tokens, stream.vocabulary.size(),
                      [&](std::string_view, uint64_t, uint64_t) { return calls++ < allowed; });
    // Two reports come before coarsening, which has few tokens here.
    if (allowed < 2) CHECK(classes.status().code() == StatusCode::kAborted);
    CHECK((classes.is_ok() || classes.status().code() == StatusCode::kAborted));
  }
}

}  // namespace cento
