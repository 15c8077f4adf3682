#include "levels/expression.h"

#include <doctest.h>

#include "base/utf8.h"
#include "support/corpus_fixture.h"
#include "support/sample_corpus.h"

namespace cento {
namespace {

TEST_CASE("offsets of every token agree with a scan, in bytes and in UTF-16 units, and back") {
  std::vector<Document> texts = test::sample_corpus(6);
  texts.push_back({"astral", "", "", "𝔘nicode 𝔘nicode — ünd 𝔘nicode mehr, 北京很大。", {}});
  texts.push_back({"empty", "", "", "", {}});
  texts.push_back({"last", "", "", "The end.", {}});
  const test::CorpusFixture fixture(texts);
  const Corpus corpus = fixture.corpus();
  const TextOffsets& offsets = fixture.expression.offsets;
  for (DocId d = 0; d < texts.size(); ++d) {
    const TokenRange range = corpus.document_tokens(d);
    TextOffset expected;
    for (TextPos position = range.begin; position < range.end; ++position) {
      CHECK(offsets.offset_of(position, range.begin, corpus.index(), corpus.vocabulary()) ==
            expected);
      for (const auto& [offset, unit] :
           {std::pair{expected.bytes, OffsetUnit::kBytes}, {expected.utf16, OffsetUnit::kUtf16}}) {
        const TextPos found = offsets.token_at(offset, unit, range.begin, range.end, corpus.index(),
                                               corpus.vocabulary());
        // Byte tokens inside a character have no UTF-16 width: the last of them is found.
        const TextOffset at =
            offsets.offset_of(found, range.begin, corpus.index(), corpus.vocabulary());
        CHECK((unit == OffsetUnit::kBytes ? at.bytes : at.utf16) == offset);
        CHECK(found >= position);
      }
      const std::string_view token = corpus.vocabulary().text(fixture.stream[position]);
      expected.bytes += token.size();
      // The characters that have begun: tokens may end inside one.
      auto whole = static_cast<size_t>(expected.bytes);
      while (whole < texts[d].text.size() && (texts[d].text[whole] & 0xC0) == 0x80) ++whole;
      expected.utf16 = utf16_length(texts[d].text.substr(0, whole));
    }
    CHECK(corpus.text(range) == texts[d].text);
  }
}

TEST_CASE("sentences and paragraphs around every token are what a walk to their starts finds") {
  std::vector<Document> texts = test::sample_corpus(6);
  texts.insert(texts.begin() + 2, {"empty", "", "", "", {}});
  texts.push_back({"last", "", "", "No end", {}});
  const test::CorpusFixture fixture(texts);
  const Corpus corpus = fixture.corpus();
  const auto walk = [&](TextPos position, bool (Corpus::*starts)(TextPos) const) {
    const TokenRange document = corpus.document_tokens(corpus.document_at(position));
    TokenRange range{position, position + 1};
    while (range.begin > document.begin && !(corpus.*starts)(range.begin)) --range.begin;
    while (range.end < document.end && !(corpus.*starts)(range.end)) ++range.end;
    return range;
  };
  uint32_t paragraphs = 0;
  for (TextPos position = 0; position < fixture.stream.size(); ++position) {
    CAPTURE(position);
    CHECK(corpus.sentence_at(position) == walk(position, &Corpus::starts_sentence));
    CHECK(corpus.paragraph_at(position) == walk(position, &Corpus::starts_paragraph));
    paragraphs += corpus.starts_paragraph(position) ? 1 : 0;
  }
  CHECK(paragraphs == fixture.expression.paragraph_starts.ones());
  CHECK(paragraphs < fixture.expression.sentence_starts.ones());
}

TEST_CASE("an expression survives its image, and sentences begin where the text says") {
  const std::vector<Document> texts = test::sample_corpus(4);
  const test::CorpusFixture fixture(texts);
  const std::vector<uint8_t> image = fixture.expression.save();
  std::vector<uint8_t> handed_on;
  fixture.expression.save([&](uint64_t image_bytes, Bytes block) {
    CHECK(image_bytes == image.size());
    handed_on.insert(handed_on.end(), block.begin(), block.end());
  });
  CHECK(handed_on == image);
  const auto loaded = load_new<Expression>(image);
  REQUIRE(loaded.is_ok());
  CHECK(loaded.value().save() == image);
  const Corpus corpus = fixture.corpus();
  const TokenRange first = corpus.document_tokens(0);
  CHECK(corpus.starts_paragraph(first.begin));
  uint32_t sentences = 0;
  for (TextPos p = first.begin; p < first.end; ++p) sentences += corpus.starts_sentence(p) ? 1 : 0;
  CHECK(sentences == 13);  // three headings, eight sentences, two fields
  CHECK_FALSE(corpus.starts_sentence(first.end));
}

TEST_CASE("the index of classes counts the class of every token, and needs none to be there") {
  const test::CorpusFixture fixture(test::sample_corpus(5));
  std::vector<Symbol> classes;
  for (const TokenId token : fixture.stream) classes.push_back(fixture.classes.class_of[token]);
  const PatternIndex& index = fixture.expression.classes;
  CHECK(index.size() == fixture.stream.size());
  CHECK(index.alphabet() == fixture.classes.class_count);
  CHECK_FALSE(index.has_positions());
  for (size_t begin = 0; begin + 3 <= classes.size(); begin += 29) {
    const std::span context = std::span(classes).subspan(begin, 1 + begin % 3);
    uint32_t count = 0;
    for (size_t i = 0; i + context.size() <= classes.size(); ++i) {
      count += std::equal(context.begin(), context.end(), classes.begin() + i) ? 1 : 0;
    }
    CHECK(index.find(context).count() == count);
  }

  const auto without = Expression::build(std::string(32, '0'), 1, fixture.stream,
                                         fixture.vocabulary, fixture.documents);
  REQUIRE(without.is_ok());
  CHECK(without.value().classes.alphabet() == 0);
  CHECK(without.value().memory_bytes() < fixture.expression.memory_bytes());
  const std::vector<uint8_t> image = without.value().save();
  const auto loaded = load_new<Expression>(image);
  REQUIRE(loaded.is_ok());
  CHECK(loaded.value().save() == image);
}

TEST_CASE("an image whose classes are not of its tokens is refused") {
  const test::CorpusFixture fixture(test::sample_corpus(2));
  Expression shorter =
      load_new<Expression>(fixture.expression.save()).value();  // its classes are replaced
  shorter.classes = std::move(PatternIndex::build(std::vector<Symbol>{1, 2, 1}, 3, {})).value();
  CHECK(load_new<Expression>(shorter.save()).status().code() == StatusCode::kIntegrity);
}

TEST_CASE("an image that is cut short or says another version is refused") {
  const test::CorpusFixture fixture(test::sample_corpus(2));
  const std::vector<uint8_t> image = fixture.expression.save();
  for (size_t length = 0; length < image.size(); length += length < 200 ? 1 : 97) {
    CHECK(load_new<Expression>(Bytes(image).first(length)).status().code() ==
          StatusCode::kIntegrity);
  }
  std::vector<uint8_t> newer = image;
  ++newer[4];
  CHECK(load_new<Expression>(newer).status().code() == StatusCode::kVersionMismatch);
  std::vector<uint8_t> longer = image;
  longer.push_back(0);
  CHECK_FALSE(load_new<Expression>(longer).is_ok());
}

TEST_CASE("nothing to express is said so") {
  const auto expression =
      Expression::build(std::string(32, '0'), 0, {}, Vocabulary(), DocumentList());
  CHECK(expression.status().code() == StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace cento
