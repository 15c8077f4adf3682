// What the builders of whole packs and of updates share: checks of documents, the header's
// sections, names of files and the manifest.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/sha256.h"
#include "build/manifest_writer.h"
#include "build/pack_builder.h"
#include "pack/pack_reader.h"
#include "text/document.h"

namespace cento {

// Errors: kInvalidArgument (no text, headings that are not ascending places of the text, two
// documents with one id), kResourceExhausted (a document of more than 4 GiB).
Status check_documents(std::span<const Document> documents);

std::vector<uint8_t> write_digests(std::span<const Sha256Digest> of_shards);  // section SHRD

// Collects the files of a pack in their order, each named after its content.
class PackAssembly {
 public:
  void add_base_tables(std::vector<uint8_t> file, uint64_t raw_bytes);
  // `tables`: decompressed; they give the pack its id.
  void add_tables(std::vector<uint8_t> file, Bytes tables);
  void add_shard(std::vector<uint8_t> file, uint64_t raw_bytes, uint32_t document_count,
                 uint32_t token_count);
  // Adds the manifest. `header` without pack id.
  BuiltPack finish(PackHeader header, uint32_t vocabulary_size, uint32_t class_count,
                   uint32_t shape_count);

 private:
  void add(std::string_view stem, std::vector<uint8_t> bytes, ManifestFile listed);

  BuiltPack built_;
  std::vector<ManifestFile> list_;
  uint32_t shard_count_ = 0;
  std::string pack_id_;
};

}  // namespace cento
