// Writes what pack/pack_format.h reads: sections, container, zstd frame.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "cento/status.h"
#include "levels/shape_level.h"
#include "pack/document_section.h"
#include "pack/pack_format.h"
#include "pack/token_codes.h"
#include "text/vocabulary.h"

namespace cento {

// Collects sections and puts magic, version and directory in front of them.
class PackFileWriter {
 public:
  void add(SectionTag tag, std::vector<uint8_t> content) {
    sections_.emplace_back(tag, std::move(content));
  }
  // The decompressed file.
  std::vector<uint8_t> finish(const PackMagic& magic) const;

 private:
  std::vector<std::pair<SectionTag, std::vector<uint8_t>>> sections_;
};

// Section VOCB.
std::vector<uint8_t> write_vocabulary(const Vocabulary& vocabulary);

// Section CODE.
std::vector<uint8_t> write_token_codes(const TokenCodes& codes);

// Section shap.
std::vector<uint8_t> write_shapes(const Shapes& shapes);

// Section DOCS; `heading_floor` as in `read_shard_documents`.
std::vector<uint8_t> write_shard_documents(const ShardDocuments& documents, uint32_t heading_floor);

// One zstd frame that says its size, with `prefix` as the text before it. Memory: some 100 MiB at
// the highest levels. Errors: kInvalidArgument (a level that zstd does not have),
// kResourceExhausted.
Result<std::vector<uint8_t>> compress_pack_file(Bytes data, Bytes prefix, int zstd_level);

}  // namespace cento
