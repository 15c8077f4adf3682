#include "base/bytes.h"

#include <doctest.h>

namespace cento {
namespace {

TEST_CASE("what is written is read back, in little-endian order") {
  ByteWriter writer;
  writer.put<uint8_t>(0xAB);
  writer.align(4);
  writer.put<uint32_t>(0x01020304);
  writer.put<uint64_t>(0x1122334455667788);
  writer.put_array(std::span<const uint16_t>(std::vector<uint16_t>{1, 2, 0xFFFF}));
  writer.put_bytes(as_bytes("cento"));
  CHECK(writer.size() == 4 + 4 + 8 + 6 + 5);
  CHECK(writer.buffer()[1] == 0);
  CHECK(writer.buffer()[4] == 4);

  ByteReader reader(writer.buffer());
  CHECK(reader.take<uint8_t>() == 0xAB);
  reader.align(4);
  CHECK(reader.take<uint32_t>() == 0x01020304);
  CHECK(reader.take<uint64_t>() == 0x1122334455667788);
  CHECK(reader.take_array<uint16_t>(3) == std::vector<uint16_t>{1, 2, 0xFFFF});
  CHECK(as_text(reader.take_bytes(5)) == "cento");
  CHECK(reader.remaining() == 0);
  CHECK(reader.is_ok());
  CHECK(reader.status().is_ok());
}

TEST_CASE(
    "with a sink, what is written is handed on in blocks of one size, and the rest at the end") {
  ByteWriter whole;
  std::vector<uint8_t> joined;
  std::vector<size_t> blocks;
  const ByteSink sink = [&](Bytes block) {
    joined.insert(joined.end(), block.begin(), block.end());
    blocks.push_back(block.size());
  };
  ByteWriter writer(&sink);
  const std::vector<uint32_t> many(3 * ByteWriter::kBlockBytes / 4, 0xC0FFEE);  // three blocks
  for (ByteWriter* each : {&whole, &writer}) {
    each->put<uint8_t>(7);
    each->align(8);
    each->put_array(std::span<const uint32_t>(many));
    each->put_bytes(as_bytes("cento"));
    each->align(4);
  }
  CHECK(blocks == std::vector<size_t>(3, ByteWriter::kBlockBytes));
  CHECK(writer.size() == whole.size());
  writer.flush();
  CHECK(writer.size() == whole.size());
  CHECK(blocks.back() == 8 + 8);
  CHECK(joined == whole.buffer());
}

TEST_CASE("the first read that does not fit fails the reader for good and names the byte") {
  const std::vector<uint8_t> bytes = {1, 2, 3, 4, 5};
  ByteReader reader(bytes);
  CHECK(reader.take<uint16_t>() == 0x0201);
  CHECK(reader.take<uint32_t>() == 0);
  CHECK_FALSE(reader.is_ok());
  CHECK(reader.take<uint8_t>() == 0);
  CHECK(reader.take_bytes(1).empty());
  CHECK(reader.status().code() == StatusCode::kIntegrity);
  CHECK(reader.status().offset() == 2);
}

TEST_CASE("an absurd count neither fits nor allocates") {
  const std::vector<uint8_t> bytes(16);
  ByteReader array_reader(bytes);
  CHECK(array_reader.take_array<uint64_t>(~uint64_t{0}).empty());
  CHECK_FALSE(array_reader.is_ok());
  ByteReader overflow_reader(bytes);
  CHECK(overflow_reader.take_array<uint64_t>((uint64_t{1} << 61) + 1).empty());
  CHECK_FALSE(overflow_reader.is_ok());
  ByteReader bytes_reader(bytes);
  CHECK(bytes_reader.take_bytes(~uint64_t{0}).empty());
  CHECK_FALSE(bytes_reader.is_ok());
}

TEST_CASE("arrays need no alignment and may be empty") {
  const std::vector<uint8_t> bytes = {9, 1, 0, 0, 0, 2, 0, 0, 0};
  ByteReader reader(bytes);
  CHECK(reader.take_array<uint32_t>(0).empty());
  CHECK(reader.take<uint8_t>() == 9);
  CHECK(reader.take_array<uint32_t>(2) == std::vector<uint32_t>{1, 2});
  CHECK(reader.take_array<uint32_t>(0).empty());
  CHECK(reader.is_ok());
}

TEST_CASE("padding that the data does not have fails the reader") {
  const std::vector<uint8_t> bytes = {1};
  ByteReader reader(bytes);
  CHECK(reader.take<uint8_t>() == 1);
  reader.align(4);
  CHECK_FALSE(reader.is_ok());
}

}  // namespace
}  // namespace cento
