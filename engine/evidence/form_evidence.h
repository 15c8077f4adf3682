// How well attested the form of a text is, whatever its words: scores of class sequences.
#pragma once

#include <cstdint>
#include <span>

#include "evidence/evidence_model.h"
#include "index/context_state.h"
#include "index/pattern_index.h"

namespace cento {

// Both scores are logarithms of how much more probable a sequence is in its contexts of every
// length than class by class; higher is better, 0 is what chance gives. docs/algorithms.md tells
// how well they tell sound sentences from damaged ones, and why shapes would add nothing.
// Lifetime: the index must outlive it. Threads: const methods at once.
class FormScorer {
 public:
  // `classes` is the index of all tokens' classes.
  explicit FormScorer(const PatternIndex& classes) : classes_(&classes) {}

  // What the last four classes of `left` tell about the first two of `right`, in bits: their
  // probability after them against their probability alone. 0 where a side is empty.
  // Both as sentence_classes makes them. Cost: some ten microseconds.
  double seam_bits(std::span<const uint8_t> left, std::span<const uint8_t> right) const;

  // What the classes of a whole sentence tell about each other, in bits a class. 0 for no classes.
  // Cost: two microseconds a class.
  double sentence_bits(std::span<const uint8_t> classes) const;

 private:
  const PatternIndex* classes_;
};

// FormScorer::seam_bits of tokens, as in sentences on one line; 0 for a model without classes.
double seam_bits(const EvidenceModel& model, std::span<const TokenId> left,
                 std::span<const TokenId> right);

}  // namespace cento
