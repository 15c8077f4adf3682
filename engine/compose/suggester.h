// Suggestions at a caret: the next words, or the rest of the word that is being typed.
#pragma once

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
  // A word goes on as it mostly did behind a context that stands `solid_count` times: fewer are
  // accidents, but in a layer of few texts.
  explicit Suggester(const EvidenceModel& model, uint32_t solid_count = 4);

  // At most `options.limit`, most probable first. Cost: half a dozen predictions; about a
  // millisecond.
  std::vector<Suggestion> suggest(std::string_view text, const SuggestOptions& options);
  uint64_t memory_bytes() const { return search_.memory_bytes(); }

 private:
  struct Draft;
  class Round;
  // A text that was suggested from byte `begin` on.
  struct Shown {
    size_t begin;
    std::string text;
  };

  const EvidenceModel* model_;
  uint32_t solid_count_;
  TypedText typed_;
  VocabularySearch search_;
  std::string text_;          // of the last call
  std::vector<Shown> shown_;  // by calls whose texts it goes on from, latest last
};

}  // namespace cento
