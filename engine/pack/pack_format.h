// The outer form of pack files, as both the reader and the builder need it. Specification:
// docs/format.md.
//
// A file is one zstd frame. Inside: magic, version, a directory of tagged sections, the sections.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "cento/status.h"

namespace cento {

// A tag is four ASCII letters. A reader skips a section that it does not know when the tag begins
// with a lower-case letter, and gives kVersionMismatch when it begins with a capital.
using SectionTag = uint32_t;

constexpr SectionTag make_tag(const char (&letters)[5]) {
  SectionTag tag = 0;
  for (int i = 3; i >= 0; --i) tag = (tag << 8) | static_cast<uint8_t>(letters[i]);
  return tag;
}

using PackMagic = std::array<char, 8>;
inline constexpr PackMagic kTablesMagic = {'c', 'e', 'n', 't', 'o', 't', 'b', 'l'};
inline constexpr PackMagic kShardMagic = {'c', 'e', 'n', 't', 'o', 's', 'h', 'd'};

inline constexpr SectionTag kPackSection = make_tag("PACK");        // tables: PackHeader
inline constexpr SectionTag kShardsSection = make_tag("SHRD");      // tables: digests of the shards
inline constexpr SectionTag kVocabularySection = make_tag("VOCB");  // tables
inline constexpr SectionTag kCodesSection = make_tag("CODE");       // tables: TokenCodes
inline constexpr SectionTag kDocumentsSection = make_tag("DOCS");   // shards: metadata
inline constexpr SectionTag kTokensSection = make_tag("TOKS");      // shards: codes of the stream

inline constexpr SectionTag kClassesSection = make_tag("clss");  // tables, optional: classes
inline constexpr SectionTag kShapesSection =
    make_tag("shap");  // tables, optional: merges of classes
inline constexpr SectionTag kDiscourseSection = make_tag("disc");  // tables, optional
inline constexpr SectionTag kSharesSection = make_tag("shar");     // tables, optional: opaque here
inline constexpr SectionTag kStemmerSection = make_tag("stem");    // tables, optional: Stemmer

inline constexpr SectionTag kAliasesSection = make_tag("qali");  // tables, optional
inline constexpr SectionTag kQuestionWordsSection =
    make_tag("qwrd");  // tables, optional: WordTransfer
inline constexpr SectionTag kQuestionSpansSection =
    make_tag("qspn");  // tables, optional: SpanTables
inline constexpr SectionTag kDroppedSection =
    make_tag("drop");  // tables, optional: documents of shard 0 that are passed over

inline constexpr uint32_t kMaxSections = 64;
inline constexpr size_t kPackPreambleBytes = 16;        // magic, version, number of sections
inline constexpr size_t kPackDirectoryEntryBytes = 12;  // tag, offset, length

struct Section {
  SectionTag tag;
  uint32_t offset;  // bytes from the beginning of the decompressed file
  uint32_t length;  // bytes
};

// The one zstd frame that `file` is, decompressed with `prefix` as the text before it.
// Memory: what the frame says it holds, at most kMaxFileBytes, checked before it is taken.
// Errors: kIntegrity, with an offset in the compressed file.
Result<std::vector<uint8_t>> decompress_pack_file(Bytes file, Bytes prefix);

// Checks magic, version and directory of a decompressed file: sections lie one behind the other,
// cover the rest of the file, have different tags, and those that begin with a capital are in
// `known`. All of `known` must be there. Errors: kIntegrity, kVersionMismatch.
Result<std::vector<Section>> read_directory(Bytes data, const PackMagic& magic,
                                            std::span<const SectionTag> known);

bool has_section(std::span<const Section> sections, SectionTag tag);

// A reader that stands at the beginning of a section and ends with it; its offsets are the file's.
// REQUIRES: `read_directory` gave `sections` for `data`; has_section(sections, tag).
ByteReader open_section(Bytes data, std::span<const Section> sections, SectionTag tag);

// The reader's error, or kIntegrity where bytes are left over.
Status finish_section(const ByteReader& reader);

// A column of 32-bit numbers as four planes: all lowest bytes, all second bytes, … Small numbers
// leave runs of zeros, which zstd makes nothing of.
std::vector<uint32_t> take_planes(ByteReader& reader, uint64_t count);
void put_planes(std::span<const uint32_t> values, ByteWriter& writer);

}  // namespace cento
