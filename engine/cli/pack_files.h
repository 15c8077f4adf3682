// The folder of a pack: finds, checks and reads its files, and feeds them to the engine.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "cento/engine.h"
#include "cento/status.h"
#include "cento/verify.h"
#include "cli/manifest.h"

namespace cento::cli {

// The files of one pack, in memory, each checked against the manifest's length and SHA-256.
class PackFiles {
 public:
  // Errors: kNotFound (no pack there), kIntegrity, kVersionMismatch, kIo.
  static Result<PackFiles> open(const std::string& folder);

  const Manifest& manifest() const { return manifest_; }
  const std::vector<std::string>& contents() const { return contents_; }  // of manifest().files
  uint64_t wire_bytes() const { return wire_bytes_; }  // of all files, the manifest included

  // Hands the tables, base tables first, to whatever opens them: all that an Engine reads.
  template <typename Target>
  Status feed_tables(Target& target) const {
    for (size_t i = 0; i < contents_.size(); ++i) {
      if (manifest_.files[i].is_shard) continue;
      const Status status = target.open_tables(as_bytes(contents_[i]));
      if (!status.is_ok()) return in_file(status, manifest_.files[i].name);
    }
    return Status::ok();
  }
  // Hands the tables and then the shards, in order, to an Expresser, Verifier or PackReader.
  template <typename Target>
  Status feed(Target& target) const {
    CENTO_RETURN_IF_ERROR(feed_tables(target));
    for (size_t i = 0; i < contents_.size(); ++i) {
      if (!manifest_.files[i].is_shard) continue;
      const Status status = target.add_shard(as_bytes(contents_[i]));
      if (!status.is_ok()) return in_file(status, manifest_.files[i].name);
    }
    return Status::ok();
  }

 private:
  static Status in_file(const Status& status, const std::string& name);

  Manifest manifest_;
  std::vector<std::string> contents_;  // of manifest_.files
  uint64_t wire_bytes_ = 0;
};

// A pack that answers.
struct MountedPack {
  PackFiles files;
  std::vector<uint8_t> image;
  std::unique_ptr<Engine> engine;
  double express_seconds = 0;  // what building the index took
};

// Opens, expresses and mounts the whole pack of a folder.
Result<MountedPack> mount_pack(const std::string& folder);

}  // namespace cento::cli
