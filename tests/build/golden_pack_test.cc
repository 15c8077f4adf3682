#include <doctest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "base/random.h"
#include "build/base_pack.h"
#include "build/pack_builder.h"
#include "build/pack_updater.h"
#include "golden/golden_documents.h"
#include "golden/golden_files.h"
#include "pack/pack_reader.h"
#include "text/tokenizer.h"

namespace cento {
namespace {

using test::golden_files;
using test::GoldenFile;
using test::open_golden;

void check_holds_golden_documents(const PackReader& reader,
                                  std::vector<Document> documents = test::golden_documents()) {
  CHECK(reader.is_complete());
  std::map<std::string, Document> expected;
  for (Document& document : documents) expected[document.id] = std::move(document);
  REQUIRE(reader.documents().size() == expected.size());
  const Tokenizer tokenizer(reader.vocabulary());
  for (uint32_t d = 0; d < reader.documents().size(); ++d) {
    const DocumentInfo& info = reader.documents()[d];
    CAPTURE(info.id);
    const Document& document = expected[std::string(info.id)];
    std::string text;
    tokenizer.decode(std::span(reader.stream()).subspan(info.first_token, info.token_count), text);
    CHECK(text == document.text);
    CHECK(info.url == document.url);
    CHECK(info.title == document.title);
    CHECK(std::equal(info.headings.begin(), info.headings.end(), document.headings.begin(),
                     document.headings.end()));
    CHECK(info.text_bytes == document.text.size());
  }
}

TEST_CASE("The golden pack of format version 1 is read") {
  const std::vector<GoldenFile> files = golden_files("lighthouses-v1");
  REQUIRE(files.size() > 3);
  PackReader reader;
  const Status status = open_golden(files, reader);
  CAPTURE(status.to_string());
  REQUIRE(status.is_ok());
  CHECK(reader.header().name == "lighthouses");
  CHECK(reader.header().pack_id == "5c6d3551781baf300492a76ae75c6e1e");
  CHECK(reader.classes().empty());
  check_holds_golden_documents(reader);
}

TEST_CASE("The golden pack with classes is read") {
  PackReader reader;
  REQUIRE(open_golden(golden_files("lighthouses-classes-v1"), reader).is_ok());
  CHECK(reader.class_count() == 140);  // no more than different tokens
  CHECK(reader.classes().size() == reader.vocabulary().size());
  check_holds_golden_documents(reader);
}

TEST_CASE("The golden pack with shapes and discourse is read") {
  PackReader reader;
  REQUIRE(open_golden(golden_files("lighthouses-discourse-v1"), reader).is_ok());
  CHECK(reader.shapes().size() > reader.class_count());
  CHECK(reader.discourse().paragraphs > 0);
  CHECK(reader.discourse().words.rank("the") < 3);
  check_holds_golden_documents(reader);
}

TEST_CASE("The golden pack with stemming rules is read, and older ones have none") {
  PackReader reader;
  REQUIRE(open_golden(golden_files("lighthouses-stems-v1"), reader).is_ok());
  CHECK(reader.stemmer().rule_count() > 0);
  CHECK(reader.stemmer().stem("flashes") == "flash");
  CHECK(reader.stemmer().stem("nautical") == "nautic");
  check_holds_golden_documents(reader);
  PackReader older;
  REQUIRE(open_golden(golden_files("lighthouses-v1"), older).is_ok());
  CHECK(older.stemmer().rule_count() == 0);
  CHECK(older.stemmer().stem("flashes") == "flashes");
}

TEST_CASE("The golden pack of format version 2 is read") {
  const std::vector<GoldenFile> files = golden_files("lighthouses-updated-v2");
  REQUIRE(files.size() > 3);
  CHECK_FALSE(files[1].is_shard());  // base tables come before the tables
  PackReader reader;
  const Status status = open_golden(files, reader);
  CAPTURE(status.to_string());
  REQUIRE(status.is_ok());
  CHECK(reader.header().pack_id == "42d0c0c0648f5762ee8e3539c0babd12");
  CHECK(reader.dropped().size() == 1);
  CHECK(reader.stemmer().rule_count() > 0);
  check_holds_golden_documents(reader, test::edited_golden_documents());
  // Without what they add to, the tables say nothing.
  PackReader alone;
  CHECK_FALSE(alone.open_tables(files[1].bytes).is_ok());
}

// With CENTO_GOLDEN_OUT set to a folder a pack is written there: how golden packs are made.
std::vector<GoldenFile> files_of(BuiltPack&& pack) {
  if (const char* folder = std::getenv("CENTO_GOLDEN_OUT")) {
    for (const PackFile& file : pack.files) {
      std::ofstream stream(std::string(folder) + '/' + file.name, std::ios::binary);
      stream.write(reinterpret_cast<const char*>(file.bytes.data()),
                   static_cast<std::streamsize>(file.bytes.size()));
    }
  }
  pack.files.pop_back();  // the manifest
  std::vector<GoldenFile> files;
  for (PackFile& file : pack.files) files.push_back({file.name, std::move(file.bytes)});
  return files;
}

TEST_CASE("The builder makes a pack of the golden documents that holds the same") {
  auto built = build_pack(test::golden_documents(), test::golden_options());
  REQUIRE(built.is_ok());
  PackReader reader;
  REQUIRE(open_golden(files_of(std::move(built).value()), reader).is_ok());
  check_holds_golden_documents(reader);
}

TEST_CASE("The updater makes a pack of the edited golden documents that holds the same") {
  std::vector<Bytes> tables;
  std::vector<Bytes> shards;
  const std::vector<GoldenFile> files = golden_files("lighthouses-stems-v1");
  for (const GoldenFile& file : files) (file.is_shard() ? shards : tables).emplace_back(file.bytes);
  const auto base = BasePack::open(tables, shards);
  REQUIRE(base.is_ok());
  auto updated = update_pack(test::edited_golden_documents(), base.value(), test::golden_options());
  REQUIRE(updated.is_ok());
  PackReader reader;
  REQUIRE(open_golden(files_of(std::move(updated).value().pack), reader).is_ok());
  check_holds_golden_documents(reader, test::edited_golden_documents());
}

TEST_CASE("A golden file cut at any byte is refused, and the reader stays usable") {
  for (const std::string pack : {"lighthouses-v1", "lighthouses-updated-v2"}) {
    CAPTURE(pack);
    PackReader reader;
    for (const GoldenFile& file : golden_files(pack)) {
      CAPTURE(file.name);
      const auto open = [&](Bytes bytes) {
        return file.is_shard() ? reader.add_shard(bytes) : reader.open_tables(bytes);
      };
      for (size_t length = 0; length < file.bytes.size(); ++length) {
        const Status status = open(Bytes(file.bytes).first(length));
        CAPTURE(length);
        CHECK(status.code() == StatusCode::kIntegrity);
        CHECK(status.has_offset());
      }
      REQUIRE(open(file.bytes).is_ok());
    }
    CHECK(reader.is_complete());
  }
}

TEST_CASE("A golden file with flipped bits never passes for the file that it was") {
  const std::vector<GoldenFile> files = golden_files("lighthouses-v1");
  constexpr uint64_t kSeed = 20240611;
  CAPTURE(kSeed);
  Random random(kSeed);
  PackReader good;
  for (size_t f = 0; f < files.size(); ++f) {
    CAPTURE(f);
    const std::vector<TokenId> before = good.stream();
    for (int round = 0; round < 1500; ++round) {
      std::vector<uint8_t> bad = files[f].bytes;
      for (uint32_t flips = 1 + random.below(3); flips > 0; --flips) {
        const auto byte = random.below(static_cast<uint32_t>(bad.size()));
        bad[byte] = static_cast<uint8_t>(bad[byte] ^ (1u << random.below(8)));
      }
      if (bad == files[f].bytes) continue;
      CAPTURE(round);
      if (f == 0) {
        // Tables prove themselves by their id alone, unless the flip is in zstd's own redundancy.
        PackReader reader;
        if (!reader.open_tables(bad).is_ok()) continue;
        if (reader.header().pack_id != good.header().pack_id) continue;
        CHECK(reader.vocabulary().size() == good.vocabulary().size());
      } else if (const Status status = good.add_shard(bad); !status.is_ok()) {
        CHECK(status.code() != StatusCode::kInvalidArgument);
        CHECK(good.stream() == before);
      } else {
        // A flip that zstd does not mind: the shard was the same. Start over for the next.
        good = PackReader();
        REQUIRE(open_golden({files.begin(), files.begin() + static_cast<std::ptrdiff_t>(f)}, good)
                    .is_ok());
      }
    }
    REQUIRE((f == 0 ? good.open_tables(files[f].bytes) : good.add_shard(files[f].bytes)).is_ok());
  }
  check_holds_golden_documents(good);
}

}  // namespace
}  // namespace cento
