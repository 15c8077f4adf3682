// Sentences that say what a thing is, for questions like "what is a lens?".
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "retrieval/retriever.h"

namespace cento {

// How a sentence opens: "A lens is a …", with the thing alone ("Lenses are …"), with the thing
// among others ("An old lens here is …"), with it but without such a verb, or otherwise.
enum class Opening : uint8_t { kDefinition, kThingAlone, kThing, kNoVerb, kOther };

// Looks for what a question asks about, its words in their order. Lifetime: both must outlive it.
class DefinitionFinder {
 public:
  DefinitionFinder(const Retriever& retriever, const Question& question);

  // Cost: linear in the sentence.
  Opening opening_of(uint32_t sentence) const;
  // The sentence of the whole pack that opens as a definition does: of those in `passages` the one
  // that stands in the best, else the first; none where there is none among 200 that open with the
  // thing. Cost: a walk over the places of its rarest word, and the opening of these.
  std::optional<uint32_t> find(std::span<const RankedPassage> passages) const;

 private:
  const Retriever* retriever_;
  std::vector<const QuestionWord*> asked_;
};

}  // namespace cento
