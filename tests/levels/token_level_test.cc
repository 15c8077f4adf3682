#include "levels/token_level.h"

#include <doctest.h>

#include <string>
#include <vector>

#include "base/random.h"
#include "base/utf8.h"
#include "text/tokenizer.h"

namespace cento {
namespace {

// Words of two to four syllables, frequent ones more often, with marks and other scripts between.
std::string make_text(uint64_t seed, uint32_t words) {
  constexpr std::string_view kSyllables[] = {"ka", "to", "mi", "ren", "sol", "é", "ж", "ua"};
  constexpr std::string_view kMarks[] = {" ", " ", " ", ", ", ". ", "\n", " 12 ", "字"};
  Random random(seed);
  std::string text;
  for (uint32_t w = 0; w < words; ++w) {
    Random word(random.below(1 + random.below(60)));
    for (uint32_t i = 2 + word.below(3); i > 0; --i)
      text += kSyllables[word.below(std::size(kSyllables))];
    text += kMarks[random.below(std::size(kMarks))];
  }
  return text;
}

std::vector<std::string> strings_of(const Vocabulary& vocabulary) {
  std::vector<std::string> strings;
  for (uint32_t id = kFirstMergedToken; id < vocabulary.size(); ++id) {
    strings.emplace_back(vocabulary.text(static_cast<TokenId>(id)));
  }
  return strings;
}

Vocabulary train(std::string_view text, const TokenLevelOptions& options = {}) {
  const std::string_view texts[] = {text};
  auto vocabulary = build_vocabulary(texts, options);
  REQUIRE(vocabulary.is_ok());
  return std::move(vocabulary).value();
}

}  // namespace

TEST_CASE("every merged token is used often enough by the tokenizer") {
  const std::string text = make_text(1, 3000);
  for (const uint64_t min_count : {2, 4, 9}) {
    const Vocabulary vocabulary = train(text, {.min_count = min_count});
    CHECK(vocabulary.size() > kFirstMergedToken);
    std::vector<TokenId> tokens;
    Tokenizer(vocabulary).encode(text, tokens);
    std::vector<uint64_t> uses(vocabulary.size());
    for (const TokenId token : tokens) ++uses[token];
    for (uint32_t id = kFirstMergedToken; id < vocabulary.size(); ++id)
      REQUIRE(uses[id] >= min_count);
  }
}

TEST_CASE("frequent words become one token and text shrinks") {
  const std::string text = make_text(2, 3000);
  const Vocabulary vocabulary = train(text);
  std::vector<TokenId> tokens;
  Tokenizer(vocabulary).encode(text, tokens);
  CHECK(tokens.size() * 3 < text.size());
  CHECK(vocabulary.find("字").has_value());
}

TEST_CASE("tokens never split a character") {
  const Vocabulary vocabulary = train(make_text(3, 500) + "\xFF\xC3\xC3\xFF");
  for (const std::string& token : strings_of(vocabulary)) {
    for (size_t at = 0; at < token.size();) {
      const DecodedCodePoint c = decode_utf8(token, at);
      REQUIRE(c.valid);
      at += c.length;
    }
  }
}

TEST_CASE("frequent tokens have small ids") {
  const std::string text = make_text(4, 3000);
  const Vocabulary vocabulary = train(text);
  std::vector<TokenId> tokens;
  Tokenizer(vocabulary).encode(text, tokens);
  std::vector<uint64_t> uses(vocabulary.size());
  for (const TokenId token : tokens) ++uses[token];
  for (uint32_t id = kFirstMergedToken; id + 1 < vocabulary.size(); ++id)
    REQUIRE(uses[id + 1] < 8 * uses[id]);
}

TEST_CASE("the size of the vocabulary is kept") {
  const std::string text = make_text(5, 3000);
  for (const uint32_t limit : {0u, 257u, 258u, 300u}) {
    CHECK(train(text, {.max_vocabulary = limit}).size() <= std::max(limit, kFirstMergedToken));
  }
}

TEST_CASE("the same texts give the same vocabulary, however they are divided") {
  const std::string text = make_text(6, 1000) + "\n";
  const std::string more = make_text(7, 1000) + "\n";
  const std::string joined = text + more;
  const std::string_view parts[] = {text, more};
  const auto divided = build_vocabulary(parts, {});
  REQUIRE(divided.is_ok());
  CHECK(strings_of(divided.value()) == strings_of(train(joined)));
  const std::string_view reversed[] = {more, text};
  const auto other = build_vocabulary(reversed, {});
  REQUIRE(other.is_ok());
  CHECK(strings_of(divided.value()) == strings_of(other.value()));
}

TEST_CASE("empty and hostile texts give a vocabulary") {
  CHECK(train("").size() == kFirstMergedToken);
  CHECK(train("\xFF\xFE\xFF\xFE\xFF\xFE\xFF\xFE").size() == kFirstMergedToken);
  CHECK(train(std::string(100000, 'a')).longest() <= 255);
}

TEST_CASE("building stops when it is cancelled") {
  const std::string text = make_text(8, 100);
  const std::string_view texts[] = {text};
  for (uint32_t allowed = 0; allowed < 3; ++allowed) {
    uint32_t calls = 0;
    const auto vocabulary = build_vocabulary(
        texts, {}, [&](std::string_view, uint64_t, uint64_t) { return calls++ < allowed; });
    CHECK((vocabulary.is_ok() || vocabulary.status().code() == StatusCode::kAborted));
    if (allowed == 0) CHECK_FALSE(vocabulary.is_ok());
  }
}

}  // namespace cento
