// Makes the rules of a pack's stemmer from the words of its documents.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "text/document.h"
#include "text/stemmer.h"

namespace cento {

struct StemmedWord {
  std::string word;  // folded
  std::string stem;
  uint64_t count = 1;  // how often it stands in the documents
};

// The fewest rules that give every word its stem, of all that a tree of endings can hold: at each
// ending the action that most of the branches below are content with (Hartigan 1973, "Minimum
// mutation fits to a given tree", which is exact). Words that stand less than `exact_from` times
// get what others decide, and so do words of more than 254 bytes or whose change is not among the
// 256 most frequent ones. Deterministic. REQUIRES: the words differ.
Stemmer make_stem_rules(std::vector<StemmedWord> words, uint64_t exact_from);

// The distinct words of the documents and of their titles, with their stems; numbers left out.
std::vector<StemmedWord> stem_words(std::span<const Document> documents, std::string_view language);

// Rules for the words of the documents in a language (BCP 47); none where Snowball has no stemmer
// for it. Cost: linear in the text.
Stemmer build_stemmer(std::span<const Document> documents, std::string_view language);

}  // namespace cento
