// Judges a text, sentence by sentence, by what stands in the documents.
#pragma once

#include <memory>
#include <string_view>

#include "cento/results.h"
#include "levels/corpus.h"

namespace cento {

// Each sentence of `text` is
// - attested where all of it stands in one document, white space, the style of quotation marks and
//   its last mark aside;
// - a near miss where a sentence of the documents differs from it in one or two values (numbers,
//   dates, names, units of measure) or a negation, and in nothing else;
// - unsupported otherwise. A heading, or a sentence of one or two words, without a number counts as
//   attested where half of it stands in one run.
// Questions say nothing and are left out. Standing in a document is not the same as being true, nor
// as being what the document means.
// Cost: about a millisecond a sentence: two look-ups for each token and some twenty alignments.
class Checker {
 public:
  // Cost: a pass over the text. Lifetime: the corpus must outlive it.
  Checker(const Corpus& corpus, std::string_view text);
  ~Checker();
  Checker(Checker&&) noexcept;

  // Judges the next sentence; false when there are no more.
  bool step();
  // Of the sentences judged so far; coverage is the caller's to fill in.
  CheckReport& result();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cento
