#include "build/pack_updater.h"

#include <doctest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/random.h"
#include "support/sample_corpus.h"

namespace cento {
namespace {

PackOptions small_files() {
  PackOptions options;
  options.first_shard_bytes = 900;
  options.max_file_bytes = 5000;
  options.max_vocabulary = 500;
  options.zstd_level = 3;
  return options;
}

bool is_shard(const PackFile& file) { return file.name.starts_with("shard-"); }

BuiltPack built_of(const std::vector<Document>& documents) {
  Result<BuiltPack> built = build_pack(documents, small_files());
  CAPTURE(built.status().to_string());
  REQUIRE(built.is_ok());
  return std::move(built).value();
}

BasePack opened(const BuiltPack& built) {
  std::vector<Bytes> tables;
  std::vector<Bytes> shards;
  for (size_t f = 0; f + 1 < built.files.size(); ++f) {
    (is_shard(built.files[f]) ? shards : tables).push_back(built.files[f].bytes);
  }
  Result<BasePack> base = BasePack::open(tables, shards);
  CAPTURE(base.status().to_string());
  REQUIRE(base.is_ok());
  return std::move(base).value();
}

UpdatedPack updated(const std::vector<Document>& documents, const BasePack& base) {
  Result<UpdatedPack> update = update_pack(documents, base, small_files());
  CAPTURE(update.status().to_string());
  REQUIRE(update.is_ok());
  return std::move(update).value();
}

void check_holds(const BasePack& pack, const std::vector<Document>& documents) {
  std::map<std::string, const Document*> by_id;
  for (const Document& document : documents) by_id[document.id] = &document;
  const DocumentList& list = pack.reader.documents();
  REQUIRE(list.size() == documents.size());
  for (uint32_t d = 0; d < list.size(); ++d) {
    const DocumentInfo info = list[d];
    REQUIRE(by_id.contains(std::string(info.id)));
    const Document& document = *by_id[std::string(info.id)];
    CHECK(pack.text(d) == document.text);
    CHECK(info.url == document.url);
    CHECK(info.title == document.title);
    CHECK(std::equal(info.headings.begin(), info.headings.end(), document.headings.begin(),
                     document.headings.end()));
  }
}

TEST_CASE("An update with nothing new is the base, byte for byte") {
  const std::vector<Document> documents = test::sample_corpus(80);
  const BuiltPack built = built_of(documents);
  const UpdatedPack update = updated(documents, opened(built));
  REQUIRE(update.pack.files.size() == built.files.size());
  for (size_t f = 0; f < built.files.size(); ++f) {
    CHECK(update.pack.files[f].name == built.files[f].name);
    CHECK(update.pack.files[f].bytes == built.files[f].bytes);
  }
  CHECK(update.figures.kept == documents.size());
}

TEST_CASE("An edited document costs its shard, the tables' difference and the manifest") {
  std::vector<Document> documents = test::sample_corpus(200);
  const BuiltPack built = built_of(documents);
  const BasePack base = opened(built);
  REQUIRE(base.shards.size() > 6);
  for (const uint32_t number : {0u, 40u, 77u, 123u, 199u}) {
    CAPTURE(number);
    std::vector<Document> edited = documents;
    edited[number].text += "One more sentence.";
    const UpdatedPack update = updated(edited, base);
    check_holds(opened(update.pack), edited);
    CHECK(update.figures.changed == 1);
    CHECK(update.figures.kept == documents.size() - 1);
    CHECK(update.figures.drift.empty());
    // A new shard may have to be opened for a document that no longer stands in the first one.
    CHECK(update.figures.kept_files + 3 >= update.pack.files.size());
    for (size_t f = 0; f < update.pack.files.size(); ++f) {
      const PackFile& file = update.pack.files[f];
      if (!is_shard(file) && f < 2) CHECK(file.bytes.size() < 5000);
    }
  }
}

TEST_CASE("Updates of updates hold exactly their documents and keep old ids") {
  for (const uint64_t seed : {1u, 2u, 3u}) {
    CAPTURE(seed);
    Random random(seed);
    std::vector<Document> documents = test::sample_corpus(120);
    std::vector<Document> others = test::sample_corpus(200);
    others.erase(others.begin(), others.begin() + 120);
    BuiltPack built = built_of(documents);
    for (int round = 0; round < 5; ++round) {
      CAPTURE(round);
      for (int i = 0; i < 6; ++i) {
        const auto at =
            static_cast<std::ptrdiff_t>(random.below(static_cast<uint32_t>(documents.size())));
        switch (random.below(4)) {
          case 0: documents.erase(documents.begin() + at); break;
          case 1:
            documents.insert(documents.begin() + at, others.back());
            others.pop_back();
            break;
          case 2:
            documents[at].text += "Round " + std::to_string(round) + ", quuxulated by wugs.";
            break;
          default: documents[at].title += "!";
        }
      }
      const BasePack base = opened(built);
      const UpdatedPack update = updated(documents, base);
      const BasePack now = opened(update.pack);
      check_holds(now, documents);
      CHECK(update.figures.kept + update.figures.changed + update.figures.added ==
            documents.size());
      const Vocabulary& before = base.reader.vocabulary();
      REQUIRE(now.reader.vocabulary().size() == before.size() + update.figures.appended_tokens);
      for (uint32_t id = 0; id < before.size(); ++id) {
        const auto token = static_cast<TokenId>(id);
        CHECK(now.reader.vocabulary().text(token) == before.text(token));
        CHECK(now.reader.classes()[id] == base.reader.classes()[id]);
      }
      CHECK(now.root_file == base.root_file);
      CHECK(now.shards[0].file == base.shards[0].file);
      built = update.pack;
    }
  }
}

TEST_CASE("Documents that stay keep their order, and new ones follow") {
  std::vector<Document> documents = test::sample_corpus(100);
  const BasePack base = opened(built_of(documents));
  std::vector<Document> shuffled(documents.rbegin(), documents.rend());
  Document fresh;
  fresh.id = "fresh";
  fresh.text = "A page of its own.";
  shuffled.insert(shuffled.begin(), fresh);
  const BasePack now = opened(updated(shuffled, base).pack);
  for (uint32_t d = 0; d < documents.size(); ++d) {
    CHECK(now.reader.documents()[d].id == base.reader.documents()[d].id);
  }
  CHECK(now.reader.documents()[100].id == "fresh");
}

TEST_CASE("Words that are new and frequent become tokens, others do not change their spelling") {
  std::vector<Document> documents = test::sample_corpus(60);
  const BasePack base = opened(built_of(documents));
  Document fresh;
  fresh.id = "fresh";
  for (int i = 0; i < 6; ++i) fresh.text += "The quuxulator wugs.\n";
  documents.push_back(fresh);
  const UpdatedPack update = updated(documents, base);
  CHECK(update.figures.appended_tokens >= 1);
  const BasePack now = opened(update.pack);
  CHECK(now.reader.vocabulary().find(" quuxulator").has_value());
  for (uint32_t d = 0; d < 60; ++d) {
    const auto before = base.tokens(d);
    const auto after = now.tokens(d);
    CHECK(std::equal(before.begin(), before.end(), after.begin(), after.end()));
  }
}

TEST_CASE("Text that the base's tables do not fit is told as drift") {
  std::vector<Document> documents = test::sample_corpus(60);
  const BasePack base = opened(built_of(documents));
  Random random(7);
  for (int d = 0; d < 30; ++d) {
    Document fresh;
    fresh.id = "strange " + std::to_string(d);
    for (int i = 0; i < 400; ++i) {
      fresh.text += static_cast<char>('A' + static_cast<char>(random.below(26)));
      if (random.below(5) == 0) fresh.text += ' ';
    }
    documents.push_back(std::move(fresh));
  }
  CHECK_FALSE(updated(documents, base).figures.drift.empty());
}

TEST_CASE("Where nothing of the first shard stays, a full build is asked for") {
  const std::vector<Document> documents = test::sample_corpus(60);
  const BasePack base = opened(built_of(documents));
  std::vector<Document> others = test::sample_corpus(60);
  for (Document& document : others) document.id += " of another site";
  const Result<UpdatedPack> update = update_pack(others, base, small_files());
  CHECK(update.status().code() == StatusCode::kInvalidArgument);
}

TEST_CASE("An update that is cancelled stops") {
  std::vector<Document> documents = test::sample_corpus(60);
  const BasePack base = opened(built_of(documents));
  documents[3].text += "More.";
  const Progress stop = [](std::string_view, uint64_t, uint64_t) { return false; };
  CHECK(update_pack(documents, base, small_files(), stop).status().code() == StatusCode::kAborted);
}

}  // namespace
}  // namespace cento
