// The experts of the mixture: who has an opinion on the next token, and how it is filed.
#pragma once

#include <algorithm>
#include <cstdint>

namespace cento {

// Experts are numbered for the table of shares; the numbers are part of the pack format.
using ExpertId = uint8_t;

// Lengths of contexts are filed in bands: 1 to 6 each alone, 7-8, 9-12, 13-20, 21-32, 33 and more.
inline constexpr uint32_t kLengthBands = 11;
inline constexpr uint32_t kMaxClassContext = 5;    // classes
inline constexpr uint32_t kMaxSessionContext = 8;  // tokens

enum : ExpertId {
  kUniform = 0,          // every token alike
  kUnigram = 1,          // continuation counts of single tokens (Kneser & Ney 1995)
  kSessionUnigram = 2,   // tokens of the session so far
  kClassContext = 3,     // + length - 1: the class after so many classes, times the token's share
  kClassSession = 8,     // the class so found, times the token's share among the session's
  kSlowDecay = 9,        // session tokens, each weighing 0.998 of the one after it
  kFastDecay = 10,       // the same with 0.98
  kUnwrapped = 11,       // + band - 1: token contexts read as if lines were not wrapped
  kTokenContext = 22,    // + band - 1: tokens after a context in the pack
  kSessionContext = 33,  // + length - 1: tokens after a context in the session
  kExpertCount = 41,
};

inline constexpr uint32_t kShareBuckets = 256;  // of each expert

// The number of bits of x: 0 for 0, 3 for 4 to 7.
inline uint32_t bit_length(uint32_t x) {
  uint32_t bits = 0;
  for (; x > 0; x >>= 1) ++bits;
  return bits;
}

// 1 to kLengthBands. REQUIRES: length ≥ 1.
inline uint32_t length_band(uint32_t length) {
  if (length <= 6) return length;
  if (length <= 8) return 7;
  if (length <= 12) return 8;
  if (length <= 20) return 9;
  return length <= 32 ? 10 : 11;
}

// Where a context is filed: how often it stands and how varied its followers are. Below 128.
// REQUIRES: distinct ≤ count.
inline uint32_t context_bucket(uint32_t count, uint32_t distinct) {
  const auto share = static_cast<uint32_t>(uint64_t{8} * distinct / (uint64_t{count} + 1));
  return std::min(bit_length(count), 15u) * 8 + std::min(share, 7u);
}
// Added to the bucket of an unwrapped context for the first token of a line.
inline constexpr uint32_t kLineStartBuckets = 128;

// Where the decayed counts and the class of the session are filed: how long the session is.
inline uint32_t session_bucket(uint32_t tokens) { return std::min(bit_length(tokens), 15u); }

// What the experts are grouped by in explanations, ablations and in what suggestions say of
// themselves: the levels that they count at.
enum class EvidenceLevel : uint8_t { kBase, kToken, kUnwrapped, kClass, kSession };
inline constexpr uint32_t kEvidenceLevels = 5;

inline EvidenceLevel level_of(ExpertId expert) {
  if (expert == kUniform || expert == kUnigram) return EvidenceLevel::kBase;
  if (expert >= kSessionContext || expert == kSessionUnigram || expert == kSlowDecay ||
      expert == kFastDecay || expert == kClassSession) {
    return EvidenceLevel::kSession;
  }
  if (expert < kUnwrapped) return EvidenceLevel::kClass;
  return expert < kTokenContext ? EvidenceLevel::kUnwrapped : EvidenceLevel::kToken;
}

}  // namespace cento
