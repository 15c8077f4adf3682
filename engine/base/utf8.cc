#include "base/utf8.h"

namespace cento {

DecodedCodePoint decode_utf8(std::string_view text, size_t at) {
  constexpr DecodedCodePoint kInvalid{0xFFFD, 1, false};
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  const uint8_t lead = byte(at);
  if (lead < 0x80) return {lead, 1, true};
  uint32_t length = 0;
  char32_t code_point = 0;
  if (lead >= 0xC2 && lead <= 0xDF) {
    length = 2;
    code_point = lead & 0x1F;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    length = 3;
    code_point = lead & 0x0F;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    length = 4;
    code_point = lead & 0x07;
  } else {
    return kInvalid;
  }
  if (text.size() - at < length) return kInvalid;
  for (uint32_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return kInvalid;
    code_point = (code_point << 6) | (byte(at + i) & 0x3F);
  }
  const bool overlong =
      (length == 3 && code_point < 0x800) || (length == 4 && code_point < 0x10000);
  const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  if (overlong || surrogate || code_point > 0x10FFFF) return kInvalid;
  return {code_point, length, true};
}

std::string valid_utf8(std::string_view text) {
  std::string valid;
  size_t run = 0;  // where what is valid, and not yet taken over, begins
  for (size_t at = 0; at < text.size();) {
    if (static_cast<uint8_t>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    const DecodedCodePoint decoded = decode_utf8(text, at);
    if (!decoded.valid) {
      valid.append(text.data() + run, at - run);
      valid += "\xEF\xBF\xBD";
      run = at + decoded.length;
    }
    at += decoded.length;
  }
  valid.append(text.data() + run, text.size() - run);
  return valid;
}

uint64_t count_characters(std::string_view text) {
  uint64_t count = 0;
  for (size_t at = 0; at < text.size(); ++count) at += decode_utf8(text, at).length;
  return count;
}

void append_utf8(char32_t c, std::string& text) {
  const auto append = [&](uint32_t byte) { text += static_cast<char>(byte); };
  const uint32_t more = (c >= 0x80) + (c >= 0x800) + (c >= 0x10000);  // bytes after the first
  append(more == 0 ? c : (0xFF00u >> (more + 1) & 0xFFu) | c >> 6 * more);
  for (uint32_t i = more; i-- > 0;) append(0x80u | (c >> 6 * i & 0x3Fu));
}

namespace {

// Of the character that a byte opens; 0 for a byte inside of one.
uint32_t utf16_units(char byte) {
  const auto lead = static_cast<uint8_t>(byte);
  return (lead & 0xC0) == 0x80 ? 0 : lead >= 0xF0 ? 2 : 1;
}

}  // namespace

uint64_t utf16_length(std::string_view text) {
  uint64_t units = 0;
  for (const char byte : text) units += utf16_units(byte);
  return units;
}

size_t utf16_to_bytes(std::string_view text, uint64_t units) {
  uint64_t passed = 0;
  size_t at = 0;
  for (; at < text.size(); ++at) {
    const uint32_t next = utf16_units(text[at]);
    if (next > 0 && passed >= units) break;
    passed += next;
  }
  return at;
}

}  // namespace cento
