// A personal layer: texts of one reader, as a small pack in the vocabulary and with the tables of
// another one, its base. It is opened, expressed, mounted (`Engine::mount` with the base) and
// verified as any pack is; its pack id changes with every text and so names its revision.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "cento/status.h"

namespace cento {

// What is said of a layer as a whole.
struct LayerHeader {
  std::string_view name;
  std::string_view title;
  std::string_view licence;
  std::string_view language;  // BCP 47
};

// Writes the files of a layer. Deterministic: the same base, texts and header give the same bytes.
// Memory: the base's decompressed tables, the texts' tokens. Threads: one at a time.
class LayerWriter {
 public:
  LayerWriter();
  ~LayerWriter();
  // The tables file of the base; of two, the base tables first. Errors: kIntegrity,
  // kVersionMismatch.
  Status open_tables(std::span<const uint8_t> file);
  // The next document; ids must differ. Cost: linear in the text. Errors: kInvalidArgument (no
  // tables yet).
  Status add(std::string_view id, std::string_view title, std::string_view url,
             std::string_view text);
  // Makes the files of all documents so far. Errors: kInvalidArgument (there is none),
  // kResourceExhausted (more text than a shard may hold).
  Status finish(const LayerHeader& header);
  // What `finish` made: the tables file, and the only shard.
  const std::vector<uint8_t>& tables() const;
  const std::vector<uint8_t>& shard() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cento
