// Tables of questions carried over from English to a language in which no questions were counted:
// what an answer looks like, and how near to what it stands, is much the same in any language; what
// its words are called is a short list (models/questions-de/words.txt and others).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "build/snowball.h"

namespace cento {

// Carries the texts of tables over, row by row. What several English rows become is their sum; a
// row with a word that is not on the list is left out. Lifetime: owns all it needs.
class CarriedTables {
 public:
  // `words` has a line for each English word or pair of words: "how many=wie viele, wieviele". In
  // scripts without spaces each character is a word. `language` says how words are stemmed.
  CarriedTables(std::string_view words, std::string_view language);

  // Of words.tsv. Numbers stay what they are: bytes of the result in proportion to the input.
  std::string word_table(std::string_view english) const;
  // Of spans.tsv.
  std::string span_table(std::string_view english) const;

 private:
  using Words = std::vector<std::string>;  // as they are written

  const std::vector<Words>* find(std::string_view english) const;
  // The keys of questions that an English key becomes, without repetition.
  std::vector<std::string> keys(std::string_view english) const;
  // The pairs of symbols that an English pair becomes.
  std::vector<std::string> pairs(std::string_view english) const;
  // The shapes that an English shape becomes.
  std::vector<std::string> shapes(std::string_view english) const;
  std::vector<std::string> symbols(std::string_view english) const;

  std::map<std::string, std::vector<Words>, std::less<>> words_;  // by English
  std::map<std::string, std::vector<Words>, std::less<>> stems_;  // the same by the English stem
  bool has_spaces_ = true;                                        // the language, between its words
  Snowball stemmer_;
};

}  // namespace cento
