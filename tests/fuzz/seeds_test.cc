// The golden packs as inputs of the targets that read packs.
#include <doctest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "golden/golden_files.h"
#include "pack/pack_format.h"

namespace cento {
namespace {

using test::golden_files;
using test::GoldenFile;

// As Pieces::counted takes it.
void put_counted(Bytes bytes, ByteWriter& writer) {
  REQUIRE(bytes.size() < 1u << 16);
  writer.put(static_cast<uint16_t>(bytes.size()));
  writer.put_bytes(bytes);
}

Bytes content_of(Bytes data, const Section& section) {
  return data.subspan(section.offset, section.length);
}

// What a target reads, of a pack of which the base tables (or nothing) and shard 0 are the
// prefixes.
struct Seeds {
  ByteWriter tables;
  ByteWriter shard;
  std::vector<std::vector<uint8_t>> frames;
};

Seeds seeds_of(const std::string& pack) {
  constexpr std::array kTables = {kPackSection, kShardsSection, kVocabularySection, kCodesSection};
  constexpr std::array kShard = {kDocumentsSection, kTokensSection};
  constexpr std::array kTags = {kPackSection,      kShardsSection,        kVocabularySection,
                                kCodesSection,     kClassesSection,       kShapesSection,
                                kDiscourseSection, kSharesSection,        kStemmerSection,
                                kAliasesSection,   kQuestionWordsSection, kQuestionSpansSection,
                                kDroppedSection};
  constexpr std::string_view kQuestion = "What does the keeper of Sandholm do at night?";
  Seeds seeds;
  std::vector<uint8_t> prefix;
  bool has_start = false;
  for (const GoldenFile& file : golden_files(pack)) {
    ByteWriter frame;
    frame.put(uint8_t{3});  // a level of zstd
    put_counted(prefix, frame);
    frame.put_bytes(file.bytes);
    seeds.frames.push_back(frame.take());
    std::vector<uint8_t> data = decompress_pack_file(file.bytes, prefix).value();
    if (file.is_shard()) {
      const auto sections = read_directory(data, kShardMagic, kShard).value();
      if (!has_start) {
        put_counted(as_bytes(kQuestion), seeds.shard);
        seeds.shard.put(uint8_t{0});  // no section of the tables
      }
      for (const Section& section : sections) put_counted(content_of(data, section), seeds.shard);
    } else {
      const auto sections = read_directory(data, kTablesMagic, kTables).value();
      seeds.tables = ByteWriter();
      seeds.tables.put(uint8_t{2});  // by sections
      put_counted(as_bytes(kQuestion), seeds.tables);
      for (const Section& section : sections) {
        const auto tag = std::find(kTags.begin(), kTags.end(), section.tag);
        REQUIRE(tag != kTags.end());
        seeds.tables.put(static_cast<uint8_t>(tag - kTags.begin()));
        put_counted(content_of(data, section), seeds.tables);
      }
    }
    if (!file.is_shard() || !has_start) prefix = std::move(data);
    has_start = has_start || file.is_shard();
  }
  return seeds;
}

void check_seed(const std::string& path, Bytes seed) {
  const std::string file = std::string(CENTO_SOURCE_DIR) + "/tests/fuzz/corpus/" + path;
  if (std::getenv("CENTO_FUZZ_SEEDS") != nullptr) {
    std::ofstream(file, std::ios::binary)
        .write(reinterpret_cast<const char*>(seed.data()),
               static_cast<std::streamsize>(seed.size()));
  }
  std::ifstream stream(file, std::ios::binary);
  const std::vector<uint8_t> kept{std::istreambuf_iterator<char>(stream), {}};
  CHECK(std::equal(kept.begin(), kept.end(), seed.begin(), seed.end()));
}

// With CENTO_FUZZ_SEEDS set they are written: how these seeds are made.
TEST_CASE("The golden packs are seeds of the fuzz targets") {
  for (const std::string pack : {"tiny-v1", "lighthouses-stems-v1", "lighthouses-updated-v2"}) {
    CAPTURE(pack);
    const Seeds seeds = seeds_of(pack);
    check_seed("tables/" + pack, seeds.tables.buffer());
    check_seed("shard/" + pack, seeds.shard.buffer());
    for (size_t f = 0; f < seeds.frames.size(); ++f) {
      check_seed("frame/" + pack + '-' + std::to_string(f), seeds.frames[f]);
    }
  }
}

}  // namespace
}  // namespace cento
