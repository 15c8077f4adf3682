// UTF-8 decoding that accepts any bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cento {

struct DecodedCodePoint {
  char32_t code_point;  // U+FFFD where invalid
  uint32_t length;      // bytes to step over: 1 to 4; 1 where invalid
  bool valid;
};

// Decodes the code point that starts at byte `at`. Overlong forms, surrogates and values above
// U+10FFFF are invalid (RFC 3629). REQUIRES: at < text.size().
DecodedCodePoint decode_utf8(std::string_view text, size_t at);

// `text` with U+FFFD for each invalid byte.
std::string valid_utf8(std::string_view text);

// The number of code points; an invalid byte counts as one.
uint64_t count_characters(std::string_view text);

// Appends a code point. REQUIRES: it is at most U+10FFFF.
void append_utf8(char32_t code_point, std::string& text);

// Length of `text` in UTF-16 code units. Counted at the bytes that open a character, so that
// lengths of the parts of a text add up wherever it is cut, also inside characters and where bytes
// are invalid.
uint64_t utf16_length(std::string_view text);
// The bytes that the first `units` UTF-16 code units of `text` take; a unit inside a surrogate pair
// counts the whole character. text.size() where the text is shorter.
size_t utf16_to_bytes(std::string_view text, uint64_t units);

}  // namespace cento
