// Writes manifest.json: what a loader needs to fetch and check a pack (see docs/format.md).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "pack/pack_reader.h"

namespace cento {

enum class FileRole : uint8_t { kBase, kTables, kShard };

struct ManifestFile {
  FileRole role = FileRole::kShard;
  std::string name = {};
  std::string sha256 = {};      // of the file as it is served, in hexadecimal digits
  uint64_t bytes = 0;           // the same
  uint64_t raw_bytes = 0;       // decompressed
  uint32_t document_count = 0;  // of shards
  uint32_t token_count = 0;     // of shards
};

// `files`: base tables if there are any, the tables, the shards in order.
std::string write_manifest(const PackHeader& header, uint32_t vocabulary_size, uint32_t class_count,
                           uint32_t shape_count, std::span<const ManifestFile> files);

}  // namespace cento
