#include "text/leans_back.h"

#include <string>

#include "base/utf8.h"
#include "text/lines.h"
#include "text/pretokenizer.h"
#include "text/unicode.h"
#include "text/vocabulary_search.h"
#include "text/word_lists.h"

namespace cento {
namespace {

std::string lower(std::string_view word) {
  std::string folded;
  for (size_t at = 0; at < word.size();) {
    const DecodedCodePoint decoded = decode_utf8(word, at);
    append_utf8(fold_case(decoded.code_point), folded);
    at += decoded.length;
  }
  return folded;
}

// A word that goes on like this is a name of code, which begins sentences in lower case: "next()",
// "max_size", "os.path".
bool goes_on_as_code(std::string_view rest) {
  if (rest.starts_with('(') || rest.starts_with('_')) return true;
  return rest.size() > 1 && rest[0] == '.' && char_at(rest, 1).kind == CharClass::kLetter;
}

}  // namespace

bool leans_back(std::string_view sentence) {
  std::string first;
  Pretokenizer pretokenizer(sentence);
  for (Pretoken pretoken; pretokenizer.next(pretoken);) {
    if (pretoken.kind == PretokenKind::kNumber || pretoken.kind == PretokenKind::kIdeograph) break;
    if (pretoken.kind != PretokenKind::kWord) {
      if (first.empty()) continue;
      break;
    }
    std::string_view word = sentence.substr(pretoken.begin, pretoken.end - pretoken.begin);
    if (word.starts_with(' ')) word.remove_prefix(1);
    if (!first.empty()) return is_listed(WordList::kLeansBackPair, first + "_" + lower(word));
    if (goes_on_as_code(sentence.substr(pretoken.end))) return false;
    if (is_lower(decode_utf8(word, 0).code_point)) return true;
    first = lower(word);
    if (is_listed(WordList::kLeansBack, first)) return true;
  }
  return false;
}

}  // namespace cento
