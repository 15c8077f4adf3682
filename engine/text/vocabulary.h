// The strings behind token ids.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cento/status.h"
#include "text/hash.h"

namespace cento {

using TokenId = uint16_t;

// Ids 0 to 256 are the same in every vocabulary: the end of a document, then one token a byte.
inline constexpr TokenId kDocumentEnd = 0;
inline constexpr TokenId kFirstByteToken = 1;
inline constexpr uint32_t kFirstMergedToken = 257;
inline constexpr uint32_t kMaxVocabulary = 65536;

// An immutable set of at most 65,536 strings with dense ids. Owns its strings.
// Memory: the strings, 2 bytes an id for offsets and 3 to 6 bytes an id for the hash table.
// Threads: const methods may run at the same time.
class Vocabulary {
 public:
  // `merged` holds the strings of ids 257, 258, … Each must be of 2 to 255 bytes and unique.
  // Errors: kInvalidArgument (also for too many strings).
  static Result<Vocabulary> create(const std::vector<std::string>& merged);

  // Only the byte tokens.
  Vocabulary() : Vocabulary(0) {}

  uint32_t size() const { return static_cast<uint32_t>(ends_.size()); }
  // The bytes of a token, empty for kDocumentEnd. REQUIRES: id < size(). Cost: constant.
  std::string_view text(TokenId id) const {
    const uint32_t block = id / kBlock;
    const uint32_t begin = id % kBlock == 0 ? 0 : ends_[id - 1u];
    return std::string_view(strings_).substr(block_starts_[block] + begin, ends_[id] - begin);
  }
  // The id of exactly these bytes. Cost: one hash look-up.
  std::optional<TokenId> find(std::string_view text) const { return find(text, hash_bytes(text)); }
  // The same for a caller that has the hash. REQUIRES: hash == hash_bytes(text).
  std::optional<TokenId> find(std::string_view text, uint32_t hash) const {
    const size_t mask = hash_table_.size() - 1;
    for (size_t slot = hash & mask;; slot = (slot + 1) & mask) {
      const TokenId id = hash_table_[slot];
      if (id == kDocumentEnd) return std::nullopt;
      if (this->text(id) == text) return id;
    }
  }
  uint32_t longest() const { return longest_; }  // bytes of the longest token
  uint64_t memory_bytes() const;

 private:
  // The byte tokens, with a hash table that has room for `merged` more.
  explicit Vocabulary(size_t merged);
  // False where the vocabulary has these bytes already.
  bool append(std::string_view text);

  std::string strings_;
  // Where the strings end, counted from the first of the block: 256 of them are shorter than 64
  // KiB.
  static constexpr uint32_t kBlock = 256;
  std::vector<uint16_t> ends_;
  std::vector<uint32_t> block_starts_;  // in strings_
  std::vector<TokenId> hash_table_;     // open addressing; 0 (kDocumentEnd) marks a free slot
  uint32_t longest_ = 1;
};

}  // namespace cento
