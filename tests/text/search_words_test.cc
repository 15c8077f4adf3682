#include "text/search_words.h"

#include <doctest.h>

namespace cento {
namespace {

// The folded words, with a bar between them.
std::string words_of(std::string_view text) {
  std::vector<SearchWord> words;
  find_search_words(text, words);
  std::string joined;
  uint32_t least = 0;
  for (const SearchWord& word : words) {
    CHECK(word.begin >= least);
    CHECK(word.begin < word.end);
    least = word.end;
    if (!joined.empty()) joined += '|';
    joined += fold_word(text.substr(word.begin, word.end - word.begin));
    if (word.is_number) joined += '#';
  }
  CHECK(least <= text.size());
  return joined;
}

TEST_CASE("words are letters, numbers with their separators, and characters without spaces") {
  CHECK(words_of("") == "");
  CHECK(words_of(" -- ?! ") == "");
  CHECK(words_of("The total area: 580,367 sq. km (3.11.2).") ==
        "the|total|area|580367#|sq|km|3.11.2#");
  CHECK(words_of("os.path_join in B2B, 1980s, 7,x and 1,") ==
        "os|path|join|in|b|2#|b|1980#|s|7#|x|and|1#");
  CHECK(words_of("北京很大。ok") == "北|京|很|大|ok");
}

TEST_CASE("a possessive is no part of a word, other short suffixes are, elisions are cut") {
  CHECK(words_of("The dog's, DOG’S and dogs' don't; it’s 1980's") ==
        "the|dog|dog|and|dogs|don't|it|1980#");
  CHECK(words_of("l'eau, aujourd’hui, they'll, 'quoted' rock'n'roll") ==
        "l|eau|aujourd|hui|they'll|quoted|rock'n|roll");
  CHECK(words_of("dogs'") == "dogs");
  CHECK(words_of("it's") == "it");
}

TEST_CASE("case, marks, final sigmas and the form of apostrophes are folded away") {
  CHECK(words_of("Straße ÜBER Ærøskøbing Łódź İstanbul ĳs don’t") ==
        "strasse|uber|aeroskobing|lodz|istanbul|ijs|don't");
  CHECK(words_of("Zu\u0308rich ΛΌΓΟΣ λόγος ЁЖ") == "zurich|λόγοσ|λόγοσ|ёж");
  CHECK(words_of("كِتَابٌ كتاب") == "كتاب|كتاب");
  CHECK(words_of("الكتاب والكتاب للكتاب كتـاب") == "كتاب|كتاب|كتاب|كتاب");
  CHECK(words_of("أحمد إلى مكتبة") == "احمد|الي|مكتبه");
  CHECK(words_of("ال الى") == "ال|الي");
  CHECK(words_of("2×3÷4 Þór ſo") == "2#|3#|4#|thor|so");
  CHECK(fold_word("1,234,567") == "1234567");
  CHECK(fold_word("") == "");
}

TEST_CASE("bytes that are no UTF-8 are in no word") {
  CHECK(words_of("ab\xFF"
                 "cd\xC3") == "ab|cd");
}

}  // namespace
}  // namespace cento
