#include "compose/words.h"

#include "text/unicode.h"

namespace cento {
namespace {

bool is_word_char(const TextChar& c) {
  return c.kind == CharClass::kLetter || c.kind == CharClass::kMark || c.kind == CharClass::kDigit;
}

}  // namespace

bool joins_word(std::string_view text, std::string_view next) {
  return !text.empty() && !next.empty() && is_word_char(char_before(text, text.size())) &&
         is_word_char(char_at(next, 0));
}

bool is_presentable(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const TextChar c = char_at(text, at);
    if (c.kind == CharClass::kControl || (c.kind == CharClass::kSpace && c.code_point != ' ')) {
      return false;
    }
    at += c.length;
  }
  return true;
}

std::string_view space_behind(std::string_view sentence) {
  if (sentence.empty()) return " ";
  const char32_t last = char_before(sentence, sentence.size()).code_point;
  const bool is_wide = last >= 0x3000 && last <= 0xFFEF;  // CJK marks, kana, Han, full-width forms
  return is_wide ? "" : " ";
}

bool begins_word(std::string_view token) {
  return token.starts_with(' ') || char_at(token, 0).kind == CharClass::kIdeograph;
}

}  // namespace cento
