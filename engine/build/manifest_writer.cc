#include "build/manifest_writer.h"

#include "base/json_writer.h"

namespace cento {

std::string write_manifest(const PackHeader& header, uint32_t vocabulary_size, uint32_t class_count,
                           uint32_t shape_count, std::span<const ManifestFile> files) {
  JsonWriter json;
  json.begin_object();
  json.field("format", "cento-pack");
  const bool has_base = files.front().role == FileRole::kBase;
  json.field("version", has_base ? kPackFormatVersion : kFirstPackFormatVersion);
  json.field("packId", header.pack_id);
  json.field("name", header.name);
  json.field("title", header.title);
  json.field("licence", header.licence);
  json.field("language", header.language);
  json.key("counts").begin_object();
  json.field("documents", header.document_count);
  json.field("tokens", header.token_count);
  json.field("vocabulary", vocabulary_size);
  json.field("textBytes", header.text_bytes);
  json.field("classes", class_count);
  json.field("shapes", shape_count);
  json.end_object();
  json.key("files").begin_array();
  for (const ManifestFile& file : files) {
    const bool is_shard = file.role == FileRole::kShard;
    json.begin_object();
    json.field("file", file.name);
    json.field("role", is_shard ? "shard" : file.role == FileRole::kBase ? "base" : "tables");
    json.field("bytes", file.bytes);
    json.field("sha256", file.sha256);
    json.field("rawBytes", file.raw_bytes);
    if (is_shard) {
      json.field("documents", file.document_count);
      json.field("tokens", file.token_count);
    }
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take() + '\n';
}

}  // namespace cento
