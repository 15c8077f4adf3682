// Words as questions and postings know them: the same for a document and for what is asked of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cento {

struct SearchWord {
  uint32_t begin;  // bytes, half-open, without white space
  uint32_t end;
  bool is_number;
};

// Appends the words of a text in order: letters with their marks and inner apostrophes, digits with
// their inner separators, or one character of a script without spaces. Punctuation is none. An
// apostrophe between letters stays with the shorter side, as in Pretokenizer: "don't" is one word,
// "l'eau" two; a possessive 's belongs to no word. Linear.
void find_search_words(std::string_view text, std::vector<SearchWord>& out);

// A word without what seldom tells words apart: case, marks on Latin letters (Latin-1 and Latin
// Extended-A, and combining ones), the form of an apostrophe, the separators of thousands in
// numbers; in Arabic short vowels, the forms of alef, ya and ta, and the article. Linear.
std::string fold_word(std::string_view word);

}  // namespace cento
