// Whether a sentence of the corpus can stand in an overview, away from its place.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "compose/sentence_view.h"

namespace cento {

// What a sentence needs so that it can be understood.
enum class SentenceFit : uint8_t {
  kAlone,        // nothing
  kAfterBefore,  // the sentence right before it, for it opens with "it", "however", …
  kNot,          // more than that: a field, code, a reference, a fragment, a question
};

// Tells prose from the rest and judges its form. Lifetime: what it is given must outlive it.
// Threads: const methods at once.
class SentenceJudge {
 public:
  // `class_of` may be empty: then it is not asked whether this is prose.
  SentenceJudge(const Corpus& corpus, std::span<const uint8_t> class_of)
      : corpus_(&corpus), class_of_(class_of) {}

  // Cost: linear in the sentence; some 50 µs.
  SentenceFit judge(const SentenceView& sentence) const;

 private:
  const Corpus* corpus_;
  std::span<const uint8_t> class_of_;
};

// Whether a sentence needs the one before it: one that leans back, and one whose first words hold
// "this", "the following" or a pronoun before any name ("In 1891, he …"). Linear in its beginning.
bool points_back(std::string_view sentence);

}  // namespace cento
