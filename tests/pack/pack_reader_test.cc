#include "pack/pack_reader.h"

#include <doctest.h>

#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

#include "pack/hand_made_pack.h"

namespace cento {
namespace {

using test::Buffer;
using test::frame_of;
using test::HandMadeFile;
using test::HandMadePack;
using test::u32;

HandMadePack sealed_pack() {
  HandMadePack pack;
  pack.seal();
  return pack;
}

void open(PackReader& reader, const HandMadePack& pack) {
  REQUIRE(reader.open_tables(frame_of(pack.tables.data())).is_ok());
}
void add(PackReader& reader, const HandMadePack& pack, size_t shard) {
  REQUIRE(reader.add_shard(frame_of(pack.shards[shard].data())).is_ok());
}

// Everything that a caller can see.
std::string state_of(const PackReader& reader) {
  std::string state = reader.header().pack_id + '|' + reader.header().name + '|' +
                      std::to_string(reader.shards_read()) + '|' +
                      std::to_string(reader.stream_length()) + '|' +
                      std::to_string(reader.is_complete());
  for (uint32_t d = 0; d < reader.documents().size(); ++d) {
    const DocumentInfo& document = reader.documents()[d];
    state += '|' + std::string(document.id) + ',' + std::to_string(document.token_count) + ',' +
             std::to_string(document.text_bytes) + ',' + std::to_string(document.headings.size());
  }
  for (const TokenId token : reader.stream()) state += ' ' + std::to_string(token);
  return state;
}

std::vector<Heading> headings_of(const PackReader& reader, DocId document) {
  const std::span<const Heading> headings = reader.documents()[document].headings;
  return {headings.begin(), headings.end()};
}

TEST_CASE("A pack is read file by file, and what was read so far is whole") {
  const HandMadePack pack = sealed_pack();
  PackReader reader;
  open(reader, pack);
  CHECK(reader.header().name == "tiny");
  CHECK(reader.header().title == "Tiny");
  CHECK(reader.header().licence == "CC0-1.0");
  CHECK(reader.header().language == "en");
  CHECK(reader.header().pack_id == to_hex(sha256(pack.tables.data())).substr(0, 32));
  CHECK(reader.header().shard_count == 2);
  CHECK(reader.vocabulary().size() == 261);
  CHECK(reader.vocabulary().text(257) == " cat");
  CHECK(reader.vocabulary().text(258) == " sat");
  CHECK(reader.vocabulary().text(259) == "The");
  CHECK(reader.vocabulary().text(260) == "cat");
  CHECK(reader.stream().empty());

  add(reader, pack, 0);
  CHECK(reader.stream() == std::vector<TokenId>{0, 259, 257, 258, 47, 0, 260, 0});
  CHECK(reader.stream_length() == 8);
  CHECK_FALSE(reader.is_complete());
  REQUIRE(reader.documents().size() == 2);
  CHECK(reader.documents()[0].url == "a.html");
  CHECK(reader.documents()[0].title == "A");
  CHECK(headings_of(reader, 0) == std::vector<Heading>{{0, 3, 1, "the"}});
  CHECK(reader.documents()[0].text_bytes == 12);
  CHECK(reader.documents()[1].first_token == 6);
  CHECK(reader.documents()[1].token_count == 1);

  add(reader, pack, 1);
  CHECK(reader.is_complete());
  CHECK(reader.stream() == std::vector<TokenId>{0, 259, 257, 258, 47, 0, 260, 47, 0});
  CHECK(reader.documents()[1].first_token == 6);
  CHECK(reader.documents()[1].token_count == 2);
  CHECK(reader.documents()[1].text_bytes == 4);
  CHECK(headings_of(reader, 1) == std::vector<Heading>{{0, 2, 2, ""}, {3, 4, 3, "x"}});
}

// docs/format.md walks through these files.
TEST_CASE("The golden pack tiny-v1 is the hand-made pack") {
  const HandMadePack pack = sealed_pack();
  const auto golden = [](const std::string& name) {
    std::ifstream stream(std::string(CENTO_SOURCE_DIR) + "/tests/golden/tiny-v1/" + name,
                         std::ios::binary);
    return Buffer{std::istreambuf_iterator<char>(stream), {}};
  };
  CHECK(golden("tables.c4651b152ff38fea.zst") == frame_of(pack.tables.data()));
  CHECK(golden("shard-0000.508bdfa5dd23f727.zst") == frame_of(pack.shards[0].data()));
  CHECK(golden("shard-0001.1433f05171842053.zst") == frame_of(pack.shards[1].data()));
}

TEST_CASE("A reader that forgot how to read takes no shard and keeps what it read") {
  const HandMadePack pack = sealed_pack();
  PackReader reader;
  open(reader, pack);
  add(reader, pack, 0);
  reader.forget_how_to_read();
  CHECK(reader.add_shard(frame_of(pack.shards[1].data())).code() == StatusCode::kInvalidArgument);
  CHECK(reader.stream_length() == 8);
  CHECK(reader.vocabulary().size() > 0);
}

TEST_CASE("Shards before the tables and beyond the last are the caller's error") {
  const HandMadePack pack = sealed_pack();
  PackReader reader;
  const Buffer shard = frame_of(pack.shards[0].data());
  CHECK(reader.add_shard(shard).code() == StatusCode::kInvalidArgument);
  open(reader, pack);
  add(reader, pack, 0);
  add(reader, pack, 1);
  CHECK(reader.add_shard(shard).code() == StatusCode::kInvalidArgument);
}

TEST_CASE("Opening tables again starts anew") {
  const HandMadePack pack = sealed_pack();
  PackReader reader;
  open(reader, pack);
  add(reader, pack, 0);
  open(reader, pack);
  CHECK(reader.shards_read() == 0);
  CHECK(reader.documents().size() == 0);
  CHECK(reader.stream().empty());
}

TEST_CASE("A section that begins with a lower-case letter and is not known is skipped") {
  HandMadePack pack;
  pack.shards[0]["note"] = test::text("anything");
  pack.seal();
  pack.tables["hint"] = {};
  PackReader reader;
  open(reader, pack);
  add(reader, pack, 0);
  CHECK(reader.shards_read() == 1);
}

TEST_CASE("Classes and shares are read where a pack has them") {
  HandMadePack pack = sealed_pack();
  PackReader reader;
  open(reader, pack);
  CHECK(reader.classes().empty());
  CHECK(reader.class_count() == 0);
  CHECK(reader.shares_table().empty());
  const uint64_t without = reader.memory_bytes();

  Buffer classes(261, 2);
  classes[0] = 0;
  classes[259] = 5;
  pack.tables["clss"] = classes;
  pack.tables["shar"] = test::text("any bytes");
  open(reader, pack);
  CHECK(reader.classes() == classes);
  CHECK(reader.class_count() == 6);
  CHECK(reader.shares_table() == test::text("any bytes"));
  CHECK(reader.memory_bytes() >= without + 261 + 9);

  pack.tables["shar"] = Buffer(kMaxSharesBytes);
  open(reader, pack);
  CHECK(reader.shares_table().size() == kMaxSharesBytes);
}

TEST_CASE("Shapes are read where a pack has them") {
  HandMadePack pack = sealed_pack();
  PackReader reader;
  open(reader, pack);
  CHECK(reader.shapes().size() == 0);
  Buffer classes(261, 2);
  pack.tables["clss"] = classes;
  pack.tables["shap"] = {0, 3, 0, 0, 1, 2, 0, 0};  // (0, 1), (3, 2)
  open(reader, pack);
  CHECK(reader.shapes().class_count() == 3);
  CHECK(reader.shapes().size() == 5);
  CHECK(reader.shapes().merges()[1] == ShapeMerge{3, 2});
}

// 4 paragraphs, 2 words, 1 + 3 and 1 + 4 the words, one a sort, two planes of scores.
constexpr size_t kDiscourseBytes = 6 + 4 + 5 + kFirstSorts + 2 * kDiscourseCells;

// Tables of the discourse level that say something.
Buffer discourse_section() {
  DiscourseTables tables;
  tables.words = FrequentWords({"the", "mill"});
  tables.kinds[1] = 2;
  tables.near_scores[3] = -5;
  tables.paragraphs = 7;
  ByteWriter writer;
  tables.save(writer);
  return writer.take();
}

TEST_CASE("Discourse tables are read where a pack has them") {
  HandMadePack pack = sealed_pack();
  PackReader reader;
  open(reader, pack);
  CHECK(reader.discourse().paragraphs == 0);
  pack.tables["disc"] = discourse_section();
  open(reader, pack);
  CHECK(reader.discourse().paragraphs == 7);
  CHECK(reader.discourse().words.rank("mill") == 1);
  CHECK(reader.discourse().kinds[1] == 2);
  CHECK(reader.discourse().near_scores[3] == -5);
}

struct Fault {
  std::string name;
  std::function<void(HandMadePack&)> spoil;
  StatusCode code;
  std::string section;  // the offset is counted from its beginning; from the file's where empty
  uint64_t offset;
};

constexpr StatusCode kBad = StatusCode::kIntegrity;
constexpr StatusCode kNewer = StatusCode::kVersionMismatch;

void expect_fault(const Fault& fault, const Status& status, const HandMadeFile& file) {
  CAPTURE(fault.name);
  CAPTURE(status.to_string());
  CHECK(status.code() == fault.code);
  const uint64_t base = fault.section.empty() ? 0 : file.offset_of(fault.section);
  CHECK(status.offset() == base + fault.offset);
}

TEST_CASE("Damaged tables are refused with code and offset and change nothing") {
  // Offsets in VOCB: 4 run count, 6 runs, 8 low plane, 12 high plane, 16 shared, 20 strings.
  const std::vector<Fault> faults = {
      {"another magic", [](auto& p) { p.tables.magic = "centoshd"; }, kBad, "", 0},
      {"version 0", [](auto& p) { p.tables.version = 0; }, kBad, "", 8},
      {"a newer version", [](auto& p) { p.tables.version = 3; }, kNewer, "", 8},
      {"a section is missing", [](auto& p) { p.tables.sections.pop_back(); }, kBad, "", 16},
      {"a needed section is not known", [](auto& p) { p.tables["NEED"] = {}; }, kNewer, "",
       16 + 4 * 12},
      {"two sections of one tag",
       [](auto& p) {
         p.tables.sections.push_back({"CODE", {}});
       },
       kBad, "", 16 + 4 * 12},
      {"65 sections",
       [](auto& p) {
         p.tables.sections.resize(65, {"many", {}});
       },
       kBad, "", 12},
      {"no documents", [](auto& p) { p.tables["PACK"][0] = 0; }, kBad, "PACK", 0},
      {"no shards", [](auto& p) { p.tables["PACK"][8] = 0; }, kBad, "PACK", 0},
      {"too many tokens", [](auto& p) { p.tables["PACK"][7] = 0xFF; }, kBad, "PACK", 0},
      {"fewer tokens than document ends", [](auto& p) { p.tables["PACK"][4] = 2; }, kBad, "PACK",
       0},
      {"a name longer than the section", [](auto& p) { p.tables["PACK"][23] = 0xFF; }, kBad, "PACK",
       24},
      {"bytes behind the header", [](auto& p) { p.tables["PACK"].push_back(0); }, kBad, "PACK",
       24 + 4 + 8 + 11 + 6 - 0},
      {"a digest too few", [](auto& p) { p.tables["SHRD"].resize(32); }, kBad, "SHRD", 0},
      {"more shards than digests", [](auto& p) { p.tables["PACK"][8] = 3; }, kBad, "SHRD", 0},
      {"more tokens than ids", [](auto& p) { p.tables["VOCB"][2] = 1; }, kBad, "VOCB", 0},
      {"more tokens than the section has", [](auto& p) { p.tables["VOCB"][1] = 1; }, kBad, "VOCB",
       8},
      {"more runs than the section has", [](auto& p) { p.tables["VOCB"][5] = 1; }, kBad, "VOCB", 6},
      {"a run that is not there", [](auto& p) { p.tables["VOCB"][9] = 2; }, kBad, "VOCB", 9},
      {"a run that is not there, high byte", [](auto& p) { p.tables["VOCB"][15] = 1; }, kBad,
       "VOCB", 11},
      {"the first token shares", [](auto& p) { p.tables["VOCB"][16] = 1; }, kBad, "VOCB", 20},
      {"a token shares too much", [](auto& p) { p.tables["VOCB"][18] = 4; }, kBad, "VOCB", 28},
      {"tokens that descend", [](auto& p) { p.tables["VOCB"][20] = 'z'; }, kBad, "VOCB", 24},
      {"one string twice", [](auto& p) { p.tables["VOCB"][10] = 1; }, kBad, "VOCB", 28},
      {"a token without a class", [](auto& p) { p.tables["clss"].resize(260); }, kBad, "clss", 0},
      {"no classes in their section", [](auto& p) { p.tables["clss"] = {}; }, kBad, "clss", 0},
      {"a class without a token", [](auto& p) { p.tables["clss"].resize(262); }, kBad, "clss", 261},
      {"a shape made of itself",
       [](auto& p) {
         p.tables["shap"] = {3, 0, 0, 0};
       },
       kBad, "shap", 0},
      {"a shape that stands twice", [](auto& p) { p.tables["shap"] = {0, 0, 0, 0, 1, 1, 0, 0}; },
       kBad, "shap", 0},
      {"half a shape",
       [](auto& p) {
         p.tables["shap"] = {0, 0, 1, 0, 9};
       },
       kBad, "shap", 4},
      {"too many words of discourse",
       [](auto& p) {
         p.tables["disc"] = test::join({u32(1), {0xF5, 1}});
       },
       kBad, "disc", 0},
      {"discourse that is cut off",
       [](auto& p) {
         p.tables["disc"] = discourse_section();
         p.tables["disc"].pop_back();
       },
       kBad, "disc", kDiscourseBytes - kDiscourseCells},
      {"a kind that there is not",
       [](auto& p) {
         p.tables["disc"] = discourse_section();
         p.tables["disc"][kDiscourseBytes - 2 * kDiscourseCells - 1] = kMaxKinds;
       },
       kBad, "disc", kDiscourseBytes - 2 * kDiscourseCells - 1},
      {"bytes behind discourse",
       [](auto& p) {
         p.tables["disc"] = test::join({discourse_section(), {0}});
       },
       kBad, "disc", kDiscourseBytes},
      {"too many shares", [](auto& p) { p.tables["shar"].resize(kMaxSharesBytes + 1); }, kBad,
       "shar", 0},
      {"a token of one byte",
       [](auto& p) {
         Buffer& v = p.tables["VOCB"];
         v.erase(v.begin() + 21, v.begin() + 23);
       },
       kBad, "VOCB", 20},
      {"a token of 256 bytes",
       [](auto& p) {
         Buffer& v = p.tables["VOCB"];
         v.insert(v.begin() + 21, 253, 'h');
       },
       kBad, "VOCB", 20},
      {"a token with an untold space", [](auto& p) { p.tables["VOCB"][20] = ' '; }, kBad, "VOCB",
       20},
      {"strings that are cut off", [](auto& p) { p.tables["VOCB"].pop_back(); }, kBad, "VOCB", 32},
      {"bytes behind the strings", [](auto& p) { p.tables["VOCB"].push_back(0); }, kBad, "VOCB",
       33},
      {"a code's id out of range", [](auto& p) { p.tables["CODE"][4] = 9; }, kBad, "CODE", 3},
      {"two codes of one id",
       [](auto& p) {
         p.tables["CODE"][6] = 0;
         p.tables["CODE"][5] = 0;
       },
       kBad, "CODE", 5},
      {"codes that are cut off", [](auto& p) { p.tables["CODE"].pop_back(); }, kBad, "CODE", 1},
      {"bytes behind the codes", [](auto& p) { p.tables["CODE"].push_back(0); }, kBad, "CODE", 7},
      {"a dropped document that is cut off",
       [](auto& p) {
         p.tables["drop"] = {0, 0, 0};
       },
       kBad, "drop", 0},
  };
  const HandMadePack good = sealed_pack();
  PackReader reader;
  open(reader, good);
  add(reader, good, 0);
  const std::string before = state_of(reader);
  for (const Fault& fault : faults) {
    HandMadePack bad = good;
    fault.spoil(bad);
    expect_fault(fault, reader.open_tables(frame_of(bad.tables.data())), bad.tables);
    CHECK(state_of(reader) == before);
  }
}

TEST_CASE("Damaged shards are refused with code and offset and change nothing") {
  // Offsets in DOCS of shard 0: 1 documents, 5 id, 13 url, 21 title, 29 headings, 37 gap, 45
  // length, 53 anchor, 61 levels, 63 strings up to 75.
  const std::vector<Fault> faults = {
      {"another magic", [](auto& p) { p.shards[0].magic = "centotbl"; }, kBad, "", 0},
      {"a newer version", [](auto& p) { p.shards[0].version = 7; }, kNewer, "", 8},
      {"a dropped document that is not there",
       [](auto& p) {
         p.tables["drop"] = {9, 0, 0, 0};
       },
       kBad, "", 0},
      {"a section is missing", [](auto& p) { p.shards[0].sections.pop_back(); }, kBad, "", 16},
      {"a mark that is no mark", [](auto& p) { p.shards[0]["DOCS"][0] = 2; }, kBad, "DOCS", 0},
      {"nothing to go on with", [](auto& p) { p.shards[0] = p.shards[1]; }, kBad, "DOCS", 0},
      {"no documents",
       [](auto& p) {
         p.shards[0]["DOCS"] = test::join({{0}, u32(0)});
       },
       kBad, "DOCS", 0},
      {"too many documents", [](auto& p) { p.shards[0]["DOCS"][4] = 0x80; }, kBad, "DOCS", 1},
      {"more documents than the section has", [](auto& p) { p.shards[0]["DOCS"][2] = 1; }, kBad,
       "DOCS", 5},
      {"an id longer than the section", [](auto& p) { p.shards[0]["DOCS"][12] = 0xFF; }, kBad,
       "DOCS", 64},
      {"a url longer than the section", [](auto& p) { p.shards[0]["DOCS"][13] = 0xFF; }, kBad,
       "DOCS", 65},
      {"too many headings", [](auto& p) { p.shards[0]["DOCS"][35] = 0xFF; }, kBad, "DOCS", 37},
      {"more headings than the section has", [](auto& p) { p.shards[0]["DOCS"][29] = 90; }, kBad,
       "DOCS", 37},
      {"a heading that overflows",
       [](auto& p) {
         for (size_t plane = 0; plane < 4; ++plane) {
           p.shards[0]["DOCS"][37 + 2 * plane] = 0xFF;
         }
       },
       kBad, "DOCS", 37},
      {"a heading outside the text", [](auto& p) { p.shards[0]["DOCS"][45] = 13; }, kBad, "DOCS",
       37},
      {"a heading of text that has not come", [](auto& p) { p.shards[0]["DOCS"][46] = 4; }, kBad,
       "DOCS", 38},
      {"level 0", [](auto& p) { p.shards[0]["DOCS"][61] = 0; }, kBad, "DOCS", 61},
      {"level 7", [](auto& p) { p.shards[0]["DOCS"][62] = 7; }, kBad, "DOCS", 62},
      {"two documents of one id", [](auto& p) { p.shards[0]["DOCS"][64] = 'a'; }, kBad, "DOCS", 0},
      {"metadata that is cut off", [](auto& p) { p.shards[0]["DOCS"].pop_back(); }, kBad, "DOCS",
       72},
      {"bytes behind the metadata", [](auto& p) { p.shards[0]["DOCS"].push_back(0); }, kBad, "DOCS",
       75},
      {"the code of no token", [](auto& p) { p.shards[0]["TOKS"][2] = 9; }, kBad, "TOKS", 2},
      {"a code that is cut off", [](auto& p) { p.shards[0]["TOKS"].pop_back(); }, kBad, "TOKS", 8},
      {"a document without tokens", [](auto& p) { p.shards[0]["TOKS"].resize(7); }, kBad, "TOKS",
       0},
      {"tokens behind the last document",
       [](auto& p) {
         test::append(p.shards[0]["TOKS"], Buffer{0, 1});
       },
       kBad, "TOKS", 0},
      {"more tokens than announced",
       [](auto& p) { p.shards[0]["TOKS"].insert(p.shards[0]["TOKS"].begin(), 9, 1); }, kBad, "", 0},
  };
  for (const Fault& fault : faults) {
    HandMadePack bad;
    fault.spoil(bad);
    bad.seal();
    PackReader reader;
    open(reader, bad);
    const std::string before = state_of(reader);
    expect_fault(fault, reader.add_shard(frame_of(bad.shards[0].data())), bad.shards[0]);
    CHECK(state_of(reader) == before);
  }
}

TEST_CASE("A last shard that does not complete the pack is refused") {
  const std::vector<Fault> faults = {
      {"does not go on", [](auto& p) { p.shards[1]["DOCS"][0] = 0; }, kBad, "DOCS", 0},
      {"an id of an earlier shard",
       [](auto& p) {
         p.shards[1]["DOCS"] = test::join({{1},
                                           u32(1),
                                           test::planes({1}),
                                           test::planes({0}),
                                           test::planes({0}),
                                           test::planes({0, 0}),
                                           test::text("a")});
         test::append(p.shards[1]["TOKS"], Buffer{0});
       },
       kBad, "DOCS", 0},
      {"a document too few", [](auto& p) { p.tables["PACK"][0] = 3; }, kBad, "", 0},
      {"a token too few", [](auto& p) { p.tables["PACK"][4] = 10; }, kBad, "", 0},
      {"a byte too many", [](auto& p) { p.tables["PACK"][12] = 17; }, kBad, "", 0},
      {"no document end",
       [](auto& p) {
         p.shards[1]["TOKS"].pop_back();
         p.tables["PACK"][4] = 8;
       },
       kBad, "", 0},
  };
  for (const Fault& fault : faults) {
    HandMadePack bad;
    fault.spoil(bad);
    if (fault.name == "does not go on") {
      // The columns of a shard that goes on are longer by one document.
      bad.shards[1]["DOCS"] = test::join({{0},
                                          u32(1),
                                          test::planes({1}),
                                          test::planes({0}),
                                          test::planes({0}),
                                          test::planes({0}),
                                          test::text("c")});
    }
    bad.seal();
    PackReader reader;
    open(reader, bad);
    const Status first = reader.add_shard(frame_of(bad.shards[0].data()));
    CAPTURE(first.to_string());
    REQUIRE(first.is_ok());
    const std::string before = state_of(reader);
    expect_fault(fault, reader.add_shard(frame_of(bad.shards[1].data())), bad.shards[1]);
    CHECK(state_of(reader) == before);
  }
}

TEST_CASE("Sections must lie one behind the other and fill the file") {
  const Buffer data = sealed_pack().tables.data();
  PackReader reader;
  const auto open_with = [&](size_t at, uint8_t value) {
    Buffer bad = data;
    bad[at] = value;
    return reader.open_tables(frame_of(bad));
  };
  const Status moved = open_with(16 + 4, 1);
  CHECK(moved.code() == kBad);
  CHECK(moved.offset() == 16);
  const Status too_long = open_with(16 + 3 * 12 + 8 + 3, 0xFF);
  CHECK(too_long.code() == kBad);
  CHECK(too_long.offset() == 16 + 3 * 12);
  Buffer longer = data;
  longer.push_back(0);
  const Status behind = reader.open_tables(frame_of(longer));
  CHECK(behind.code() == kBad);
  CHECK(behind.offset() == data.size());
  for (size_t length = 0; length < data.size(); ++length) {
    const Status cut = reader.open_tables(
        frame_of(Buffer(data.begin(), data.begin() + static_cast<std::ptrdiff_t>(length))));
    CHECK(cut.code() == kBad);
    CHECK(cut.has_offset());
  }
}

TEST_CASE("A version mismatch names both versions") {
  HandMadePack pack = sealed_pack();
  pack.tables.version = 41;
  PackReader reader;
  const Status status = reader.open_tables(frame_of(pack.tables.data()));
  CHECK(status.message().find("41") != std::string::npos);
  CHECK(status.message().find("version " + std::to_string(kPackFormatVersion)) !=
        std::string::npos);
}

TEST_CASE("Shards of another pack and in another order are told") {
  const HandMadePack pack = sealed_pack();
  PackReader reader;
  open(reader, pack);
  const Status swapped = reader.add_shard(frame_of(pack.shards[1].data()));
  CHECK(swapped.code() == kBad);
  CHECK(swapped.message() == "The file is shard 1, not shard 0 of this pack.");
  HandMadePack other;
  other.shards[0]["DOCS"][61] = 3;
  const Status foreign = reader.add_shard(frame_of(other.shards[0].data()));
  CHECK(foreign.code() == kBad);
  CHECK(foreign.offset() == 0);
  CHECK(reader.add_shard(frame_of(pack.tables.data())).code() == kBad);
  CHECK(reader.shards_read() == 0);
}

TEST_CASE("What is not one zstd frame of bounded size is refused before memory is taken") {
  const Buffer good = frame_of(sealed_pack().tables.data());
  PackReader reader;
  const auto expect = [&](const Buffer& file, uint64_t offset) {
    const Status status = reader.open_tables(file);
    CAPTURE(status.to_string());
    CHECK(status.code() == kBad);
    CHECK(status.offset() == offset);
  };
  expect({}, 0);
  expect({0x28, 0xB5}, 0);
  expect(test::text("<!DOCTYPE html>"), 0);
  Buffer trailing = good;
  trailing.push_back(0);
  expect(trailing, good.size());
  Buffer two_frames = good;
  test::append(two_frames, good);
  expect(two_frames, good.size());
  // A skippable frame (RFC 8878, 3.1.2) in front.
  Buffer skippable = test::join({u32(0x184D2A50), u32(0), good});
  expect(skippable, 0);
  // No content size: the window descriptor follows, and a block of no bytes.
  expect({0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x00, 0x01, 0x00, 0x00}, 4);
  // A frame of a few bytes that claims 64 MiB and a byte, in one block of a repeated byte.
  Buffer bomb = {0x28, 0xB5, 0x2F, 0xFD, 0xA0};
  test::append(bomb, u32(kMaxFileBytes + 1));
  test::append(bomb, Buffer{0x03, 0x00, 0x10, 0x00});
  expect(bomb, 4);
  // The same claims 64 MiB, which is allowed, and has blocks for 128 KiB.
  Buffer liar = {0x28, 0xB5, 0x2F, 0xFD, 0xA0};
  test::append(liar, u32(kMaxFileBytes));
  test::append(liar, Buffer{0x03, 0x00, 0x10, 0x00});
  expect(liar, 4);
  // Blocks that could hold what it claims, and hold less; and one that is too large to be one.
  Buffer empty = {0x28, 0xB5, 0x2F, 0xFD, 0xA0};
  test::append(empty, u32(1u << 17));
  test::append(empty, Buffer{0x01, 0x00, 0x00});
  expect(empty, 0);
  Buffer large = {0x28, 0xB5, 0x2F, 0xFD, 0xA0};
  test::append(large, u32((1u << 17) + 1));
  test::append(large, Buffer{0x0A, 0x00, 0x10, 0x00, 0x01, 0x00, 0x00});
  expect(large, 0);
}

}  // namespace
}  // namespace cento
