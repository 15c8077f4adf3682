// Cuts the documents of a pack into shards that compress to no more than a file may have.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/progress.h"
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

// Shard 0 has the documents that StartChooser finds, the others follow in order, each in one shard
// unless it is larger than a shard may be.
// Lifetime: everything given to the constructor must outlive the cutter.
class ShardCutter {
 public:
  // tokens[d]: the encoded text of documents[d].
  ShardCutter(std::span<const Document> documents, std::span<const std::vector<TokenId>> tokens,
              const Vocabulary& vocabulary, const TokenCodes& codes, const ShardLimits& limits);

  // Cost: some five compressions of the whole.
  // Errors: kInvalidArgument (a document whose metadata alone is larger than a file), kAborted,
  // those of `compress_pack_file`.
  Result<std::vector<Shard>> cut(const Progress& progress);

 private:
  // Tokens [begin, end) of a document, and its end mark where `end` is the number of its tokens.
  struct Part {
    uint32_t document;
    uint32_t begin;
    uint32_t end;
    bool operator==(const Part&) const = default;
  };
  using Parts = std::vector<Part>;
  // What a shard holds when it may take so many bytes before compression.
  using Plan = std::function<Parts(uint64_t budget)>;

  // What things take in a shard before compression, in bytes.
  uint64_t strings_cost(const Part& part) const;
  uint64_t heading_cost(const Heading& heading) const;
  size_t text_bytes(uint32_t document, uint32_t token_count) const;  // of its first tokens

  // As many tokens of a document from `begin` on as cost at most `budget`. `cost` is what they
  // cost, or more than `budget` where the document does not end with them.
  Part take_part(uint32_t document, uint32_t begin, uint64_t budget, uint64_t& cost) const;
  // Makes the part end between two characters and have at least one token, if its document has any.
  void mend_cut(Part& part) const;
  Parts plan_next(uint64_t budget) const;
  bool is_everything(const Parts& parts) const;
  void advance(const Parts& parts);
  Result<Shard> write(const Parts& parts, Bytes prefix) const;
  // The largest shard of `plan` found in a few attempts that compresses to at most `limit` bytes.
  Result<Shard> fit(const Plan& plan, uint32_t limit, Bytes prefix, Parts& fitted);

  std::span<const Document> documents_;
  std::span<const std::vector<TokenId>> tokens_;
  const Vocabulary& vocabulary_;
  const TokenCodes& codes_;
  ShardLimits limits_;
  std::vector<uint32_t> order_;  // of the documents in the pack
  size_t next_ = 0;              // place in order_ of the next document to be written
  uint32_t next_token_ = 0;      // of it
  uint64_t data_bytes_ = 3;  // of the last shard, beside file_bytes_: how well this text compresses
  uint64_t file_bytes_ = 2;
};

}  // namespace cento
