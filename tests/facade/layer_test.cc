#include "cento/layer.h"

#include <doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "base/random.h"
#include "facade/sample_pack.h"

namespace cento {
namespace {

using test::sample;

// The texts of one reader, mounted over the sample pack.
struct Layer {
  Engine engine;
  Verifier verifier;
  std::vector<uint8_t> tables;
  std::vector<uint8_t> shard;
};

std::unique_ptr<Layer> learn(const std::vector<Document>& documents) {
  LayerWriter writer;
  REQUIRE(writer.open_tables(sample().pack.files[0].bytes).is_ok());
  for (const Document& d : documents) REQUIRE(writer.add(d.id, d.title, d.url, d.text).is_ok());
  REQUIRE(writer.finish({"personal", "Personal", "private", "en"}).is_ok());
  auto layer = std::make_unique<Layer>();
  layer->tables = writer.tables();
  layer->shard = writer.shard();
  Expresser expresser;
  for (const auto* file : {&layer->tables, &layer->shard}) {
    const bool is_tables = file == &layer->tables;
    REQUIRE((is_tables ? expresser.open_tables(*file) : expresser.add_shard(*file)).is_ok());
    REQUIRE((is_tables ? layer->verifier.open_tables(*file) : layer->verifier.add_shard(*file))
                .is_ok());
  }
  const auto image = expresser.express();
  REQUIRE(image.is_ok());
  REQUIRE(layer->engine.open_tables(layer->tables).is_ok());
  REQUIRE(layer->engine.mount(image.value(), &sample().engine).is_ok());
  return layer;
}

Document diary() {
  return {.id = "diary",
          .url = "notes/diary.txt",
          .title = "Diary",
          .text =
              "My grandmother Quillana keeps eleven bees in Zanzabad.\n\n"
              "Her dog is called Bartholomew, and he sleeps in the pantry.\n",
          .headings = {}};
}

// Words that no pack has, some of bytes that are no UTF-8, in sentences.
Document random_document(Random& random, uint32_t number) {
  std::string text;
  for (uint32_t i = 0; i < 40 + random.below(80); ++i) {
    for (uint32_t letters = 1 + random.below(9); letters > 0; --letters) {
      const bool is_odd = random.below(40) == 0;
      text += static_cast<char>(is_odd ? 128 + random.below(128) : 'a' + random.below(26));
    }
    text += random.below(9) == 0 ? ". " : random.below(30) == 0 ? ".\n\n" : " ";
  }
  return {
      .id = "note-" + std::to_string(number), .url = "", .title = "", .text = text, .headings = {}};
}

TEST_CASE("a layer gives its documents back without loss") {
  Random random(11);
  for (uint32_t round = 0; round < 20; ++round) {
    std::vector<Document> documents;
    for (uint32_t d = 0; d <= round % 4; ++d) documents.push_back(random_document(random, d));
    const auto layer = learn(documents);
    CHECK(layer->engine.summary().documents == documents.size());
    for (const Document& document : documents) {
      const auto tokens = layer->engine.encode(document.text);
      REQUIRE(tokens.is_ok());
      CHECK(layer->engine.decode(tokens.value()).value() == document.text);
      CHECK(layer->engine.count(document.text).value() == 1);
      const auto whole = layer->engine.excerpt(document.id, 0, 1u << 20, 0);
      REQUIRE(whole.is_ok());
      CHECK(whole.value().text == document.text);
    }
  }
}

TEST_CASE("a layer's id follows from its texts alone") {
  const auto once = learn({diary()});
  CHECK(learn({diary()})->tables == once->tables);
  Document changed = diary();
  changed.text += "!";
  CHECK(learn({changed})->engine.summary().pack_id != once->engine.summary().pack_id);
  changed = diary();
  changed.title += "!";
  CHECK(learn({changed})->engine.summary().pack_id != once->engine.summary().pack_id);
}

TEST_CASE("what only the reader's text knows is answered from it, and verifies") {
  const auto layer = learn({diary()});
  for (const std::string question :
       {"What is the dog called?", "How many bees does my grandmother keep?",
        "Who sleeps in the pantry?"}) {
    CAPTURE(question);
    const auto answer = layer->engine.answer(Operation::kAsk, question, {});
    REQUIRE(answer.is_ok());
    CHECK_FALSE(answer.value().refused);
    REQUIRE(!answer.value().fragments.empty());
    const Source& source = answer.value().fragments[0].source;
    CHECK(source.document_id == "diary");
    CHECK(source.pack == layer->engine.summary().pack_id);
    CHECK(source.licence == "private");
    const VerifyReport report = layer->verifier.verify(answer.value());
    for (const std::string& problem : report.problems) FAIL_CHECK(problem);
    CHECK(report.valid);
    CHECK(sample().engine.answer(Operation::kAsk, question, {}).value().refused);
  }
}

TEST_CASE("a layer of one page refuses what the base knows") {
  const auto layer = learn({diary()});
  for (const char* question : {"When was Alderbury founded?", "What does the economy depend on?",
                               "How slowly did the town grow?"}) {
    CAPTURE(question);
    CHECK(layer->engine.answer(Operation::kAsk, question, {}).value().refused);
  }
}

TEST_CASE("words of the base weigh in a layer what they weigh there") {
  // A word of every other sentence of the layer is rare still.
  const auto found = learn({diary()})->engine.search("dog", {});
  REQUIRE(found.is_ok());
  REQUIRE(found.value().results.size() == 1);
  CHECK(found.value().results[0].score > 1);
}

TEST_CASE("what is forgotten cannot come out again") {
  Random random(17);
  for (uint32_t round = 0; round < 8; ++round) {
    std::vector<Document> documents;
    for (uint32_t d = 0; d < 4; ++d) documents.push_back(random_document(random, d));
    const uint32_t forgotten = random.below(4);
    const Document gone = documents[forgotten];
    documents.erase(documents.begin() + forgotten);
    const auto layer = learn(documents);

    std::string kept;
    for (const Document& document : documents) kept += document.text;
    constexpr size_t kWindow = 4;
    const auto tokens = layer->engine.encode(gone.text).value();
    size_t unique = 0;
    for (size_t i = 0; i + kWindow <= tokens.size(); ++i) {
      const auto window = layer->engine.decode(std::span(tokens).subspan(i, kWindow)).value();
      if (kept.find(window) != kept.npos) continue;
      ++unique;
      CAPTURE(window);
      CHECK(layer->engine.count(window).value() == 0);
      CHECK(layer->engine.locate(window, 3).value().sources.empty());
    }
    CHECK(unique > 40);
    const auto has = [&](const std::string& text) {
      for (size_t i = 0; i + kWindow <= tokens.size(); ++i) {
        const auto window = layer->engine.decode(std::span(tokens).subspan(i, kWindow)).value();
        if (kept.find(window) == kept.npos && text.find(window) != text.npos) return true;
      }
      return false;
    };
    const std::string opening = gone.text.substr(0, 30);
    for (const auto operation : {Operation::kAsk, Operation::kComplete, Operation::kOverview}) {
      CHECK_FALSE(has(layer->engine.answer(operation, opening, {}).value().text));
    }
    const auto found = layer->engine.search(gone.text, {});
    for (const SearchResult& result : found.value().results) CHECK_FALSE(has(result.excerpt));
    const auto next = layer->engine.suggest(opening, {.limit = 20});
    for (const Suggestion& word : next.value().suggestions) CHECK_FALSE(has(word.text));
    const auto trace = layer->engine.trace(gone.text, {});
    for (const TraceSpan& span : trace.value().spans) {
      CHECK_FALSE(has(gone.text.substr(static_cast<size_t>(span.begin_bytes),
                                       static_cast<size_t>(span.end_bytes - span.begin_bytes))));
    }
  }
}

TEST_CASE("a layer goes on when its base goes") {
  auto base = std::make_unique<Engine>();
  const auto& files = sample().pack.files;
  REQUIRE(base->open_tables(files[0].bytes).is_ok());
  REQUIRE(base->mount(sample().image).is_ok());
  const auto layer = learn({diary()});
  Expresser expresser;
  REQUIRE(expresser.open_tables(layer->tables).is_ok());
  REQUIRE(expresser.add_shard(layer->shard).is_ok());
  REQUIRE(layer->engine.mount(expresser.express().value(), base.get()).is_ok());
  base.reset();
  CHECK_FALSE(layer->engine.answer(Operation::kAsk, "What is the dog called?", {}).value().refused);
}

TEST_CASE("a layer needs tables and a document") {
  LayerWriter writer;
  CHECK(writer.add("a", "", "", "text").code() == StatusCode::kInvalidArgument);
  CHECK_FALSE(writer.open_tables(std::vector<uint8_t>{1, 2, 3}).is_ok());
  REQUIRE(writer.open_tables(sample().pack.files[0].bytes).is_ok());
  CHECK(writer.finish({}).code() == StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace cento
