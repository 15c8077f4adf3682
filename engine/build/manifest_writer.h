// Writes manifest.json: what a loader needs to fetch and check a pack (see docs/format.md).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "pack/pack_reader.h"

namespace cento {

struct ManifestFile {
  std::string name = {};
  std::string sha256 = {};      // of the file as it is served, in hexadecimal digits
  uint64_t bytes = 0;           // the same
  uint64_t raw_bytes = 0;       // decompressed
  uint32_t document_count = 0;  // shards only
  uint32_t token_count = 0;     // shards only
};

// `files`: the tables, then the shards in order.
std::string write_manifest(const PackHeader& header, uint32_t vocabulary_size, uint32_t class_count,
                           uint32_t shape_count, std::span<const ManifestFile> files);

}  // namespace cento
