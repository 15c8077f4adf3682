// The files of a golden pack.
#pragma once

#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "cento/status.h"

namespace cento::test {

struct GoldenFile {
  std::string name;
  std::vector<uint8_t> bytes;
  bool is_shard() const { return name.starts_with("shard-"); }
};

inline std::vector<uint8_t> read_golden(const std::string& path) {
  std::ifstream stream(std::string(CENTO_SOURCE_DIR) + "/tests/golden/" + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// Base tables if there are any, tables, shards: in the order of the manifest.
inline std::vector<GoldenFile> golden_files(const std::string& pack) {
  const std::vector<uint8_t> bytes = read_golden(pack + "/manifest.json");
  const std::string manifest(bytes.begin(), bytes.end());
  const std::string key = "\"file\":\"";
  std::vector<GoldenFile> files;
  for (size_t at = manifest.find(key); at != std::string::npos; at = manifest.find(key, at)) {
    at += key.size();
    const std::string name = manifest.substr(at, manifest.find('"', at) - at);
    files.push_back({name, read_golden(pack + '/' + name)});
  }
  return files;
}

// Into anything that opens packs.
template <typename Reader>
Status open_golden(const std::vector<GoldenFile>& files, Reader& reader) {
  for (const GoldenFile& file : files) {
    CENTO_RETURN_IF_ERROR(file.is_shard() ? reader.add_shard(file.bytes)
                                          : reader.open_tables(file.bytes));
  }
  return Status::ok();
}

}  // namespace cento::test
