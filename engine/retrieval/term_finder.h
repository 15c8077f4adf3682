// The terms of words, for who reads much text at once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "levels/word_index.h"
#include "retrieval/retriever.h"
#include "text/search_words.h"
#include "text/string_numbers.h"

namespace cento {

// Most words of a text stand in it many times: each is folded, stemmed and looked up once.
// Lifetime: the retriever must outlive it.
class TermFinder {
 public:
  explicit TermFinder(const Retriever& retriever) : retriever_(&retriever) {}

  // kNoTerm where no document has such a word.
  TermId find(std::string_view word) {
    const uint32_t number = words_.number_of(word);
    if (number == terms_.size()) {
      const std::string stem = retriever_->stemmer().stem(fold_word(word));
      terms_.push_back(retriever_->words().find(stem));
    }
    return terms_[number];
  }

 private:
  const Retriever* retriever_;
  StringNumbers words_;
  std::vector<TermId> terms_;  // of each
};

}  // namespace cento
