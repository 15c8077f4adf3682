// A pack that another one is built from: all that stays, and where it stands.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/sha256.h"
#include "cento/status.h"
#include "pack/pack_reader.h"
#include "pack/token_codes.h"

namespace cento {

struct BaseShard {
  std::vector<uint8_t> file;  // compressed
  uint64_t raw_bytes = 0;
  Sha256Digest digest{};        // of the decompressed bytes
  uint32_t first_document = 0;  // that begins in it
  uint32_t document_count = 0;  // that begin in it
  uint32_t token_count = 0;     // that it adds to the stream
  bool continues = false;       // its first part goes on with the last document of the one before
};

struct BasePack {
  PackReader reader;  // whole, with its stream
  // The tables that updates name: those of the last full build.
  std::vector<uint8_t> root_file;  // compressed
  std::vector<uint8_t> root_tables;
  std::vector<uint8_t> tables_file;  // its own, where they differ from the root's
  std::vector<uint8_t> tables;       // decompressed
  std::vector<uint8_t> start;        // shard 0, decompressed: the prefix of the others
  std::vector<BaseShard> shards;

  // `tables`: one or two files as docs/format.md says, `shards`: all of them in order.
  // Errors: those of PackReader; kInvalidArgument (not all shards).
  static Result<BasePack> open(std::span<const Bytes> tables_files, std::span<const Bytes> shards);

  TokenCodes codes() const;
  std::string text(DocId document) const;
  std::span<const TokenId> tokens(DocId document) const;
};

}  // namespace cento
