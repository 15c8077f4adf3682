// Short completions, the ghost text behind a caret: the most probable next words.
//
// Where `Completer` looks for sentences to go on with, this one asks the evidence of pack and page
// what comes next, word by word, and takes the three words that are most probable together; more
// follow while each is likely. What it gives is one fragment: a run that stands in the pack, or
// else in the prompt itself (source: kThisText).
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/shared.h"
#include "cento/results.h"
#include "compose/composer.h"
#include "compose/subjects.h"
#include "compose/typed_text.h"
#include "levels/corpus.h"

namespace cento {

// Completions of at most so many tokens are short ones.
inline constexpr uint32_t kShortTokens = 12;

// One short completion at work. Reads the prompt a piece a step, then composes: some three
// milliseconds. `typed` keeps what was read, so that the next prompt that goes on from this
// one is read from there; several tasks may share it. Lifetime: corpus and subjects must outlive
// it. Memory: a few hundred drafts while it composes.
class ShortCompleter final : public Composer {
 public:
  ShortCompleter(const Corpus& corpus, const SubjectIndex& subjects, Shared<TypedText> typed,
                 std::string_view prompt, const AnswerOptions& options);
  ~ShortCompleter() override;

  uint32_t step() override;
  FragmentExplanation explain(uint32_t i) const override;

 private:
  class Search;

  const Corpus* corpus_;
  const SubjectIndex* subjects_;
  Shared<TypedText> typed_;
  std::string text_;
  AnswerOptions options_;
  size_t read_ = 0;                    // bytes of the text
  uint64_t times_set_ = 0;             // of typed_, when it was set here last
  std::unique_ptr<Search> search_;     // once all is read
  std::vector<Candidate> candidates_;  // the chosen text first
};

}  // namespace cento
