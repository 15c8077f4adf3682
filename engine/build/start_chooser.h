// Chooses the documents of shard 0. It is the zstd prefix of all later shards and the first thing
// that an engine can answer from, so it should hold, in few bytes, much of what the other documents
// share.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "text/vocabulary.h"

namespace cento {

// Greedy maximum coverage: again and again the document with the most new shared trigrams a byte, a
// trigram counting as often as other documents have it, at most kMaxWeight times. Covered once is
// covered, so values only fall and a lazy queue is exact (Minoux 1978).
// Memory: about 3 bytes a token.
class StartChooser {
 public:
  static constexpr uint32_t kMaxWeight = 4;

  // costs[d]: bytes that document d takes in a shard before compression.
  StartChooser(std::span<const std::vector<TokenId>> documents, std::vector<uint64_t> costs);

  // Documents, ascending, whose costs add up to at most `budget` bytes. May be empty.
  std::vector<uint32_t> choose(uint64_t budget) const;

 private:
  std::vector<uint64_t> costs_;
  std::vector<std::vector<uint32_t>> trigrams_;  // of each document: those that others have too
  std::vector<uint8_t> weights_;                 // of each trigram
};

}  // namespace cento
