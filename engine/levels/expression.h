// What a device derives from a pack's token stream: the pattern indexes and the tables beside them.
// The pack on the wire is the genome; this is its expression.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/progress.h"
#include "cento/status.h"
#include "index/bit_vector.h"
#include "index/pattern_index.h"
#include "index/sparse_bit_vector.h"
#include "levels/text_offsets.h"
#include "levels/word_index.h"
#include "text/document_list.h"
#include "text/vocabulary.h"

namespace cento {

// Covers the first `shards` shards of a pack. Immutable once built. Threads: const methods at once.
struct Expression {
  std::string pack_id;
  uint32_t shards = 0;
  DocumentList documents;  // of these shards; the last one may be there in part
  PatternIndex tokens;     // level 0, over their stream
  // Level 1, over the class of each token at the same positions; empty where the pack has no
  // classes. It is never located or extracted from, and keeps no continuation counts.
  PatternIndex classes;
  SparseBitVector sentence_starts;  // one bit a token: a sentence begins with it
  // One bit a sentence: a paragraph, heading, field or list item begins with it.
  RankBitVector paragraph_starts;
  TextOffsets offsets;
  WordIndex words;  // where each stem stands, for retrieval

  // `class_of` gives the class of each token of the vocabulary; empty where there are none.
  // `stemmer` makes the terms of `words`.
  // Cost: linear in the stream. Memory: about 12 bytes a token while building.
  // Errors: kInvalidArgument (empty stream), kAborted.
  static Result<Expression> build(std::string pack_id, uint32_t shards,
                                  std::span<const TokenId> stream, const Vocabulary& vocabulary,
                                  const DocumentList& documents,
                                  std::span<const uint8_t> class_of = {},
                                  const Stemmer& stemmer = {}, const Progress& progress = {});

  // A flat image, for moving between workers and for keeping on the device where it was made: it is
  // never sent. `load` checks the sum behind it, so that no damage goes unseen, and whatever says
  // how much memory to take. Errors: kIntegrity with the byte offset, kVersionMismatch.
  std::vector<uint8_t> save() const;
  // The same, block by block: an image is as large as what it is made of, and where memory is
  // short there is no room for both. `sink` is told the size of all of it each time.
  using ImageSink = std::function<void(uint64_t image_bytes, Bytes block)>;
  void save(const ImageSink& sink) const;
  Status load(Bytes image);
  // The sum of an image's other bytes, which its last eight are. It changes with any one word of
  // eight bytes, and with others but for one case in 2^64. Cost: linear, some GB a second.
  static uint64_t checksum(Bytes image);

  uint64_t memory_bytes() const;
};

}  // namespace cento
