// A tiny pack written field by field, independently of engine/build, so that every field can be
// spoilt.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/sha256.h"

namespace cento::test {

using Buffer = std::vector<uint8_t>;

inline void append(Buffer& buffer, const Buffer& more) {
  buffer.insert(buffer.end(), more.begin(), more.end());
}
inline void append(Buffer& buffer, std::string_view text) {
  buffer.insert(buffer.end(), text.begin(), text.end());
}
inline Buffer u32(uint64_t value) {
  Buffer bytes;
  for (int i = 0; i < 4; ++i) bytes.push_back(static_cast<uint8_t>(value >> (8 * i)));
  return bytes;
}
// A column of numbers below 256 in four planes.
inline Buffer planes(const Buffer& values) {
  Buffer bytes = values;
  bytes.resize(4 * values.size());
  return bytes;
}
inline Buffer join(const std::vector<Buffer>& pieces) {
  Buffer all;
  for (const Buffer& piece : pieces) append(all, piece);
  return all;
}
inline Buffer text(std::string_view characters) { return {characters.begin(), characters.end()}; }
inline Buffer counted(std::string_view characters) {
  return join({u32(characters.size()), text(characters)});
}

// One zstd frame (RFC 8878) that says its size and holds raw blocks.
inline Buffer frame_of(const Buffer& data) {
  constexpr size_t kBlockBytes = 1 << 17;
  Buffer frame = {0x28, 0xB5, 0x2F, 0xFD, 0xA0};  // magic; single segment, size in four bytes
  append(frame, u32(data.size()));
  size_t at = 0;
  do {
    const size_t length = std::min(kBlockBytes, data.size() - at);
    const bool is_last = at + length == data.size();
    const auto header = static_cast<uint32_t>((length << 3) | (is_last ? 1 : 0));
    for (int i = 0; i < 3; ++i) frame.push_back(static_cast<uint8_t>(header >> (8 * i)));
    frame.insert(frame.end(), data.begin() + static_cast<std::ptrdiff_t>(at),
                 data.begin() + static_cast<std::ptrdiff_t>(at + length));
    at += length;
  } while (at < data.size());
  return frame;
}

struct HandMadeSection {
  std::string tag;
  Buffer content;
};

struct HandMadeFile {
  std::string magic;
  uint32_t version = 1;
  std::vector<HandMadeSection> sections;

  Buffer data() const {
    Buffer bytes = join({text(magic), u32(version), u32(sections.size())});
    size_t offset = 16 + 12 * sections.size();
    for (const HandMadeSection& section : sections) {
      append(bytes, section.tag);
      append(bytes, u32(offset));
      append(bytes, u32(section.content.size()));
      offset += section.content.size();
    }
    for (const HandMadeSection& section : sections) append(bytes, section.content);
    return bytes;
  }
  // Where the content of a section begins.
  size_t offset_of(std::string_view tag) const {
    size_t offset = 16 + 12 * sections.size();
    for (const HandMadeSection& section : sections) {
      if (section.tag == tag) break;
      offset += section.content.size();
    }
    return offset;
  }
  Buffer& operator[](std::string_view tag) {
    for (HandMadeSection& section : sections) {
      if (section.tag == tag) return section.content;
    }
    return sections.emplace_back(HandMadeSection{std::string(tag), {}}).content;
  }
};

// Document "a", "The cat sat." under the heading "The", in shard 0; document "b", "cat.", its full
// stop in shard 1 as is its second heading. Tokens 257 " cat", 258 " sat", 259 "The", 260 "cat".
// One-byte codes: the document end, "The", " cat".
class HandMadePack {
 public:
  HandMadePack() {
    tables.magic = "centotbl";
    tables["PACK"] = join({u32(2), u32(9), u32(2), u32(16), u32(0), counted("tiny"),
                           counted("Tiny"), counted("CC0-1.0"), counted("en")});
    tables["SHRD"] = {};
    tables["VOCB"] = join({u32(4),
                           {2, 0},
                           {1, 0},  // two runs, the first with spaces
                           {1, 1, 0, 0},
                           {0, 0, 0, 0},  // the runs of "The", "cat", " cat", " sat"
                           {0, 0, 3, 0},  // shared
                           Buffer{'T', 'h', 'e', 0, 'c', 'a', 't', 0, 0, 's', 'a', 't', 0}});
    tables["CODE"] = {3, 0, 0, 3, 1, 1, 1};
    shards.resize(2);
    for (HandMadeFile& shard : shards) shard.magic = "centoshd";
    shards[0]["DOCS"] = join({{0},
                              u32(2),
                              planes({1, 1}),
                              planes({6, 0}),
                              planes({1, 0}),  // id, url, title
                              planes({1, 1}),  // headings
                              planes({0, 0}),
                              planes({3, 2}),
                              planes({3, 0}),  // gap, length, anchor
                              {1, 2},
                              text("ab"),
                              text("a.html"),
                              text("A"),
                              text("the")});
    shards[0]["TOKS"] = {1, 2, kSat0, kSat1, kStop0, kStop1, 0, kCat0, kCat1};
    shards[1]["DOCS"] =
        join({{1}, u32(0), planes({1}), planes({1}), planes({1}), planes({1}), {3}, text("x")});
    shards[1]["TOKS"] = {kStop0, kStop1, 0};
  }

  // Codes of two bytes. Others are numbered without ids 0, 257 and 259.
  static constexpr uint8_t kSat0 = 3 + 1, kSat1 = 0;  // id 258, number 256
  static constexpr uint8_t kCat0 = 3 + 1, kCat1 = 1;  // id 260, number 257
  static constexpr uint8_t kStop0 = 3, kStop1 = '.';  // id 47, number 46

  // Writes the digests of the shards as they are now into the tables.
  void seal() {
    Buffer& digests = tables["SHRD"];
    digests.clear();
    for (const HandMadeFile& shard : shards) {
      const Sha256Digest digest = sha256(shard.data());
      digests.insert(digests.end(), digest.begin(), digest.end());
    }
  }

  HandMadeFile tables;
  std::vector<HandMadeFile> shards;
};

}  // namespace cento::test
