// Stems by counted rules: for each ending that matters, what to take off and what to put on.
//
// The rules come with the pack. Its builder asks the language's Snowball stemmer for the stem of
// each word of the documents and keeps the fewest rules that give all of them again (ripple-down
// rules over endings, as LemmaGen has them: Juršič et al. 2010); so the browser needs no stemmer
// of any language, and words that the documents lack are stemmed like those that end as they do.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "cento/status.h"

namespace cento {

// Immutable; owns its rules. Threads: const methods at once.
class Stemmer {
 public:
  Stemmer() = default;  // every word is its own stem
  // Errors: kIntegrity with the byte offset.
  static Result<Stemmer> load(ByteReader& reader);
  void save(ByteWriter& writer) const;

  // `folded` as fold_word gives it. Linear in the word.
  std::string stem(std::string_view folded) const;
  uint64_t memory_bytes() const;
};

}  // namespace cento
