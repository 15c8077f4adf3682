#include "levels/shape_level.h"

#include <doctest.h>

#include <algorithm>
#include <string>

#include "base/random.h"
#include "levels/crystallize.h"
#include "support/corpus_fixture.h"
#include "support/sample_corpus.h"

namespace cento {
namespace {

// A corpus of towns with its classes and the beginnings of its sentences.
struct Towns {
  test::CorpusFixture corpus;
  TokenClasses classes;
  std::vector<uint32_t> starts;

  explicit Towns(uint32_t count) : corpus(test::sample_corpus(count)) {
    auto built = build_classes(corpus.stream, corpus.vocabulary.size());
    REQUIRE(built.is_ok());
    classes = std::move(built).value();
    for (uint32_t i = 0; i < corpus.stream.size(); ++i) {
      if (corpus.corpus().starts_sentence(i)) starts.push_back(i);
    }
  }
  Shapes shapes() const {
    auto built = build_shapes(corpus.stream, starts, corpus.vocabulary, classes);
    REQUIRE(built.is_ok());
    return std::move(built).value();
  }
  // What `sentence_classes` makes of a text.
  std::vector<uint8_t> classes_of(std::string_view text) const {
    std::vector<TokenId> tokens;
    Tokenizer(corpus.vocabulary).encode(text, tokens);
    std::vector<uint8_t> found;
    const bool is_prose = sentence_classes(tokens, corpus.vocabulary, classes.class_of, found);
    CHECK(is_prose == !found.empty());
    return found;
  }
};

// The classes that a shape stands for.
void spell(const Shapes& shapes, ShapeId shape, std::vector<uint8_t>& out) {
  if (shape < shapes.class_count()) return out.push_back(static_cast<uint8_t>(shape));
  const ShapeMerge merge = shapes.merges()[shape - shapes.class_count()];
  spell(shapes, merge.left, out);
  spell(shapes, merge.right, out);
}

// Each merge in order, from the left.
std::vector<ShapeId> parse_obviously(const Shapes& shapes, std::span<const uint8_t> classes) {
  std::vector<ShapeId> parsed(classes.begin(), classes.end());
  for (uint32_t m = 0; m < shapes.merges().size(); ++m) {
    std::vector<ShapeId> next;
    for (size_t i = 0; i < parsed.size(); ++i) {
      if (i + 1 < parsed.size() && ShapeMerge{parsed[i], parsed[i + 1]} == shapes.merges()[m]) {
        next.push_back(static_cast<ShapeId>(shapes.class_count() + m));
        ++i;
      } else {
        next.push_back(parsed[i]);
      }
    }
    parsed = next;
  }
  return parsed;
}

std::vector<ShapeId> parse(const Shapes& shapes, std::span<const uint8_t> classes) {
  std::vector<ShapeId> out;
  ShapeParser(shapes).parse(classes, out);
  return out;
}

}  // namespace

TEST_CASE("a parse makes the merges in their order, as a walk merge by merge does") {
  Random random(31);
  for (uint32_t round = 0; round < 200; ++round) {
    CAPTURE(round);
    const uint32_t class_count = 1 + random.below(6);
    std::vector<WeightedSequence> sequences;
    for (uint32_t s = 0; s < 20; ++s) {
      WeightedSequence sequence;
      for (uint32_t length = random.below(40); length > 0; --length)
        sequence.symbols.push_back(random.below(1 + random.below(class_count)));
      sequences.push_back(std::move(sequence));
    }
    const std::vector<WeightedSequence> original = sequences;
    auto merges = crystallize(sequences, {.first_new_symbol = class_count, .max_new_symbols = 30});
    REQUIRE(merges.is_ok());
    std::vector<ShapeMerge> table;
    for (const Merge& merge : merges.value())
      table.push_back({static_cast<ShapeId>(merge.left), static_cast<ShapeId>(merge.right)});
    auto shapes = Shapes::create(class_count, table);
    REQUIRE(shapes.is_ok());
    for (size_t s = 0; s < original.size(); ++s) {
      const std::vector<uint8_t> classes(original[s].symbols.begin(), original[s].symbols.end());
      const std::vector<ShapeId> parsed = parse(shapes.value(), classes);
      CHECK(parsed == parse_obviously(shapes.value(), classes));
      // Crystallizing itself left the same behind.
      CHECK(std::equal(parsed.begin(), parsed.end(), sequences[s].symbols.begin(),
                       sequences[s].symbols.end()));
      std::vector<uint8_t> spelled;
      for (const ShapeId shape : parsed) spell(shapes.value(), shape, spelled);
      CHECK(spelled == classes);
    }
  }
}

TEST_CASE("a long sentence is parsed in pieces") {
  auto shapes = Shapes::create(2, {{0, 1}, {2, 2}, {1, 0}});
  REQUIRE(shapes.is_ok());
  for (const size_t length : {127u, 128u, 129u, 255u, 256u, 1000u}) {
    CAPTURE(length);
    std::vector<uint8_t> classes;
    for (size_t i = 0; i < length; ++i) classes.push_back(i % 2);
    std::vector<ShapeId> expected;
    for (size_t at = 0; at < length; at += 128) {
      const auto piece = std::span(classes).subspan(at).first(std::min<size_t>(128, length - at));
      const auto parsed = parse_obviously(shapes.value(), piece);
      expected.insert(expected.end(), parsed.begin(), parsed.end());
    }
    CHECK(parse(shapes.value(), classes) == expected);
  }
}

TEST_CASE("a table of shapes must be sound") {
  const auto code = [](uint32_t class_count, std::vector<ShapeMerge> merges) {
    return Shapes::create(class_count, std::move(merges)).status().code();
  };
  CHECK(code(0, {}) == StatusCode::kOk);
  CHECK(code(256, std::vector<ShapeMerge>{{255, 0}, {256, 256}, {257, 257}}) == StatusCode::kOk);
  CHECK(code(257, {}) == StatusCode::kInvalidArgument);
  CHECK(code(3, {{0, 3}}) == StatusCode::kInvalidArgument);  // itself
  CHECK(code(3, {{4, 0}, {0, 1}}) == StatusCode::kInvalidArgument);
  CHECK(code(3, {{0, 1}, {1, 0}, {0, 2}, {1, 0}}) == StatusCode::kInvalidArgument);
  std::vector<ShapeMerge> doubling = {{0, 0}};
  for (ShapeId i = 1; i < 6; ++i) doubling.push_back({i, i});
  CHECK(code(1, doubling) == StatusCode::kOk);  // 64 classes
  doubling.push_back({6, 0});
  CHECK(code(1, doubling) == StatusCode::kInvalidArgument);
  std::vector<ShapeMerge> many;
  for (ShapeId a = 0; a < 256; ++a)
    for (ShapeId b = 0; b < 16 && many.size() < 3841; ++b) many.push_back({a, b});
  CHECK(code(256, many) == StatusCode::kInvalidArgument);
  many.pop_back();
  CHECK(code(256, many) == StatusCode::kOk);
}

TEST_CASE("only prose has classes, and line breaks are not part of it") {
  const Towns towns(40);
  const auto sentence = towns.classes_of("The town grew slowly at first.");
  REQUIRE(!sentence.empty());
  CHECK(towns.classes_of("The town grew\nslowly at\n  first.\n\n") == sentence);
  CHECK(towns.classes_of("\nThe town grew slowly at first.").size() == sentence.size());
  CHECK(!towns.classes_of("(The town grew slowly at first.)").empty());
  CHECK(towns.classes_of("The town grew slowly at first").empty());
  CHECK(towns.classes_of("History").empty());
  CHECK(towns.classes_of(" town.").empty());
  CHECK(towns.classes_of("1, 2, 3, 4, 5, town.").empty());
  CHECK(towns.classes_of("").empty());
}

TEST_CASE("sentences of one pattern are few shapes, and the same stream gives the same shapes") {
  const Towns towns(60);
  const Shapes shapes = towns.shapes();
  const Shapes again = towns.shapes();
  CHECK(std::equal(shapes.merges().begin(), shapes.merges().end(), again.merges().begin(),
                   again.merges().end()));
  // Said of every town, but always with other goods and reasons.
  const auto classes = towns.classes_of(
      "The economy is heavily dependent on the sale of barley to the towns along the coast.");
  REQUIRE(!classes.empty());
  CHECK(parse(shapes, classes).size() * 4 < classes.size());
}

TEST_CASE("corpora without prose have no merges; building stops when it is cancelled") {
  const Towns towns(20);
  const auto none = build_shapes(towns.corpus.stream, {}, towns.corpus.vocabulary, towns.classes);
  REQUIRE(none.is_ok());
  CHECK(none.value().size() == towns.classes.class_count);
  const auto aborted =
      build_shapes(towns.corpus.stream, towns.starts, towns.corpus.vocabulary, towns.classes,
                   [](std::string_view, uint64_t, uint64_t) { return false; });
  CHECK(aborted.status().code() == StatusCode::kAborted);
}

}  // namespace cento
