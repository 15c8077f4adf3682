#include "base/utf8.h"

#include <doctest.h>

#include <string>

namespace cento {
namespace {

std::string encode(char32_t c) {
  std::string bytes;
  const auto put = [&](char32_t byte) { bytes += static_cast<char>(byte); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | (c >> 6));
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  }
  return bytes;
}

void check_invalid(std::string_view bytes) {
  const DecodedCodePoint decoded = decode_utf8(bytes, 0);
  CHECK_FALSE(decoded.valid);
  CHECK(decoded.code_point == 0xFFFD);
  CHECK(decoded.length == 1);
}

TEST_CASE("what is valid stays, and each invalid byte becomes a replacement character") {
  CHECK(valid_utf8("").empty());
  CHECK(valid_utf8("plain \xC3\xA9\xF0\x9F\x98\x80") == "plain \xC3\xA9\xF0\x9F\x98\x80");
  CHECK(valid_utf8("x\xFFy\xC3") == "x\xEF\xBF\xBDy\xEF\xBF\xBD");
  CHECK(valid_utf8("\xE0\x80z") == "\xEF\xBF\xBD\xEF\xBF\xBDz");
}

TEST_CASE("every scalar value is decoded, every surrogate is not") {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    const std::string bytes = encode(c);
    std::string appended = "|";
    append_utf8(c, appended);
    CHECK(appended == "|" + bytes);
    const DecodedCodePoint decoded = decode_utf8(bytes, 0);
    const bool is_surrogate = c >= 0xD800 && c <= 0xDFFF;
    const bool is_right =
        is_surrogate ? !decoded.valid
                     : decoded.valid && decoded.code_point == c && decoded.length == bytes.size();
    if (!is_right) {
      CAPTURE(static_cast<uint32_t>(c));
      FAIL("decoded wrongly");
    }
  }
}

TEST_CASE("overlong, cut, stray and too large forms are invalid, one byte at a time") {
  check_invalid("\x80");
  check_invalid("\xC0\xAF");
  check_invalid("\xC1\xBF");
  check_invalid("\xE0\x9F\xBF");
  check_invalid("\xF0\x8F\xBF\xBF");
  check_invalid("\xF4\x90\x80\x80");
  check_invalid("\xF5\x80\x80\x80");
  check_invalid("\xFF");
  check_invalid("\xC3");
  check_invalid("\xE2\x82");
  check_invalid("\xF0\x9F\x98");
  check_invalid("\xE2\x28\xA1");
}

TEST_CASE("the length in UTF-16 units counts pairs twice and invalid bytes once") {
  CHECK(utf16_length("") == 0);
  CHECK(utf16_length("abc") == 3);
  CHECK(utf16_length(encode(0xE9)) == 1);
  CHECK(utf16_length(encode(0x20AC)) == 1);
  CHECK(utf16_length(encode(0x1F600) + "!") == 3);
  CHECK(utf16_length("a\xFF\x80\xF0\x9F\x98z") == 6);
  const std::string text = "a\xFF\x80" + encode(0x1F600) + encode(0x20AC) + "\xF0\x9Fz\x80";
  for (size_t at = 0; at <= text.size(); ++at) {
    const std::string_view whole = text;
    CHECK(utf16_length(whole.substr(0, at)) + utf16_length(whole.substr(at)) ==
          utf16_length(whole));
  }
}

TEST_CASE("characters are counted, invalid bytes as one each") {
  CHECK(count_characters("") == 0);
  CHECK(count_characters("a" + encode(0xE9) + encode(0x20AC) + encode(0x1F600)) == 4);
  CHECK(count_characters("a\xFF\xF0\x9F\x98z") == 6);
}

}  // namespace
}  // namespace cento
