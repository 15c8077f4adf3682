// Hostile files never make the engine take more memory than their size allows: every allocation of
// this program is counted.
#include <doctest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "base/sha256.h"
#include "cento/engine.h"
#include "golden/golden_files.h"
#include "levels/expression.h"
#include "pack/pack_format.h"
#include "pack/pack_reader.h"
#include "pack/section_writer.h"
#include "text/stemmer.h"

namespace {

uint64_t allocated = 0;  // bytes, ever; what was given back counts too

}  // namespace

void* operator new(size_t size) {
  allocated += size;
  void* memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) std::abort();
  return memory;
}
void* operator new(size_t size, std::align_val_t alignment) {
  allocated += size;
  const auto unit = static_cast<size_t>(alignment);
  void* memory = std::aligned_alloc(unit, (size + unit - 1) / unit * unit);
  if (memory == nullptr) std::abort();
  return memory;
}
void* operator new(size_t size, const std::nothrow_t&) noexcept { return operator new(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }

namespace cento {
namespace {

using File = std::vector<uint8_t>;

// What is taken for each byte of a decompressed file, growing vectors with all that they leave
// behind included, and beside it.
constexpr uint64_t kPerByte = 32;
constexpr uint64_t kBeside = 1u << 20;
constexpr std::array<uint32_t, 4> kNumbers = {~uint32_t{0}, 0x3FFFFFFF, 1u << 20, 0xFFFF};

template <typename Work>
uint64_t bytes_taken_by(const Work& work) {
  const uint64_t before = allocated;
  work();
  return allocated - before;
}

// Runs `use` with a copy of `data` for each place where a number may stand and each such number.
template <typename Use>
void with_each_number(const File& data, const Use& use) {
  for (size_t at = 0; at + sizeof(uint32_t) <= data.size(); at += at < 1200 ? 1 : 13) {
    CAPTURE(at);
    for (const uint32_t number : kNumbers) {
      File hostile = data;
      std::memcpy(hostile.data() + at, &number, sizeof number);
      use(hostile);
    }
  }
}

// The decompressed files of a golden pack.
struct Decompressed {
  File tables;
  std::vector<File> shards;
  size_t digests = 0;  // where they stand in the tables

  explicit Decompressed(const std::string& pack) {
    for (const test::GoldenFile& file : test::golden_files(pack)) {
      if (!file.is_shard()) {
        tables = decompress_pack_file(file.bytes, {}).value();
      } else {
        const Bytes prefix = shards.empty() ? Bytes() : Bytes(shards[0]);
        shards.push_back(decompress_pack_file(file.bytes, prefix).value());
      }
    }
    const std::array known = {kPackSection, kShardsSection, kVocabularySection, kCodesSection};
    const std::vector<Section> sections = read_directory(tables, kTablesMagic, known).value();
    for (const Section& section : sections) {
      if (section.tag == kShardsSection) digests = section.offset;
    }
  }
  // Tables that tell the digest of another shard 0.
  File tables_for(const File& shard) const {
    File sealed = tables;
    const Sha256Digest digest = sha256(shard);
    std::copy(digest.begin(), digest.end(), sealed.begin() + static_cast<std::ptrdiff_t>(digests));
    return store_pack_file(sealed);
  }
};

TEST_CASE("A frame that cannot hold what it promises is refused before memory is taken") {
  for (const uint64_t promised :
       {uint64_t{1} << 17, kMaxFileBytes, kMaxFileBytes + 1, ~uint64_t{0} - 1}) {
    CAPTURE(promised);
    ByteWriter file;
    file.put(uint32_t{0xFD2FB528});
    file.put(uint8_t{0xE0});  // its size in eight bytes
    file.put(promised + 1);
    file.put(uint16_t{1});  // an empty block, the last one
    file.put(uint8_t{0});
    PackReader reader;
    const uint64_t taken =
        bytes_taken_by([&] { CHECK(!reader.open_tables(file.buffer()).is_ok()); });
    CHECK(taken < 1000);  // the message
  }
}

TEST_CASE(
    "Whatever number hostile tables or shards have, they take memory in proportion to their size") {
  for (const std::string pack : {"tiny-v1", "lighthouses-stems-v1"}) {
    CAPTURE(pack);
    const Decompressed good(pack);
    uint64_t most = 0;
    const auto measure = [&](uint64_t size, const auto& work) {
      const uint64_t taken = bytes_taken_by(work);
      most = std::max(most, taken);
      CHECK(taken <= kPerByte * size + kBeside);
    };
    with_each_number(good.tables, [&](const File& tables) {
      const File file = store_pack_file(tables);
      measure(tables.size(), [&] { (void)PackReader().open_tables(file); });
    });
    with_each_number(good.shards[0], [&](const File& shard) {
      const File tables = good.tables_for(shard);
      const File file = store_pack_file(shard);
      PackReader reader;
      if (!reader.open_tables(tables).is_ok()) return;
      measure(shard.size(), [&] { (void)reader.add_shard(file); });
    });
    CHECK(most > kBeside / 8);  // the meter measures
  }
}

TEST_CASE("Whatever number a hostile index has, it takes memory in proportion to its size") {
  const std::vector<test::GoldenFile> files = test::golden_files("lighthouses-stems-v1");
  Expresser expresser;
  Engine engine;
  REQUIRE(test::open_golden(files, expresser).is_ok());
  REQUIRE(engine.open_tables(files[0].bytes).is_ok());
  const File image = expresser.express().value();
  with_each_number(image, [&](File hostile) {
    if (hostile != image) CHECK(engine.mount(hostile).code() != StatusCode::kOk);
    // With the right sum its readers see it, too.
    const Bytes content = Bytes(hostile).first(hostile.size() - sizeof(uint64_t));
    const uint64_t sum = Expression::checksum(content);
    std::memcpy(hostile.data() + content.size(), &sum, sizeof sum);
    const uint64_t taken = bytes_taken_by([&] { (void)Expression().load(hostile); });
    CHECK(taken <= kPerByte * image.size() + kBeside);
  });
  CHECK(engine.mount(image).is_ok());
}

// Tables of nothing but these sections and what must be there.
File tables_with(const std::vector<std::pair<SectionTag, File>>& sections) {
  PackHeader header;
  header.document_count = 1;
  header.token_count = 2;
  header.shard_count = 1;
  PackFileWriter writer;
  writer.add(kPackSection, write_pack_header(header));
  writer.add(kShardsSection, File(sizeof(Sha256Digest)));
  for (const auto& [tag, content] : sections) writer.add(tag, content);
  return store_pack_file(writer.finish(kTablesMagic));
}

TEST_CASE("The largest vocabulary that few bytes can tell takes less than 96 MiB") {
  // One run of strings that share 254 bytes: each but the first is a column of three bytes, the
  // byte that differs, and a zero.
  constexpr uint32_t kCount = 255 * 255;
  ByteWriter vocabulary;
  vocabulary.put(kCount);
  vocabulary.put(uint16_t{1});
  vocabulary.put(uint8_t{0});
  for (uint32_t i = 0; i < 2 * kCount; ++i) vocabulary.put(uint8_t{0});
  // "aa…a" with two bytes at the end that count upwards.
  const auto tail = [](uint32_t i) {
    return std::pair<uint8_t, uint8_t>(1 + i / 255, 1 + i % 255);
  };
  ByteWriter strings;
  for (uint32_t i = 0; i < kCount; ++i) {
    const auto [high, low] = tail(i);
    const bool same_high = i > 0 && tail(i - 1).first == high;
    vocabulary.put(static_cast<uint8_t>(i == 0 ? 0 : same_high ? 254 : 253));
    for (int a = 0; i == 0 && a < 253; ++a) strings.put(uint8_t{'a'});
    if (!same_high) strings.put(high);
    strings.put(low);
    strings.put(uint8_t{0});
  }
  vocabulary.put_bytes(strings.buffer());
  const File file = tables_with({{kVocabularySection, vocabulary.take()}, {kCodesSection, {0}}});
  PackReader reader;
  const uint64_t taken = bytes_taken_by([&] { REQUIRE(reader.open_tables(file).is_ok()); });
  REQUIRE(reader.vocabulary().size() == kCount + 257);
  CHECK(taken < uint64_t{96} << 20);  // with all that is given back
  CHECK(reader.memory_bytes() < uint64_t{24} << 20);
}

TEST_CASE("Stemming rules that share more than 4 MiB are refused on the way") {
  ByteWriter stems;
  stems.put(uint16_t{1});
  stems.put(uint8_t{0});  // cuts nothing
  stems.put(uint8_t{0});  // puts nothing
  stems.put(uint32_t{Stemmer::kMaxRules});
  for (uint32_t i = 0; i < Stemmer::kMaxRules; ++i) stems.put(uint8_t{0});
  for (uint32_t i = 0; i < Stemmer::kMaxRules; ++i)
    stems.put(static_cast<uint8_t>(i == 0 ? 0 : 250));
  for (int a = 0; a < 250; ++a) stems.put(uint8_t{'a'});
  for (uint32_t i = 0; i < Stemmer::kMaxRules; ++i) stems.put(uint16_t{'b'});
  ByteWriter vocabulary;
  vocabulary.put(uint32_t{0});
  vocabulary.put(uint16_t{0});
  const size_t size = stems.size();
  const File file = tables_with({{kVocabularySection, vocabulary.take()},
                                 {kCodesSection, {0}},
                                 {kStemmerSection, stems.take()}});
  PackReader reader;
  const uint64_t taken = bytes_taken_by([&] { CHECK(!reader.open_tables(file).is_ok()); });
  CHECK(taken < kPerByte * size + (uint64_t{16} << 20));
}

TEST_CASE("Tables that announce more text than tokens can spell are refused") {
  Decompressed good("tiny-v1");
  const std::array known = {kPackSection, kShardsSection, kVocabularySection, kCodesSection};
  const size_t pack = read_directory(good.tables, kTablesMagic, known).value()[0].offset;
  REQUIRE(PackReader().open_tables(store_pack_file(good.tables)).is_ok());
  const uint64_t text_bytes = uint64_t{1} << 40;
  std::memcpy(good.tables.data() + pack + 12, &text_bytes, sizeof text_bytes);
  const Status status = PackReader().open_tables(store_pack_file(good.tables));
  CHECK(status.code() == StatusCode::kIntegrity);
  CHECK(status.offset() == pack);
}

TEST_CASE("A shard of documents without anything takes memory in proportion to its size") {
  const Decompressed good("tiny-v1");
  constexpr uint32_t kCount = 1u << 15;
  ByteWriter documents;
  documents.put(uint8_t{0});
  documents.put(kCount);
  for (uint32_t i = 0; i < 16 * kCount; ++i) documents.put(uint8_t{0});
  PackFileWriter writer;
  writer.add(kDocumentsSection, documents.take());
  writer.add(kTokensSection, File(1u << 16));
  const File shard = writer.finish(kShardMagic);
  PackReader reader;
  REQUIRE(reader.open_tables(good.tables_for(shard)).is_ok());
  const File file = store_pack_file(shard);
  const uint64_t taken = bytes_taken_by([&] { CHECK(!reader.add_shard(file).is_ok()); });
  CHECK(taken > shard.size());
  CHECK(taken <= kPerByte * shard.size() + kBeside);
}

}  // namespace
}  // namespace cento
