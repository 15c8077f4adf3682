#include "text/word_lists.h"

#include <doctest.h>

namespace cento {
namespace {

TEST_CASE("words are on their list from the first to the last, as they are spelled there") {
  for (const char* word : {"Adm", "Mr", "Mrs", "Ste", "Ud", "Uds"}) {
    CHECK(is_listed(WordList::kTitle, word));
  }
  CHECK(is_listed(WordList::kNumberWord, "零"));
  CHECK(is_listed(WordList::kAskedBy, "où"));
  CHECK_FALSE(is_listed(WordList::kTitle, "mr"));
  CHECK_FALSE(is_listed(WordList::kTitle, "Aaa"));
  CHECK_FALSE(is_listed(WordList::kTitle, "Zzz"));
}

TEST_CASE("neither a part of a word nor two words that stand together are on a list") {
  CHECK_FALSE(is_listed(WordList::kTitle, "M"));
  CHECK_FALSE(is_listed(WordList::kTitle, "Mr Mrs"));
  CHECK_FALSE(is_listed(WordList::kTitle, ""));
  CHECK_FALSE(is_listed(WordList::kTitle, " "));
  CHECK_FALSE(is_listed(WordList::kTitle, "Uds "));
}

TEST_CASE("words of grammar are those that go on, that help and that ask") {
  for (const char* word : {"the", "is", "who", "der", "quién"}) CHECK(is_function_word(word));
  CHECK_FALSE(is_function_word("tower"));
}

}  // namespace
}  // namespace cento
