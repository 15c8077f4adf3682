// How well attested the form of a text is, whatever its words: scores of class sequences.
#pragma once

#include <cstdint>
#include <span>

#include "index/context_state.h"
#include "index/pattern_index.h"
#include "levels/shape_level.h"

namespace cento {

// Both scores are logarithms of how much more probable a sequence is in its contexts of every
// length than class by class; higher is better, 0 is what chance gives. docs/algorithms.md tells
// how well they tell sound sentences from damaged ones.
// Lifetime: all that it is made of must outlive it. Threads: const methods at once.
class ShapeScorer {
 public:
  // `classes` is the index of all tokens' classes, `shapes` that of shape_stream.
  ShapeScorer(const PatternIndex& classes, const PatternIndex& shapes, const Shapes& table)
      : classes_(&classes), shapes_(&shapes), table_(&table) {}

  // What the last four classes of `left` tell about the first two of `right`, in bits: their
  // probability after them against their probability alone. 0 where a side is empty.
  // Both as sentence_classes makes them. Cost: some ten microseconds.
  double seam_bits(std::span<const uint8_t> left, std::span<const uint8_t> right) const;

  // What the shapes of a whole sentence tell, in bits a class. 0 for no classes.
  // REQUIRES: the classes are those of the shapes. Cost: two microseconds a class.
  double sentence_bits(std::span<const uint8_t> classes) const;

 private:
  const PatternIndex* classes_;
  const PatternIndex* shapes_;
  const Shapes* table_;
};

}  // namespace cento
