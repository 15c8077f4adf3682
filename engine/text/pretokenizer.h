// Cuts text into pre-tokens, the pieces that no token ever crosses.
#pragma once

#include <cstdint>
#include <string_view>

namespace cento {

enum class PretokenKind : uint8_t {
  kWord,         // letters and marks, with at most one leading space; an apostrophe between letters
                 // stays with the shorter side ("don|'t", "l'|eau")
  kNumber,       // at most three digits, cut from the left, with at most one leading space
  kPunctuation,  // a run of one repeated mark or a single mark or symbol, with at most one leading
                 // space
  kSpace,        // white space that does not lead a word: line breaks, indents
  kIdeograph,    // one character of a script that is written without spaces (Han, kana, Thai, …)
  kByte,         // one byte that is not valid UTF-8, or a control character
};

struct Pretoken {
  uint32_t begin;  // bytes, half-open
  uint32_t end;
  PretokenKind kind;
};

// Walks over the pre-tokens of a text that it does not own: they are adjacent and cover every byte.
// The cut at a place depends only on a few characters around it, so the pre-tokens of a text are a
// pure function of the text.
class Pretokenizer {
 public:
  explicit Pretokenizer(std::string_view text) : text_(text) {}
  // False at the end. Cost: linear in the bytes of the pre-token.
  bool next(Pretoken& pretoken);

 private:
  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace cento
