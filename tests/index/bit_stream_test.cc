#include "index/bit_stream.h"

#include <doctest.h>

#include "base/random.h"

namespace cento {
namespace {

TEST_CASE("codes of any width and kind are read as they were written") {
  Random random(17);
  for (int round = 0; round < 50; ++round) {
    CAPTURE(round);
    struct Code {
      uint32_t kind;
      uint32_t width;
      uint32_t value;
    };
    std::vector<Code> codes;
    BitWriter writer;
    for (int i = 0; i < 300; ++i) {
      const uint32_t width = random.below(32);
      const auto value = static_cast<uint32_t>(random.next()) & ((uint32_t{1} << width) - 1);
      codes.push_back({random.below(4), width, value});
      switch (codes.back().kind) {
        case 0: writer.bits(value, width); break;
        case 1: writer.unary(value % 200); break;
        case 2: writer.gamma(value + 1); break;
        case 3: {
          const uint64_t before = writer.size();
          writer.golomb(value, width / 2);
          CHECK(writer.size() - before == BitWriter::golomb_size(value, width / 2));
          break;
        }
      }
    }
    const uint64_t size = writer.size();
    const std::vector<uint64_t> words = std::move(writer).finish();
    CHECK(words.size() == (size + 63) / 64 + BitWriter::kSpareWords);
    BitReader reader(words.data(), 0);
    for (const Code& code : codes) {
      switch (code.kind) {
        case 0: CHECK(reader.bits(code.width) == code.value); break;
        case 1: CHECK(reader.unary() == code.value % 200); break;
        case 2: CHECK(reader.gamma() == code.value + 1); break;
        case 3: CHECK(reader.golomb(code.width / 2) == code.value); break;
      }
    }
    CHECK(reader.at() == size);
    CHECK(reader.gamma() == 1);  // zeros behind the end
  }
}

}  // namespace
}  // namespace cento
