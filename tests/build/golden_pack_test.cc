#include <doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "base/random.h"
#include "build/pack_builder.h"
#include "golden/golden_documents.h"
#include "pack/pack_reader.h"
#include "text/tokenizer.h"

namespace cento {
namespace {

using File = std::vector<uint8_t>;

// Tables first, then shards, as their names sort.
std::vector<File> golden_files(const std::string& name) {
  std::map<std::string, File> shards;
  File tables;
  const std::string folder = std::string(CENTO_SOURCE_DIR) + "/tests/golden/" + name;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".zst") continue;
    std::ifstream stream(entry.path(), std::ios::binary);
    File bytes{std::istreambuf_iterator<char>(stream), {}};
    const std::string file_name = entry.path().filename().string();
    if (file_name.starts_with("tables.")) {
      tables = std::move(bytes);
    } else {
      shards[file_name] = std::move(bytes);
    }
  }
  std::vector<File> files = {tables};
  for (auto& [shard_name, bytes] : shards) files.push_back(std::move(bytes));
  return files;
}

Status read_all(const std::vector<File>& files, PackReader& reader) {
  CENTO_RETURN_IF_ERROR(reader.open_tables(files[0]));
  for (size_t i = 1; i < files.size(); ++i) CENTO_RETURN_IF_ERROR(reader.add_shard(files[i]));
  return Status::ok();
}

void check_holds_golden_documents(const PackReader& reader) {
  CHECK(reader.is_complete());
  std::map<std::string, Document> expected;
  for (Document& document : test::golden_documents()) expected[document.id] = std::move(document);
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
  const std::vector<File> files = golden_files("lighthouses-v1");
  REQUIRE(files.size() > 3);
  PackReader reader;
  const Status status = read_all(files, reader);
  CAPTURE(status.to_string());
  REQUIRE(status.is_ok());
  CHECK(reader.header().name == "lighthouses");
  CHECK(reader.header().pack_id == "5c6d3551781baf300492a76ae75c6e1e");
  CHECK(reader.classes().empty());
  check_holds_golden_documents(reader);
}

TEST_CASE("The golden pack with classes is read") {
  PackReader reader;
  REQUIRE(read_all(golden_files("lighthouses-classes-v1"), reader).is_ok());
  CHECK(reader.class_count() == 140);  // no more than different tokens
  CHECK(reader.classes().size() == reader.vocabulary().size());
  check_holds_golden_documents(reader);
}

TEST_CASE("The golden pack with shapes and discourse is read") {
  PackReader reader;
  REQUIRE(read_all(golden_files("lighthouses-discourse-v1"), reader).is_ok());
  CHECK(reader.shapes().size() > reader.class_count());
  CHECK(reader.discourse().paragraphs > 0);
  CHECK(reader.discourse().words.rank("the") < 3);
  check_holds_golden_documents(reader);
}

TEST_CASE("The golden pack with stemming rules is read, and older ones have none") {
  PackReader reader;
  REQUIRE(read_all(golden_files("lighthouses-stems-v1"), reader).is_ok());
  CHECK(reader.stemmer().rule_count() > 0);
  CHECK(reader.stemmer().stem("flashes") == "flash");
  CHECK(reader.stemmer().stem("nautical") == "nautic");
  check_holds_golden_documents(reader);
  PackReader older;
  REQUIRE(read_all(golden_files("lighthouses-v1"), older).is_ok());
  CHECK(older.stemmer().rule_count() == 0);
  CHECK(older.stemmer().stem("flashes") == "flashes");
}

// With CENTO_GOLDEN_OUT set to a folder the pack is written there: how golden packs are made.
TEST_CASE("The builder makes a pack of the golden documents that holds the same") {
  auto built = build_pack(test::golden_documents(), test::golden_options());
  REQUIRE(built.is_ok());
  if (const char* folder = std::getenv("CENTO_GOLDEN_OUT")) {
    for (const PackFile& file : built.value().files) {
      std::ofstream stream(std::string(folder) + '/' + file.name, std::ios::binary);
      stream.write(reinterpret_cast<const char*>(file.bytes.data()),
                   static_cast<std::streamsize>(file.bytes.size()));
    }
  }
  std::vector<File> files;
  for (PackFile& file : built.value().files) files.push_back(std::move(file.bytes));
  files.pop_back();  // the manifest
  PackReader reader;
  REQUIRE(read_all(files, reader).is_ok());
  check_holds_golden_documents(reader);
}

TEST_CASE("A golden file cut at any byte is refused, and the reader stays usable") {
  const std::vector<File> files = golden_files("lighthouses-v1");
  PackReader reader;
  for (size_t f = 0; f < files.size(); ++f) {
    CAPTURE(f);
    for (size_t length = 0; length < files[f].size(); ++length) {
      const Bytes cut = Bytes(files[f]).first(length);
      const Status status = f == 0 ? reader.open_tables(cut) : reader.add_shard(cut);
      CAPTURE(length);
      CHECK(status.code() == StatusCode::kIntegrity);
      CHECK(status.has_offset());
    }
    REQUIRE((f == 0 ? reader.open_tables(files[f]) : reader.add_shard(files[f])).is_ok());
  }
  check_holds_golden_documents(reader);
}

TEST_CASE("A golden file with flipped bits never passes for the file that it was") {
  const std::vector<File> files = golden_files("lighthouses-v1");
  constexpr uint64_t kSeed = 20240611;
  CAPTURE(kSeed);
  Random random(kSeed);
  PackReader good;
  for (size_t f = 0; f < files.size(); ++f) {
    CAPTURE(f);
    const std::vector<TokenId> before = good.stream();
    for (int round = 0; round < 1500; ++round) {
      File bad = files[f];
      for (uint32_t flips = 1 + random.below(3); flips > 0; --flips) {
        const auto byte = random.below(static_cast<uint32_t>(bad.size()));
        bad[byte] = static_cast<uint8_t>(bad[byte] ^ (1u << random.below(8)));
      }
      if (bad == files[f]) continue;
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
        REQUIRE(read_all({files.begin(), files.begin() + static_cast<std::ptrdiff_t>(f)}, good)
                    .is_ok());
      }
    }
    REQUIRE((f == 0 ? good.open_tables(files[f]) : good.add_shard(files[f])).is_ok());
  }
  check_holds_golden_documents(good);
}

}  // namespace
}  // namespace cento
