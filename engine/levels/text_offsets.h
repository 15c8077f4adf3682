// From tokens to offsets in a document's text and back.
#pragma once

#include <cstdint>
#include <span>

#include "base/bytes.h"
#include "index/packed_ints.h"
#include "index/pattern_index.h"
#include "text/document_list.h"
#include "text/vocabulary.h"

namespace cento {

// An offset in a document's text, in both units that are in use.
struct TextOffset {
  uint64_t bytes = 0;
  uint64_t utf16 = 0;
  bool operator==(const TextOffset&) const = default;
};

enum class OffsetUnit : uint8_t { kBytes, kUtf16 };

// A sample every 64 tokens of the stream; what lies between is read out of the index.
// Memory: each 64 tokens, the bits of the longest document's length, and those of how much bytes
// and UTF-16 units differ by. Threads: const methods at once.
class TextOffsets {
 public:
  static constexpr uint32_t kSampleRate = 64;

  // A token, and where it begins in its document.
  struct Place {
    TextPos token;
    TextOffset offset;
  };

  // `stream` as DocumentList describes it. Cost: linear.
  void build(std::span<const TokenId> stream, const Vocabulary& vocabulary);
  void save(ByteWriter& writer) const;
  // Errors: kIntegrity. `stream_length` is what the samples must fit.
  Status load(ByteReader& reader, uint32_t stream_length);

  // Where the token at `position` begins in its document, whose first token is at `first_token`.
  // Cost: at most 64 tokens extracted. REQUIRES: first_token ≤ position < length of the stream.
  TextOffset offset_of(TextPos position, TextPos first_token, const PatternIndex& index,
                       const Vocabulary& vocabulary) const;
  // The last token in [first_token, end_token) that begins at or before `offset` in its document.
  // REQUIRES: first_token < end_token. Cost: logarithmic in the document plus 64 tokens.
  TextPos token_at(uint64_t offset, OffsetUnit unit, TextPos first_token, TextPos end_token,
                   const PatternIndex& index, const Vocabulary& vocabulary) const;
  // The last place at or before `offset` from which tokens can be read without a detour: that of a
  // sample, or the document's beginning. REQUIRES: as above. Cost: logarithmic in the document.
  Place sample_before(uint64_t offset, OffsetUnit unit, TextPos first_token,
                      TextPos end_token) const;
  uint64_t memory_bytes() const { return bytes_.memory_bytes() + excess_.memory_bytes(); }

 private:
  TextOffset sample(TextPos position) const;

  // Offsets in their documents of the tokens at every 64th position.
  PackedInts bytes_;
  PackedInts excess_;          // bytes less UTF-16 units less least_excess_, modulo 2^32
  uint32_t least_excess_ = 0;  // below 0 where lone bytes look as if a long character began
};

}  // namespace cento
