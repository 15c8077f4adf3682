#include "text/pretokenizer.h"

#include <doctest.h>

#include <string>

#include "base/random.h"
#include "text/unicode.h"

namespace cento {
namespace {

// The pre-tokens of a text, each followed by the first letter of its kind, joined by "|".
std::string cut(std::string_view text) {
  constexpr std::string_view kKinds = "wnpsib";
  std::string joined;
  Pretokenizer pretokenizer(text);
  for (Pretoken piece; pretokenizer.next(piece);) {
    if (!joined.empty()) joined += "|";
    joined += text.substr(piece.begin, piece.end - piece.begin);
    joined += kKinds[static_cast<size_t>(piece.kind)];
  }
  return joined;
}

}  // namespace

TEST_CASE("one leading space joins words, numbers and marks") {
  CHECK(cut("a cat, 12 $") == "aw| catw|,p| 12n| $p");
  CHECK(cut("a  cat") == "aw| s| catw");
  CHECK(cut("a\n    cat") == "aw|\n   s| catw");
  CHECK(cut("a \n") == "aw| \ns");
  CHECK(cut(" ") == " s");
  CHECK(cut("a\tcat") == "aw|\ts|catw");
}

TEST_CASE("numbers are cut in groups of three digits") {
  CHECK(cut("580,367") == "580n|,p|367n");
  CHECK(cut("2019") == "201n|9n");
  CHECK(cut("x1 ½²") == "xw|1n| ½²n");
}

TEST_CASE("an apostrophe stays with the shorter side of a word") {
  CHECK(cut("don't") == "donw|'tw");
  CHECK(cut("it’s they've") == "itw|’sw| theyw|'vew");
  CHECK(cut("l'eau d'Espagne") == "l'w|eauw| d'w|Espagnew");
  CHECK(cut("'it' dogs'") == "'p|itw|'p| dogsw|'p");
  CHECK(cut("1990's") == "199n|0n|'p|sw");
}

TEST_CASE("marks repeat in one pre-token of at most 64 bytes") {
  CHECK(cut("---- ...") == "----p| ...p");
  CHECK(cut("()") == "(p|)p");
  CHECK(cut(std::string(70, '-')) == std::string(64, '-') + "p|" + std::string(6, '-') + "p");
  CHECK(cut("a_b") == "aw|_p|bw");
}

TEST_CASE("other scripts are cut by their own customs") {
  CHECK(cut("我爱 ab") == "我i|爱i| abw");
  CHECK(cut("ที่") == "ที่i");
  CHECK(cut("カタ") == "カi|タi");
  CHECK(cut("مرحبا بك") == "مرحباw| بكw");
  CHECK(cut("हिन्दी") == "हिन्दीw");
  CHECK(cut("e\u0301te\u0301") == "e\u0301te\u0301w");
  CHECK(cut("한국 말") == "한국w| 말w");
  CHECK(cut("❤\uFE0F!") == "❤\uFE0Fp|!p");
}

TEST_CASE("bytes that are no text stand alone") {
  CHECK(cut("a\xFF\xFE") ==
        "aw|\xFF"
        "b|\xFE"
        "b");
  CHECK(cut(std::string_view("\0a", 2)) == std::string("\0b|aw", 5));
  CHECK(cut(" \x01") ==
        " s|\x01"
        "b");
}

TEST_CASE("pre-tokens are adjacent and cover every byte, for any bytes") {
  for (uint64_t seed = 0; seed < 3000; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    std::string text;
    for (uint32_t i = random.below(80); i > 0; --i) {
      constexpr std::string_view kCommon = "  \n'a1.é字";
      text += random.below(2) == 0 ? static_cast<char>(random.below(256))
                                   : kCommon[random.below(static_cast<uint32_t>(kCommon.size()))];
    }
    uint32_t at = 0;
    Pretokenizer pretokenizer(text);
    for (Pretoken piece; pretokenizer.next(piece);) {
      REQUIRE(piece.begin == at);
      REQUIRE(piece.end > piece.begin);
      at = piece.end;
    }
    REQUIRE(at == text.size());
  }
}

TEST_CASE("characters are classed as Unicode has them") {
  CHECK(char_class('a') == CharClass::kLetter);
  CHECK(char_class(0xE9) == CharClass::kLetter);
  CHECK(char_class('_') == CharClass::kPunctuation);
  CHECK(char_class(0xA0) == CharClass::kSpace);
  CHECK(char_class(0x3000) == CharClass::kSpace);
  CHECK(char_class(0x301) == CharClass::kMark);
  CHECK(char_class(0x200D) == CharClass::kMark);
  CHECK(char_class(0x661) == CharClass::kDigit);
  CHECK(char_class(0x4E00) == CharClass::kIdeograph);
  CHECK(char_class(0x20000) == CharClass::kIdeograph);
  CHECK(char_class(0x30FC) == CharClass::kIdeograph);
  CHECK(char_class(0x0E17) == CharClass::kIdeograph);
  CHECK(char_class(0x3002) == CharClass::kPunctuation);
  CHECK(char_class(0x1F600) == CharClass::kPunctuation);
  CHECK(char_class(0x80) == CharClass::kControl);
}

TEST_CASE("capitals map to small letters") {
  CHECK(to_lower('A') == 'a');
  CHECK(to_lower('[') == '[');
  CHECK(to_lower(U'É') == U'é');
  CHECK(to_lower(U'é') == U'é');
  CHECK(to_lower(U'Ā') == U'ā');
  CHECK(to_lower(U'ā') == U'ā');
  CHECK(to_lower(U'Ж') == U'ж');
  CHECK(to_lower(0x10400) == 0x10428);
  CHECK(to_lower(0x4E00) == 0x4E00);
  CHECK(is_upper(U'Ω'));
  CHECK_FALSE(is_upper(U'ß'));
}

TEST_CASE("the character before a place is found from its end") {
  const std::string text = "aé字😀\xFF";
  CHECK(char_before(text, 1).code_point == 'a');
  CHECK(char_before(text, 3).code_point == U'é');
  CHECK(char_before(text, 6).code_point == U'字');
  CHECK(char_before(text, 10).code_point == U'😀');
  CHECK(char_before(text, 11).kind == CharClass::kControl);
}

}  // namespace cento
