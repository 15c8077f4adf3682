// manifest.json: the one file of a pack that is read as text. Specified in docs/format.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cento/status.h"

namespace cento::cli {

struct ManifestFile {
  bool is_shard = false;   // base tables or tables otherwise
  std::string name;        // "tables.<16 hex>.zst" or "shard-0000.<16 hex>.zst"
  std::string sha256;      // of the file as it lies there, 64 hexadecimal digits
  uint64_t bytes = 0;      // as it lies there
  uint64_t raw_bytes = 0;  // decompressed
  uint64_t documents = 0;  // of a shard
  uint64_t tokens = 0;     // of a shard, end marks included
};

struct Manifest {
  std::string pack_id;  // 32 hexadecimal digits
  std::string name;
  std::string title;
  std::string licence;
  std::string language;
  uint64_t documents = 0;
  uint64_t tokens = 0;
  uint64_t vocabulary = 0;
  uint64_t text_bytes = 0;
  uint64_t classes = 0;
  uint64_t shapes = 0;
  std::vector<ManifestFile> files;  // base tables if there are any, the tables, the shards
};

// Takes nothing on trust: file names that are not a pack's, so every path out of the folder too,
// are refused. Keys that version 1 does not have are passed over. Cost: linear. Errors: kIntegrity
// (with the byte offset where it is not JSON), kVersionMismatch.
Result<Manifest> parse_manifest(std::string_view json);

}  // namespace cento::cli
