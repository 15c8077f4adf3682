#include "text/pretokenizer.h"

#include "text/unicode.h"

namespace cento {
namespace {

constexpr uint32_t kLongestRun = 64;  // bytes of white space or of one repeated mark
constexpr uint32_t kDigitGroup = 3;
constexpr uint32_t kLongestSuffix = 2;  // letters: 't, 's, 're, but not 'eau

bool is_apostrophe(char32_t c) { return c == '\'' || c == 0x2019; }
bool is_word_char(CharClass kind) { return kind == CharClass::kLetter || kind == CharClass::kMark; }
bool takes_leading_space(CharClass kind) {
  return is_word_char(kind) || kind == CharClass::kDigit || kind == CharClass::kPunctuation;
}

// Letters that follow byte `at`, counted up to `limit`.
uint32_t letters_after(std::string_view text, size_t at, uint32_t limit) {
  uint32_t count = 0;
  while (count < limit && at < text.size()) {
    const TextChar c = char_at(text, at);
    if (c.kind != CharClass::kLetter) break;
    at += c.length;
    ++count;
  }
  return count;
}

size_t skip_marks(std::string_view text, size_t at) {
  while (at < text.size()) {
    const TextChar c = char_at(text, at);
    if (c.kind != CharClass::kMark) break;
    at += c.length;
  }
  return at;
}

// The end of the word whose letters start at `at`. An apostrophe between letters stays with the
// shorter side: a short suffix begins with it ("don|'t"), otherwise it ends the prefix ("l'|eau").
size_t word_end(std::string_view text, size_t at) {
  const size_t begin = at;
  while (at < text.size()) {
    const TextChar c = char_at(text, at);
    if (is_word_char(c.kind)) {
      at += c.length;
      continue;
    }
    if (!is_apostrophe(c.code_point) || at == begin) break;
    const uint32_t letters = letters_after(text, at + c.length, kLongestSuffix + 1);
    return letters > kLongestSuffix ? at + c.length : at;
  }
  return at;
}

// Whether the apostrophe at `at` begins a short suffix of the word before it.
bool begins_suffix(std::string_view text, size_t at, const TextChar& apostrophe) {
  if (at == 0 || !is_word_char(char_before(text, at).kind)) return false;
  const uint32_t letters = letters_after(text, at + apostrophe.length, kLongestSuffix + 1);
  return letters > 0 && letters <= kLongestSuffix;
}

size_t space_end(std::string_view text, size_t at) {
  const size_t begin = at;
  while (at < text.size() && at - begin < kLongestRun) {
    const TextChar c = char_at(text, at);
    if (c.kind != CharClass::kSpace) break;
    at += c.length;
  }
  // The last space of a run leads the word after it.
  const bool leads = at - begin > 1 && text[at - 1] == ' ' && at < text.size() &&
                     takes_leading_space(char_at(text, at).kind);
  return leads ? at - 1 : at;
}

}  // namespace

bool Pretokenizer::next(Pretoken& pretoken) {
  if (at_ >= text_.size()) return false;
  const size_t begin = at_;
  size_t at = at_;
  TextChar c = char_at(text_, at);
  bool has_space = false;
  if (c.code_point == ' ' && at + 1 < text_.size()) {
    const TextChar after = char_at(text_, at + 1);
    has_space = takes_leading_space(after.kind);
    if (has_space) {
      c = after;
      ++at;
    }
  }

  PretokenKind kind = PretokenKind::kByte;
  switch (c.kind) {
    case CharClass::kLetter:
    case CharClass::kMark:
      kind = PretokenKind::kWord;
      at = word_end(text_, at);
      break;
    case CharClass::kDigit:
      kind = PretokenKind::kNumber;
      for (uint32_t digits = 0; digits < kDigitGroup && at < text_.size(); ++digits) {
        const TextChar digit = char_at(text_, at);
        if (digit.kind != CharClass::kDigit) break;
        at += digit.length;
      }
      at = skip_marks(text_, at);
      break;
    case CharClass::kPunctuation: {
      if (!has_space && is_apostrophe(c.code_point) && begins_suffix(text_, at, c)) {
        kind = PretokenKind::kWord;
        at = word_end(text_, at + c.length);
        break;
      }
      kind = PretokenKind::kPunctuation;
      const size_t run = at;
      do {
        at += c.length;
      } while (at - run + c.length <= kLongestRun &&
               text_.substr(at, c.length) == text_.substr(run, c.length));
      at = skip_marks(text_, at);
      break;
    }
    case CharClass::kSpace:
      kind = PretokenKind::kSpace;
      at = space_end(text_, at);
      break;
    case CharClass::kIdeograph:
      kind = PretokenKind::kIdeograph;
      at = skip_marks(text_, at + c.length);
      break;
    case CharClass::kControl: at += c.length; break;
  }
  at_ = at;
  pretoken = {static_cast<uint32_t>(begin), static_cast<uint32_t>(at), kind};
  return true;
}

}  // namespace cento
