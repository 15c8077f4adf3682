// Suggestions at a caret: the next words, or the rest of the word that is being typed.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "cento/results.h"
#include "compose/typed_text.h"
#include "text/vocabulary_search.h"

namespace cento {

// Finds the most probable words by the evidence of pack and session, of those that save a
// keystroke. Lifetime: the model must outlive it. Memory: 3 bytes a token of the vocabulary and the
// session of the text. Threads: one at a time.
class Suggester {
 public:
  explicit Suggester(const EvidenceModel& model);

  // Without the coverage, which it does not know. Cost: half a dozen predictions; about a
  // millisecond.
  std::vector<Suggestion> suggest(std::string_view text, const SuggestOptions& options);
  uint64_t memory_bytes() const { return search_.memory_bytes(); }

 private:
  struct Draft;
  class Round;

  const EvidenceModel* model_;
  TypedText typed_;
  VocabularySearch search_;
};

// The name of a level in results.
const char* level_name(EvidenceLevel level);
// How much of each level's say a probability is made of, strongest first, silent ones left out.
std::vector<LevelShare> level_shares(std::span<const Testimony> testimonies);

}  // namespace cento
