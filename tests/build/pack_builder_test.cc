#include "build/pack_builder.h"

#include <doctest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/sha256.h"
#include "levels/class_level.h"
#include "pack/pack_reader.h"
#include "support/sample_corpus.h"
#include "text/tokenizer.h"

namespace cento {
namespace {

std::string text_of(const PackFile& file) { return {file.bytes.begin(), file.bytes.end()}; }

// Reads the pack back and compares every document with what went in.
void check_round_trip(const BuiltPack& built, const std::vector<Document>& documents) {
  PackReader reader;
  REQUIRE(reader.open_tables(built.files[0].bytes).is_ok());
  for (size_t f = 1; f + 1 < built.files.size(); ++f) {
    const Status status = reader.add_shard(built.files[f].bytes);
    CAPTURE(status.to_string());
    REQUIRE(status.is_ok());
  }
  CHECK(reader.is_complete());
  CHECK(reader.stream_length() == built.token_count);
  std::map<std::string, const Document*> by_id;
  for (const Document& document : documents) by_id[document.id] = &document;
  REQUIRE(reader.documents().size() == documents.size());
  const Tokenizer tokenizer(reader.vocabulary());
  for (uint32_t d = 0; d < reader.documents().size(); ++d) {
    const DocumentInfo& info = reader.documents()[d];
    const Document& document = *by_id[std::string(info.id)];
    std::string text;
    tokenizer.decode(std::span(reader.stream()).subspan(info.first_token, info.token_count), text);
    CHECK(text == document.text);
    CHECK(std::equal(info.headings.begin(), info.headings.end(), document.headings.begin(),
                     document.headings.end()));
    CHECK(reader.stream()[info.first_token - 1] == kDocumentEnd);
    CHECK(reader.stream()[info.first_token + info.token_count] == kDocumentEnd);
  }
  REQUIRE(reader.classes().size() == reader.vocabulary().size());
  CHECK(reader.classes()[kDocumentEnd] == kDocumentEndClass);
  CHECK(reader.shapes().class_count() == reader.class_count());
  CHECK(std::count(reader.classes().begin(), reader.classes().end(), kDocumentEndClass) == 1);
  const std::string manifest = text_of(built.files.back());
  CHECK(manifest.find("\"classes\":" + std::to_string(reader.class_count())) != std::string::npos);
}

TEST_CASE("A pack holds exactly the documents that it was built from") {
  const std::vector<Document> documents = test::sample_corpus(60);
  for (const uint32_t max_file_bytes : {3500u, 4000u, 1u << 20}) {
    for (const uint32_t first_shard_bytes : {600u, 200'000u}) {
      CAPTURE(max_file_bytes);
      CAPTURE(first_shard_bytes);
      PackOptions options;
      options.max_file_bytes = max_file_bytes;
      options.first_shard_bytes = first_shard_bytes;
      options.max_vocabulary = 500;
      auto built = build_pack(documents, options);
      CAPTURE(built.status().to_string());
      REQUIRE(built.is_ok());
      const BuiltPack& pack = built.value();
      check_round_trip(pack, documents);
      for (size_t f = 0; f + 1 < pack.files.size(); ++f) {
        CHECK(pack.files[f].bytes.size() <= max_file_bytes);
      }
      CHECK(pack.files[1].bytes.size() <= first_shard_bytes);
    }
  }
}

TEST_CASE("Any bytes come back, from documents of any size") {
  constexpr uint64_t kSeed = 99;
  CAPTURE(kSeed);
  Random random(kSeed);
  std::vector<Document> documents;
  for (uint32_t d = 0; d < 12; ++d) {
    Document document;
    document.id = "random " + std::to_string(d);
    const uint32_t length = d % 4 == 0 ? 0 : random.below(4000);
    const uint32_t alphabet = d % 3 == 0 ? 256 : 4;
    for (uint32_t i = 0; i < length; ++i) {
      document.text += static_cast<char>(static_cast<uint8_t>(random.below(alphabet)));
    }
    for (uint32_t at = 0; length > 0 && at + 7 < length; at += 1 + random.below(900)) {
      const uint32_t end = at + random.below(7);
      document.headings.push_back({at, end, static_cast<uint8_t>(1 + random.below(6)), "h"});
      at = end;
    }
    documents.push_back(std::move(document));
  }
  PackOptions options;
  options.first_shard_bytes = 900;
  options.max_file_bytes = 2000;
  options.zstd_level = 3;
  auto built = build_pack(documents, options);
  CAPTURE(built.status().to_string());
  REQUIRE(built.is_ok());
  CHECK(built.value().files.size() > 8);
  check_round_trip(built.value(), documents);
}

TEST_CASE("The same documents give the same bytes, others another pack id") {
  const std::vector<Document> documents = test::sample_corpus(8);
  auto first = build_pack(documents, {});
  auto second = build_pack(documents, {});
  REQUIRE(first.is_ok());
  REQUIRE(second.is_ok());
  REQUIRE(first.value().files.size() == second.value().files.size());
  for (size_t f = 0; f < first.value().files.size(); ++f) {
    CHECK(first.value().files[f].name == second.value().files[f].name);
    CHECK(first.value().files[f].bytes == second.value().files[f].bytes);
  }
  const auto pack_id = [](const BuiltPack& built) {
    PackReader reader;
    REQUIRE(reader.open_tables(built.files[0].bytes).is_ok());
    return reader.header().pack_id;
  };
  std::vector<Document> edited = documents;
  edited[3].text.back() = '!';
  auto third = build_pack(edited, {});
  REQUIRE(third.is_ok());
  CHECK(pack_id(first.value()) != pack_id(third.value()));
  PackOptions weaker;
  weaker.zstd_level = 1;
  auto fourth = build_pack(documents, weaker);
  REQUIRE(fourth.is_ok());
  CHECK(pack_id(first.value()) == pack_id(fourth.value()));
}

TEST_CASE("Files are named by their hash and listed in the manifest, which is last") {
  PackOptions options;
  options.name = "towns \"and\" such";
  options.licence = "CC0-1.0";
  options.max_file_bytes = 2500;
  options.first_shard_bytes = 900;
  options.max_vocabulary = 500;
  auto built = build_pack(test::sample_corpus(40), options);
  REQUIRE(built.is_ok());
  const std::vector<PackFile>& files = built.value().files;
  REQUIRE(files.size() > 3);
  CHECK(files.back().name == "manifest.json");
  const std::string manifest = text_of(files.back());
  CHECK(manifest.find(R"("format":"cento-pack","version":1)") != std::string::npos);
  CHECK(manifest.find(R"("name":"towns \"and\" such")") != std::string::npos);
  uint64_t wire_bytes = manifest.size();
  for (size_t f = 0; f + 1 < files.size(); ++f) {
    const std::string hash = to_hex(sha256(files[f].bytes));
    const std::string stem = f == 0 ? "tables" : "shard-000" + std::to_string(f - 1);
    if (f <= 10) CHECK(files[f].name == stem + '.' + hash.substr(0, 16) + ".zst");
    CHECK(manifest.find("\"bytes\":" + std::to_string(files[f].bytes.size()) + ",\"sha256\":\"" +
                        hash + '"') != std::string::npos);
    wire_bytes += files[f].bytes.size();
  }
  CHECK(built.value().wire_bytes == wire_bytes);
  CHECK(manifest.find("\"counts\":{\"documents\":40,\"tokens\":" +
                      std::to_string(built.value().token_count)) != std::string::npos);
}

TEST_CASE("Documents behind shard 0 keep their order") {
  PackOptions options;
  options.first_shard_bytes = 900;
  options.max_file_bytes = 2500;
  options.max_vocabulary = 500;
  const std::vector<Document> documents = test::sample_corpus(40);
  auto built = build_pack(documents, options);
  REQUIRE(built.is_ok());
  PackReader reader;
  REQUIRE(reader.open_tables(built.value().files[0].bytes).is_ok());
  REQUIRE(reader.add_shard(built.value().files[1].bytes).is_ok());
  const uint32_t start = reader.documents().size();
  CHECK(start > 0);
  for (size_t f = 2; f + 1 < built.value().files.size(); ++f) {
    REQUIRE(reader.add_shard(built.value().files[f].bytes).is_ok());
  }
  const auto place = [&](const DocumentInfo& info) {
    return std::find_if(documents.begin(), documents.end(),
                        [&](const Document& document) { return document.id == info.id; }) -
           documents.begin();
  };
  for (uint32_t d = 1; d < reader.documents().size(); ++d) {
    if (d != start) CHECK(place(reader.documents()[d - 1]) < place(reader.documents()[d]));
  }
}

TEST_CASE("What cannot be built from is refused") {
  const auto code_of = [](std::vector<Document> documents, const PackOptions& options = {}) {
    return build_pack(std::move(documents), options).status().code();
  };
  const Document good{"a", "", "", "Some text, some text.", {}};
  CHECK(code_of({}) == StatusCode::kInvalidArgument);
  CHECK(code_of({{"a", "", "", "", {}}, {"b", "", "", "", {}}}) == StatusCode::kInvalidArgument);
  CHECK(code_of({good, good}) == StatusCode::kInvalidArgument);
  Document heading_outside = good;
  heading_outside.headings = {{0, 22, 1, ""}};
  CHECK(code_of({heading_outside}) == StatusCode::kInvalidArgument);
  Document headings_overlap = good;
  headings_overlap.headings = {{0, 5, 1, ""}, {4, 6, 1, ""}};
  CHECK(code_of({headings_overlap}) == StatusCode::kInvalidArgument);
  Document heading_level = good;
  heading_level.headings = {{0, 5, 7, ""}};
  CHECK(code_of({heading_level}) == StatusCode::kInvalidArgument);
  PackOptions level;
  level.zstd_level = 99;
  CHECK(code_of({good}, level) == StatusCode::kInvalidArgument);
  PackOptions tiny;
  tiny.max_file_bytes = 50;
  CHECK(code_of({good}, tiny) == StatusCode::kInvalidArgument);
  PackOptions small;
  small.max_file_bytes = 1000;
  Document long_title = good;
  Random random(3);
  for (int i = 0; i < 4000; ++i) {
    long_title.title += static_cast<char>('a' + static_cast<int>(random.below(26)));
  }
  CHECK(code_of({long_title}, small) == StatusCode::kInvalidArgument);
}

TEST_CASE("A build that is cancelled at any report stops") {
  const std::vector<Document> documents = test::sample_corpus(10);
  uint32_t reports = 0;
  REQUIRE(build_pack(documents, {}, [&](std::string_view, uint64_t done, uint64_t total) {
            CHECK(done <= total);
            ++reports;
            return true;
          }).is_ok());
  CHECK(reports > 3);
  for (uint32_t stop = 0; stop < reports; ++stop) {
    uint32_t seen = 0;
    const auto built = build_pack(
        documents, {}, [&](std::string_view, uint64_t, uint64_t) { return seen++ != stop; });
    CHECK(built.status().code() == StatusCode::kAborted);
  }
}

}  // namespace
}  // namespace cento
