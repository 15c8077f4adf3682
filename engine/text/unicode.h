// What the text room needs to know of Unicode, for any code point.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/utf8.h"

namespace cento {

enum class CharClass : uint8_t {
  kPunctuation,  // punctuation, symbols, and whatever is nothing else
  kLetter,       // letters and their marks, of scripts written with spaces
  kMark,         // marks and joiners that stay with the character before them
  kDigit,        // decimal digits and other numbers (½, ², Ⅷ)
  kSpace,        // white space, line breaks included
  kIdeograph,    // letters of scripts written without spaces: Han, kana, Thai, Lao, Khmer, Burmese
  kControl,      // control characters that are not white space
};

inline constexpr std::array<CharClass, 128> kAsciiClasses = [] {
  std::array<CharClass, 128> classes{};
  for (uint32_t c = 0; c < 128; ++c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool space = c == ' ' || (c >= '\t' && c <= '\r');
    classes[c] = letter                 ? CharClass::kLetter
                 : c >= '0' && c <= '9' ? CharClass::kDigit
                 : space                ? CharClass::kSpace
                 : c < ' ' || c == 0x7F ? CharClass::kControl
                                        : CharClass::kPunctuation;
  }
  return classes;
}();

// Cost: a table look-up for ASCII, a binary search above.
CharClass char_class(char32_t code_point);

// The simple lower-case mapping; the code point itself where it has none.
char32_t to_lower(char32_t code_point);

// Whether it is a capital, by having a lower-case mapping.
inline bool is_upper(char32_t code_point) { return to_lower(code_point) != code_point; }

// A character of a text: one code point, or one byte that is not valid UTF-8 (as a control).
struct TextChar {
  char32_t code_point;
  uint32_t length;  // bytes
  CharClass kind;
};

// The character that starts at byte `at`. REQUIRES: at < text.size().
inline TextChar char_at(std::string_view text, size_t at) {
  const auto byte = static_cast<uint8_t>(text[at]);
  if (byte < 128) return {byte, 1, kAsciiClasses[byte]};
  const DecodedCodePoint decoded = decode_utf8(text, at);
  if (!decoded.valid) return {decoded.code_point, 1, CharClass::kControl};
  return {decoded.code_point, decoded.length, char_class(decoded.code_point)};
}

// The character that ends before byte `at`. REQUIRES: 0 < at <= text.size().
TextChar char_before(std::string_view text, size_t at);

}  // namespace cento
