// Writes the outer form of pack files and the section that shards share with layers: what
// pack/pack_format.h and pack/document_section.h read.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "pack/document_section.h"
#include "pack/pack_format.h"
#include "pack/pack_reader.h"

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

// Section PACK; the pack id is not in it.
std::vector<uint8_t> write_pack_header(const PackHeader& header);

// Section DOCS; `heading_floor` as in `read_shard_documents`.
std::vector<uint8_t> write_shard_documents(const ShardDocuments& documents, uint32_t heading_floor);

// One zstd frame that says its size and holds `data` as it is, in raw blocks: what any reader of
// packs takes, at the cost of a copy.
std::vector<uint8_t> store_pack_file(Bytes data);

}  // namespace cento
