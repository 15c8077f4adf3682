// Cuts the documents of a pack into shards that compress to no more than a file may have.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/progress.h"
#include "build/start_chooser.h"
#include "cento/status.h"
#include "pack/token_codes.h"
#include "text/document.h"
#include "text/vocabulary.h"

namespace cento {

struct ShardLimits {
  uint32_t first_shard_bytes;  // compressed, at most
  uint32_t max_file_bytes;     // the same of every other shard
  int zstd_level;
};

struct Shard {
  std::vector<uint8_t> data;    // decompressed
  std::vector<uint8_t> file;    // compressed
  uint32_t document_count = 0;  // that begin in it
  uint32_t heading_count = 0;
  uint32_t token_count = 0;  // that it adds to the stream, the opening mark among those of shard 0
};

// Shard 0 has the documents that StartChooser finds and is as large as it may be. The others follow
// in order and are cut by content (content-defined chunking: Muthitacharoen, Chen & Mazieres 2001):
// at documents whose ids hash to a small number, so that cuts stay where they are when other
// documents change. A document is whole in its shard unless it is larger than a shard may be.
// Lifetime: everything given to the constructor must outlive the cutter.
class ShardCutter {
 public:
  // tokens[d]: the encoded text of documents[d].
  ShardCutter(std::span<const Document> documents, std::span<const std::vector<TokenId>> tokens,
              const Vocabulary& vocabulary, const TokenCodes& codes, const ShardLimits& limits);

  // Cost: some five compressions of shard 0, one of each other.
  // Errors: kInvalidArgument (a document whose metadata alone is larger than a file), kAborted,
  // those of `compress_pack_file`.
  Result<std::vector<Shard>> cut(const Progress& progress);

  // Shards behind shard 0 (`prefix`: its decompressed bytes) of documents[i] for the i in `order`,
  // the first one from its token `first_token` on, appended to `shards`. Cost and errors: as of
  // `cut`.
  Status cut_stretch(std::span<const uint32_t> order, uint32_t first_token, Bytes prefix,
                     std::vector<Shard>& shards, const Progress& progress);

  // A shard of fewer bytes than that before compression has room for another document.
  uint64_t least_bytes() const { return least_bytes_; }

 private:
  // Tokens [begin, end) of a document, and its end mark where `end` is the number of its tokens.
  struct Part {
    uint32_t document;
    uint32_t begin;
    uint32_t end;
    bool operator==(const Part&) const = default;
  };
  using Parts = std::vector<Part>;

  // What things take in a shard before compression, in bytes.
  uint64_t strings_cost(const Part& part) const;
  uint64_t heading_cost(const Heading& heading) const;
  size_t text_bytes(uint32_t document, uint32_t token_count) const;  // of its first tokens

  // As many tokens of a document from `begin` on as cost at most `budget`. `cost` is what they
  // cost, or more than `budget` where the document does not end with them.
  Part take_part(uint32_t document, uint32_t begin, uint64_t budget, uint64_t& cost) const;
  // Makes the part end between two characters and have at least one token, if its document has any.
  void mend_cut(Part& part) const;
  // What shard 0 holds when it may take so many bytes before compression.
  Parts plan_start(const StartChooser& chooser, uint64_t budget) const;
  // Whether a shard begins with this document though the one before it is not full.
  bool is_cut(uint32_t document) const;
  Result<Shard> write(const Parts& parts, Bytes prefix) const;
  // One shard, or several where it would be larger than a file may be.
  Status write_shards(const Parts& parts, Bytes prefix, std::vector<Shard>& shards) const;
  Status too_much_metadata(uint32_t document) const;
  // The largest shard 0 found in a few attempts.
  Result<Shard> fit_start(Parts& fitted) const;
  std::span<const Document> documents_;
  std::span<const std::vector<TokenId>> tokens_;
  const Vocabulary& vocabulary_;
  const TokenCodes& codes_;
  ShardLimits limits_;
  std::vector<uint64_t> costs_;  // of the documents
  // Of a shard behind shard 0 before compression; the last one may be smaller.
  uint64_t least_bytes_ = 0;
  uint64_t most_bytes_ = 0;
};

}  // namespace cento
