// Level 2: shapes, crystallized from the classes of sentences: clause and sentence templates.
//
// Only prose has shapes, and line breaks inside a sentence are not part of them, for where a page
// was wrapped says nothing about its syntax. A sentence's shapes are its classes with the merges
// made in the order in which they were found (byte-pair merging). Left-to-right longest matches
// would save 1.5 % of the shapes and need no look ahead, but spend 1.3 % more bits on held-out
// sentences, and a sentence is so short that parsing it anew at each word costs microseconds.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/progress.h"
#include "cento/status.h"
#include "levels/class_level.h"
#include "text/vocabulary.h"

namespace cento {

using ShapeId = uint16_t;

inline constexpr uint32_t kMaxShapes = 4096;     // those that are a single class included
inline constexpr uint32_t kMaxShapeLength = 64;  // classes of a shape

struct ShapeMerge {
  ShapeId left;
  ShapeId right;
  bool operator==(const ShapeMerge&) const = default;
};

// A table of shapes. Shapes [0, class_count()) are the classes themselves, shape class_count() + i
// is made by merge i. Owns its merges: 4 bytes each. Threads: const methods at once.
class Shapes {
 public:
  Shapes() = default;

  // Errors: kInvalidArgument (more than kMaxClasses classes, more than kMaxShapes in all; a merge
  // of shapes that are not there before it, that stands twice, or longer than kMaxShapeLength).
  static Result<Shapes> create(uint32_t class_count, std::vector<ShapeMerge> merges);

  uint32_t size() const { return class_count_ + static_cast<uint32_t>(merges_.size()); }
  uint32_t class_count() const { return class_count_; }
  std::span<const ShapeMerge> merges() const { return merges_; }
  uint64_t memory_bytes() const { return merges_.capacity() * sizeof(ShapeMerge); }

 private:
  uint32_t class_count_ = 0;
  std::vector<ShapeMerge> merges_;
};

// Finds the shapes of sentences. Owns its look-up: 8 bytes a merge. Threads: const methods at once.
class ShapeParser {
 public:
  explicit ShapeParser(const Shapes& shapes);

  // Appends the shapes of a sentence. Cost: the square of the sentence's length in the simplest
  // steps, its length in look-ups; sentences of more than 128 classes are parsed in pieces of 128.
  // REQUIRES: every class is below class_count().
  void parse(std::span<const uint8_t> classes, std::vector<ShapeId>& out) const;

 private:
  // The merge of two neighbours, or the number of merges where there is none.
  uint32_t merge_of(ShapeId left, ShapeId right) const;

  uint32_t class_count_;
  std::vector<uint64_t> by_pair_;  // left, right, merge; sorted
};

// The classes of a sentence, as shapes see them: tokens of white space are left out, and a word
// after a line break is read as if a space led it. Replaces `classes`. False, and no
// classes, where this is no prose: it does not end as sentences do, has fewer than four tokens, or
// fewer than half of them are words (headings, fields, lists, code).
// Cost: linear. REQUIRES: `class_of` covers the vocabulary.
bool sentence_classes(std::span<const TokenId> tokens, const Vocabulary& vocabulary,
                      std::span<const uint8_t> class_of, std::vector<uint8_t>& classes);

// Shapes of the sentences of `stream` (see DocumentList), which begin at the ascending positions
// `sentence_starts`. Pairs of classes are merged down to those that stand four times, up to
// kMaxShapes shapes. Sentences with the same classes count once: phrases that a corpus repeats as a
// whole would fill the table otherwise. Deterministic. Cost: 1 s for 1.2 million tokens of prose.
// Errors: kAborted. REQUIRES: `classes` covers the vocabulary.
Result<Shapes> build_shapes(std::span<const TokenId> stream,
                            std::span<const uint32_t> sentence_starts, const Vocabulary& vocabulary,
                            const TokenClasses& classes, const Progress& progress = {});

}  // namespace cento
