// Builds a pack from documents: trains the vocabulary, encodes, orders, cuts into shards,
// compresses. Used by the tool only; the browser never builds the wire format.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/progress.h"
#include "build/question_tables.h"
#include "cento/status.h"
#include "evidence/experts.h"
#include "text/document.h"

namespace cento {

struct PackOptions {
  std::string name = "pack";
  std::string title;  // of the whole; the name where empty
  std::string licence;
  std::string language = "en";
  uint32_t max_vocabulary = 65536;
  uint32_t first_shard_bytes = 200'000;  // compressed, at most
  uint32_t max_file_bytes = 1u << 20;    // compressed, at most
  int zstd_level = 22;
  // Levels of the evidence that get no share of the mixture, to see what they are worth.
  std::vector<EvidenceLevel> without;
  QuestionTables questions;
};

struct PackFile {
  std::string name;  // "tables.<hash>.zst", "shard-0001.<hash>.zst", "manifest.json"
  std::vector<uint8_t> bytes;
};

struct BuiltPack {
  std::vector<PackFile> files;  // tables, shards in order, manifest last
  uint64_t document_count = 0;
  uint64_t token_count = 0;
  uint64_t text_bytes = 0;
  uint64_t wire_bytes = 0;  // of all files but the manifest's .br twin
};

// Errors: kInvalidArgument (no documents, nothing but empty documents, two documents with one id),
// kResourceExhausted (more text than a pack may hold), kAborted. Deterministic: the same documents
// in the same order and the same options give the same bytes. Memory: about 8 times the text.
Result<BuiltPack> build_pack(std::vector<Document> documents, const PackOptions& options,
                             const Progress& progress = {});

}  // namespace cento
