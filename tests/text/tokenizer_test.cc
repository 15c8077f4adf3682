#include "text/tokenizer.h"

#include <doctest.h>

#include <algorithm>
#include <string>

#include "base/random.h"
#include "text/pretokenizer.h"

namespace cento {
namespace {

Vocabulary vocabulary_of(const std::vector<std::string>& merged) {
  auto vocabulary = Vocabulary::create(merged);
  REQUIRE(vocabulary.is_ok());
  return std::move(vocabulary).value();
}

// The texts of the tokens of `text`, joined by "|".
std::string tokens_of(const Vocabulary& vocabulary, std::string_view text) {
  std::vector<TokenId> tokens;
  Tokenizer(vocabulary).encode(text, tokens);
  std::string joined;
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (i > 0) joined += "|";
    joined += vocabulary.text(tokens[i]);
  }
  return joined;
}

std::string random_text(Random& random) {
  constexpr std::string_view kParts[] = {" ",   "  ",       "\n",    "a",    "b",    "ab",     "1",
                                         "234", ".",        "...",   "'",    "’",    "é",      "字",
                                         "ไ",   "\xCC\x81", "\xFF",  "\xE5", "\x00", "\x7F",   "😀",
                                         "\t",  "don't",    "l'eau", "\r\n", "-",    "\u00A0", "ا"};
  std::string text;
  for (uint32_t i = random.below(40); i > 0; --i) text += kParts[random.below(std::size(kParts))];
  for (uint32_t i = random.below(8); i > 0; --i) text += static_cast<char>(random.below(256));
  return text;
}

}  // namespace

TEST_CASE("a pre-token that is a token is one token") {
  const Vocabulary vocabulary = vocabulary_of({" the", "the", "th", "he"});
  CHECK(tokens_of(vocabulary, "the the") == "the| the");
}

TEST_CASE("the fewest tokens are taken, and among equals the longest first") {
  const Vocabulary vocabulary = vocabulary_of({"ab", "abc", "bcd", "cd", "de", "cde"});
  CHECK(tokens_of(vocabulary, "abcde") == "abc|de");
  CHECK(tokens_of(vocabulary, "abcd") == "abc|d");
  CHECK(tokens_of(vocabulary, "bcde") == "bcd|e");
  CHECK(tokens_of(vocabulary, "xyz") == "x|y|z");
}

TEST_CASE("no token crosses two pre-tokens") {
  const Vocabulary vocabulary = vocabulary_of({"a b", "a.", " b"});
  CHECK(tokens_of(vocabulary, "a b") == "a| b");
  CHECK(tokens_of(vocabulary, "a.") == "a|.");
}

TEST_CASE("any bytes come back, by tokens that are as few as an exhaustive search finds") {
  const Vocabulary vocabulary = vocabulary_of(
      {"ab", "ba", "aab", " a", " ab", "é", "字", "\n\n", "...", "234", "n't", "don"});
  const Tokenizer tokenizer(vocabulary);
  for (uint64_t seed = 0; seed < 3000; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const std::string text = random_text(random);
    std::vector<TokenId> tokens;
    tokenizer.encode(text, tokens);
    std::string back;
    tokenizer.decode(tokens, back);
    REQUIRE(back == text);
    REQUIRE(std::find(tokens.begin(), tokens.end(), kDocumentEnd) == tokens.end());

    size_t fewest = 0;
    Pretokenizer pretokenizer(text);
    for (Pretoken piece; pretokenizer.next(piece);) {
      const std::string_view part =
          std::string_view(text).substr(piece.begin, piece.end - piece.begin);
      std::vector<size_t> best(part.size() + 1, part.size());
      best[0] = 0;
      for (size_t end = 1; end <= part.size(); ++end) {
        for (size_t begin = 0; begin < end; ++begin) {
          if (vocabulary.find(part.substr(begin, end - begin))) {
            best[end] = std::min(best[end], best[begin] + 1);
          }
        }
      }
      fewest += best[part.size()];
    }
    REQUIRE(tokens.size() == fewest);
  }
}

TEST_CASE("a vocabulary finds its strings and no others") {
  const Vocabulary vocabulary = vocabulary_of({"ab", "abc"});
  CHECK(vocabulary.size() == 259);
  CHECK(vocabulary.text(kDocumentEnd).empty());
  CHECK(vocabulary.text(kFirstByteToken + 'a') == "a");
  CHECK(vocabulary.text(257) == "ab");
  CHECK(vocabulary.find("abc") == TokenId{258});
  CHECK(vocabulary.find(std::string_view("\0", 1)) == TokenId{1});
  CHECK(vocabulary.find("\xFF") == TokenId{256});
  CHECK_FALSE(vocabulary.find("abcd").has_value());
  CHECK_FALSE(vocabulary.find("").has_value());
  CHECK(vocabulary.longest() == 3);
  CHECK(Vocabulary().size() == 257);
}

TEST_CASE("a vocabulary refuses strings that it cannot hold") {
  const auto code = [](const std::vector<std::string>& merged) {
    return Vocabulary::create(merged).status().code();
  };
  CHECK(code({"a"}) == StatusCode::kInvalidArgument);
  CHECK(code({""}) == StatusCode::kInvalidArgument);
  CHECK(code({"ab", "ab"}) == StatusCode::kInvalidArgument);
  CHECK(code({std::string(256, 'a')}) == StatusCode::kInvalidArgument);
  CHECK(code({std::string(255, 'a')}) == StatusCode::kOk);
  std::vector<std::string> many;
  for (uint32_t i = 0; i < kMaxVocabulary - kFirstMergedToken; ++i) {
    many.push_back({static_cast<char>('a' + i % 16), static_cast<char>('a' + i / 16 % 16),
                    static_cast<char>('a' + i / 256 % 16), static_cast<char>('a' + i / 4096)});
  }
  const auto full = Vocabulary::create(many);
  REQUIRE(full.is_ok());
  CHECK(full.value().size() == kMaxVocabulary);
  CHECK(full.value().find(many.back()) == TokenId{65535});
  many.push_back("one too many");
  CHECK(code(many) == StatusCode::kInvalidArgument);
}

}  // namespace cento
