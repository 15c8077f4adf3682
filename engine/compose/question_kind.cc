#include "compose/question_kind.h"

#include <algorithm>
#include <vector>

#include "text/word_lists.h"

namespace cento {
namespace {

// Words of the question itself, as fold_word gives them.
using Words = std::vector<std::string_view>;

bool is_one_of(std::string_view word, std::string_view list) {
  // Each word of the list stands between two spaces.
  const size_t at = word.empty() ? list.npos : list.find(word);
  return at != list.npos && at > 0 && list[at - 1] == ' ' && list[at + word.size()] == ' ';
}

std::string_view at(const Words& words, size_t i) { return i < words.size() ? words[i] : ""; }

bool asks_how_to(const Words& words) {
  if (!is_one_of(at(words, 0), " how wie como ")) return false;
  return words[0] == "how" && at(words, 1) == "to"
             ? true
             : is_one_of(at(words, 1),
                         " can could do should kann konnte muss soll puedo se debo ") &&
                   (is_one_of(at(words, 2), " i one we you ich man wir ") || words[0] == "como");
}

bool asks_to_compare(const Words& words) {
  return std::any_of(words.begin(), words.end(), [](std::string_view word) {
    return is_one_of(word,
                     " compare compared comparison differ difference differences diferencia "
                     "diferencias unterschied unterschiede versus vs ");
  });
}

bool asks_what_it_is(const Words& words) {
  if (is_one_of(at(words, 0), " define ")) return true;
  if (at(words, 0) == "what" && at(words, 1) == "does" && !words.empty()) {
    return words.back() == "mean";
  }
  if (!is_one_of(at(words, 0), " what who was wer que quien ") ||
      !is_one_of(at(words, 1), " is are was were ist sind war es son fue ")) {
    return false;
  }
  size_t first = 2;
  while (is_one_of(at(words, first), " a an the ein eine der die das un una el la ")) ++first;
  constexpr size_t kMostWords = 4;
  if (first == words.size() || words.size() - first > kMostWords) return false;
  // "the capital of Kenya" asks for a fact.
  return std::none_of(words.begin() + static_cast<ptrdiff_t>(first), words.end(),
                      [](std::string_view word) { return is_listed(WordList::kGoesOn, word); });
}

bool is_plural(std::string_view word) {
  return word.size() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") &&
         !word.ends_with("is") && !is_listed(WordList::kAuxiliary, word);
}

bool asks_for_list(const Words& words) {
  if (is_one_of(at(words, 0), " list name enumerate nenne ")) return true;
  if (!is_one_of(at(words, 0), " what which welche cuales que ")) return false;
  return is_one_of(at(words, 1), " are were sind son ") || is_plural(at(words, 1)) ||
         (is_plural(at(words, 2)) && !is_listed(WordList::kAuxiliary, at(words, 1)));
}

}  // namespace

QuestionKind kind_of(const Question& question) {
  Words words;
  for (const QuestionWord& word : question.words) {
    if (!word.from_session) words.push_back(word.folded);
  }
  if (asks_to_compare(words)) return QuestionKind::kComparison;
  if (asks_how_to(words)) return QuestionKind::kHowTo;
  if (asks_what_it_is(words)) return QuestionKind::kDefinition;
  if (is_listed(WordList::kAuxiliary, at(words, 0))) return QuestionKind::kYesNo;
  if (asks_for_list(words)) return QuestionKind::kList;
  return QuestionKind::kFact;
}

}  // namespace cento
