#include "compose/overview_sentence.h"

#include <algorithm>
#include <span>
#include <vector>

#include "levels/shape_level.h"
#include "text/leans_back.h"
#include "text/lines.h"
#include "text/search_words.h"
#include "text/sentence_end.h"
#include "text/unicode.h"
#include "text/word_lists.h"

namespace cento {
namespace {

constexpr uint32_t kMinWords = 5;
constexpr std::string_view kWeakEnds = "?)]";
constexpr uint32_t kLabelWords = 6;     // a colon after fewer words makes a label of them
constexpr uint32_t kPointingWords = 4;  // at the beginning, among which nothing may point back
constexpr uint32_t kSubjectWords =
    6;  // at the beginning, among which no pronoun comes before a name
constexpr uint32_t kOpeningBytes = 160;  // that are looked at for all this

// Each word stands between two spaces, folded. English, German, French and Spanish.

// Among the first words these point back.
constexpr std::string_view kPointers =
    " above cette diese diesem diesen dieser este esta following latter preceding previous same "
    "such these this those ";

// Pronouns that may be the subject of a sentence after "In 1891, …".
constexpr std::string_view kPronouns =
    " also another er he her his i it its others she sie their subsequently they we il elle ils "
    "elles ella ellos ";

// Sentences without a subject, as documentation has them, and pointers to other places.
constexpr std::string_view kNoSubject =
    " call called raise raised raises return returned returns see siehe used vea vease voir ";

bool is_in(std::string_view list, const std::string& word) {
  return list.find(" " + word + " ") != std::string_view::npos;
}

bool is_code_or_list(std::string_view text) {
  if (is_list_item(text)) return true;
  bool found = false;
  for (const Line& line : find_lines(text)) {
    // A sentence may stand in an indented paragraph: its own lines tell.
    found = found || is_code_line(text.substr(line.begin, line.end - line.begin), 0);
  }
  return found;
}

// A capital, a digit, an opening quotation mark, or a letter of a script without capitals.
bool opens_well(std::string_view text) {
  size_t at = 0;
  TextChar first = char_at(text, at);
  if (first.code_point == '"' || first.code_point == U'“' || first.code_point == U'«') {
    at += first.length;
    if (at == text.size()) return false;
    first = char_at(text, at);
  }
  if (first.kind == CharClass::kDigit || first.kind == CharClass::kIdeograph) return true;
  return first.kind == CharClass::kLetter && !is_lower(first.code_point);
}

// Whether brackets and straight quotation marks are closed.
bool is_balanced(std::string_view text) {
  int depth = 0;
  uint32_t quotes = 0;
  for (const char c : text) {
    if (c == '(' || c == '[' || c == '{') ++depth;
    if ((c == ')' || c == ']' || c == '}') && --depth < 0) return false;
    if (c == '"') ++quotes;
  }
  size_t open = 0;
  size_t close = 0;
  for (size_t at = 0; (at = text.find("“", at)) != text.npos; ++at) ++open;
  for (size_t at = 0; (at = text.find("”", at)) != text.npos; ++at) ++close;
  return depth == 0 && quotes % 2 == 0 && open == close;
}

bool is_label_mark(std::string_view mark) { return mark == ":" || mark == "–" || mark == "—"; }

bool has_no_subject(std::string_view text) {
  std::vector<SearchWord> words;
  find_search_words(text.substr(0, kOpeningBytes), words);
  if (words.empty()) return true;
  const std::string first = fold_word(text.substr(words[0].begin, words[0].end - words[0].begin));
  return is_in(kNoSubject, first) || is_listed(WordList::kAuxiliary, first);
}

bool has_field(std::string_view text) {
  const std::vector<Unit> containers = find_containers(text);
  return std::any_of(containers.begin(), containers.end(),
                     [](const Unit& unit) { return unit.kind == UnitKind::kField; });
}

}  // namespace

bool points_back(std::string_view sentence) {
  if (leans_back(sentence)) return true;
  sentence = sentence.substr(0, kOpeningBytes);
  std::vector<SearchWord> found;
  find_search_words(sentence, found);
  for (size_t i = 0; i < std::min<size_t>(found.size(), kSubjectWords); ++i) {
    const std::string_view written = sentence.substr(found[i].begin, found[i].end - found[i].begin);
    const std::string word = fold_word(written);
    if (i < kPointingWords && is_in(kPointers, word)) return true;
    if (is_in(kPronouns, word)) return true;
    // After a name a pronoun has something to stand for.
    if (i > 0 && is_upper(char_at(written, 0).code_point)) return false;
  }
  return false;
}

SentenceFit SentenceJudge::judge(const SentenceView& sentence) const {
  const std::string_view whole = sentence.text();
  const std::string_view text = trimmed(whole);
  if (text.empty()) return SentenceFit::kNot;
  // "(2011 est.)" ends no sentence.
  const bool is_open_ended = kWeakEnds.find(text.back()) != text.npos;
  if (!opens_well(text) || !ends_sentence(text) || is_open_ended || text.ends_with("...") ||
      text.find("\n\n") != text.npos || !is_balanced(text) || is_code_or_list(text) ||
      has_field(text) || has_no_subject(text)) {
    return SentenceFit::kNot;
  }
  uint32_t words = 0;
  for (const Unit& unit : sentence.units()) {
    if (unit.kind != UnitKind::kPunctuation) {
      ++words;
    } else if (words < kLabelWords &&
               is_label_mark(whole.substr(unit.begin, unit.end - unit.begin))) {
      return SentenceFit::kNot;
    }
  }
  if (words < kMinWords) return SentenceFit::kNot;
  if (!class_of_.empty()) {
    std::vector<uint8_t> classes;
    if (!sentence_classes(sentence.tokens(), corpus_->vocabulary(), class_of_, classes)) {
      return SentenceFit::kNot;
    }
  }
  return points_back(text) ? SentenceFit::kAfterBefore : SentenceFit::kAlone;
}

}  // namespace cento
