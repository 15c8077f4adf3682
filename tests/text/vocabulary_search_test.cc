#include "text/vocabulary_search.h"

#include <doctest.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/random.h"
#include "base/utf8.h"
#include "support/sample_corpus.h"
#include "text/pretokenizer.h"
#include "text/unicode.h"

namespace cento {
namespace {

Vocabulary vocabulary_of(std::vector<std::string> merged) {
  std::erase_if(merged, [](const std::string& s) { return s.size() < 2 || s.size() > 255; });
  std::sort(merged.begin(), merged.end());
  merged.erase(std::unique(merged.begin(), merged.end()), merged.end());
  // Ids are not in the order of the strings.
  Random random(merged.size());
  for (size_t i = merged.size(); i > 1; --i) {
    std::swap(merged[i - 1], merged[random.below(static_cast<uint32_t>(i))]);
  }
  auto vocabulary = Vocabulary::create(merged);
  REQUIRE(vocabulary.is_ok());
  return std::move(vocabulary).value();
}

// The pre-tokens of the sample corpus and all that they begin with.
std::vector<std::string> sample_strings() {
  std::vector<std::string> strings;
  for (const Document& document : test::sample_corpus(70)) {
    Pretokenizer pretokenizer(document.text);
    for (Pretoken word; pretokenizer.next(word);) {
      for (uint32_t end = word.begin + 2; end <= word.end; ++end) {
        strings.push_back(document.text.substr(word.begin, end - word.begin));
      }
    }
  }
  return strings;
}

// Few different characters, so that strings are often near each other; several scripts, both cases,
// all lengths of UTF-8, pieces of characters, bytes that are never valid.
std::string random_string(Random& random, uint32_t longest) {
  constexpr std::string_view kParts[] = {" ", "a", "A",    "b",    "B",    "é",   "É",
                                         "σ", "ς", "Σ",    "ж",    "Ж",    "ა",   "字",
                                         "𐐨", "𐐀", "\xC3", "\xE5", "\xFF", "\xA9"};
  std::string text;
  const uint32_t kinds = random.below(2) == 0 ? 5 : static_cast<uint32_t>(std::size(kParts));
  for (uint32_t i = random.below(longest + 1); i > 0; --i) text += kParts[random.below(kinds)];
  return text;
}

struct Letter {
  char32_t code_point;
  bool valid;
};

std::vector<Letter> letters_of(std::string_view text) {
  std::vector<Letter> letters;
  for (size_t at = 0; at < text.size();) {
    const DecodedCodePoint c = decode_utf8(text, at);
    letters.push_back({c.valid ? c.code_point : static_cast<uint8_t>(text[at]), c.valid});
    at += c.length;
  }
  return letters;
}

bool same_but_for_case(Letter a, Letter b) {
  return a.valid == b.valid && (a.valid ? fold_case(a.code_point) == fold_case(b.code_point)
                                        : a.code_point == b.code_point);
}

// {edits, case differences}: pairs compare as the contract says.
using Distance = std::pair<uint32_t, uint32_t>;

Distance plus(Distance d, uint32_t edits, uint32_t case_differences) {
  return {d.first + edits, d.second + case_differences};
}

// The least distance of `typed` from a beginning of `text`: the whole table, nothing shared or
// skipped.
Distance naive_distance(std::string_view text, std::string_view typed, uint32_t exact) {
  const std::vector<Letter> t = letters_of(text);
  const std::vector<Letter> q = letters_of(typed);
  const size_t free = std::min<size_t>(exact, q.size());
  constexpr Distance kFar = {1000, 0};
  if (t.size() < free) return kFar;
  uint32_t opening = 0;  // case differences in the exact characters
  for (size_t i = 0; i < free; ++i) {
    if (!same_but_for_case(t[i], q[i])) return kFar;
    opening += t[i].code_point != q[i].code_point;
  }
  const size_t rows = t.size() - free;
  const size_t columns = q.size() - free;
  std::vector<std::vector<Distance>> d(rows + 1, std::vector<Distance>(columns + 1, kFar));
  const auto differs = [&](size_t i, size_t j) -> Distance {
    const Letter a = t[free + i - 1];
    const Letter b = q[free + j - 1];
    if (!same_but_for_case(a, b)) return {1, 0};
    return {0, a.code_point != b.code_point ? 1 : 0};
  };
  Distance best = kFar;
  for (size_t i = 0; i <= rows; ++i) {
    for (size_t j = 0; j <= columns; ++j) {
      Distance& least = d[i][j];
      if (i == 0 && j == 0) least = {0, opening};
      if (i > 0) least = std::min(least, plus(d[i - 1][j], 1, 0));
      if (j > 0) least = std::min(least, plus(d[i][j - 1], 1, 0));
      if (i > 0 && j > 0) {
        const Distance replace = differs(i, j);
        least = std::min(least, plus(d[i - 1][j - 1], replace.first, replace.second));
      }
      if (i > 1 && j > 1 && differs(i, j - 1).first == 0 && differs(i - 1, j).first == 0) {
        const uint32_t cases = differs(i, j - 1).second + differs(i - 1, j).second;
        least = std::min(least, plus(d[i - 2][j - 2], 1, cases));
      }
    }
    best = std::min(best, d[i][columns]);
  }
  return best;
}

std::vector<TokenId> sorted_ids(const Vocabulary& vocabulary) {
  std::vector<TokenId> ids;
  for (uint32_t id = kFirstByteToken; id < vocabulary.size(); ++id) {
    ids.push_back(static_cast<TokenId>(id));
  }
  std::sort(ids.begin(), ids.end(),
            [&](TokenId a, TokenId b) { return vocabulary.text(a) < vocabulary.text(b); });
  return ids;
}

// Compares one look-up with a scan of all tokens.
void check_near(const Vocabulary& vocabulary, const VocabularySearch& search,
                std::string_view typed, Tolerance tolerance) {
  CAPTURE(typed);
  CAPTURE(tolerance.edits);
  CAPTURE(tolerance.exact_characters);
  std::vector<NearToken> expected;
  for (const TokenId id : sorted_ids(vocabulary)) {
    const auto [edits, case_differences] =
        naive_distance(vocabulary.text(id), typed, tolerance.exact_characters);
    if (edits > tolerance.edits) continue;
    expected.push_back({id, static_cast<uint8_t>(edits), static_cast<uint8_t>(case_differences)});
  }
  std::vector<NearToken> found;
  search.near(typed, tolerance, found);
  REQUIRE(found.size() == expected.size());
  REQUIRE(std::equal(found.begin(), found.end(), expected.begin()));
}

// "text/edits/case differences" of each token found that is longer than a byte, in order.
std::string near_texts(const Vocabulary& vocabulary, std::string_view typed, Tolerance tolerance) {
  std::vector<NearToken> found;
  VocabularySearch(vocabulary).near(typed, tolerance, found);
  std::string all;
  for (const NearToken& near : found) {
    if (near.token < kFirstMergedToken) continue;
    if (!all.empty()) all += ",";
    all += std::string(vocabulary.text(near.token)) + "/" + std::to_string(near.edits) + "/" +
           std::to_string(near.case_differences);
  }
  return all;
}

// One to three random errors of the kinds that count as one edit, and letters of the other case.
std::string mistype(Random& random, std::string_view text) {
  std::string typed(text);
  for (uint32_t i = 1 + random.below(3); i > 0 && !typed.empty(); --i) {
    const size_t at = random.below(static_cast<uint32_t>(typed.size()));
    switch (random.below(5)) {
      case 0: typed.erase(at, 1); break;
      case 1: typed.insert(at, 1, "etai"[random.below(4)]); break;
      case 2: typed[at] = "etai"[random.below(4)]; break;
      case 3:
        if (at > 0) std::swap(typed[at - 1], typed[at]);
        break;
      default:
        if (char_at(typed, at).kind == CharClass::kLetter &&
            static_cast<uint8_t>(typed[at]) < 128) {
          typed[at] = static_cast<char>(typed[at] ^ 0x20);
        }
    }
  }
  return typed;
}

}  // namespace

TEST_CASE("tokens with a prefix are those that a scan finds, in byte order") {
  std::vector<std::string> strings = sample_strings();
  Random random(1);
  for (int i = 0; i < 500; ++i) strings.push_back(random_string(random, 6));
  const Vocabulary vocabulary = vocabulary_of(strings);
  const VocabularySearch search(vocabulary);
  const std::vector<TokenId> sorted = sorted_ids(vocabulary);
  for (uint64_t seed = 0; seed < 500; ++seed) {
    CAPTURE(seed);
    Random draw(seed);
    const auto id = static_cast<TokenId>(1 + draw.below(vocabulary.size() - 1));
    std::string bytes(vocabulary.text(id).substr(0, draw.below(8)));
    if (draw.below(4) == 0) bytes += static_cast<char>(draw.below(256));
    std::vector<TokenId> expected;
    for (const TokenId token : sorted) {
      if (vocabulary.text(token).starts_with(bytes)) expected.push_back(token);
    }
    const auto found = search.with_prefix(bytes);
    REQUIRE(found.size() == expected.size());
    REQUIRE(std::equal(found.begin(), found.end(), expected.begin()));
  }
  CHECK(search.with_prefix("").size() == vocabulary.size() - 1);
}

TEST_CASE("a beginning is found in any case, with an edit of each kind, and not with two") {
  const Vocabulary vocabulary = vocabulary_of({" Kenya", " kept", " Σοφός", " жизнь"});
  CHECK(near_texts(vocabulary, " Ken", {}) == " Kenya/0/0");
  CHECK(near_texts(vocabulary, " kEn", {}) == " Kenya/0/2");
  CHECK(near_texts(vocabulary, " ΣΟΦΌΣ", {}) == " Σοφός/0/4");
  CHECK(near_texts(vocabulary, " Жиз", {}) == " жизнь/0/1");
  CHECK(near_texts(vocabulary, " Kenyan", {.edits = 1}) == " Kenya/1/0");  // deletion
  CHECK(near_texts(vocabulary, " Kena", {.edits = 1}) == " Kenya/1/0");    // insertion
  CHECK(near_texts(vocabulary, " Kemya", {.edits = 1}) == " Kenya/1/0");   // substitution
  CHECK(near_texts(vocabulary, " Knoya", {.edits = 1}) == "");
  CHECK(near_texts(vocabulary, " kneya", {.edits = 1}) == " Kenya/1/1");  // transposition
  CHECK(near_texts(vocabulary, " жзинь", {.edits = 1}) == " жизнь/1/0");
}

TEST_CASE("the first characters can be held to be right") {
  const Vocabulary vocabulary = vocabulary_of({" Kenya", "Kenya", " enya", " Benya", "K enya"});
  CHECK(near_texts(vocabulary, " keny", {.edits = 1, .exact_characters = 2}) == " Kenya/0/1");
  CHECK(near_texts(vocabulary, " keny", {.edits = 1, .exact_characters = 1}) ==
        " Benya/1/0, Kenya/0/1, enya/1/0");
  CHECK(near_texts(vocabulary, " keny", {.edits = 1}) ==
        " Benya/1/0, Kenya/0/1, enya/1/0,K enya/1/1,Kenya/1/1");
}

TEST_CASE("with nothing typed, or no more than the edits, every token is near") {
  const Vocabulary vocabulary = vocabulary_of({" the", "ab", "\xE5\xAD"});
  const VocabularySearch search(vocabulary);
  for (const std::string_view typed : {"", "q"}) {
    std::vector<NearToken> found;
    search.near(typed, {.edits = static_cast<uint32_t>(typed.size())}, found);
    CHECK(found.size() == vocabulary.size() - 1);
  }
}

TEST_CASE("a piece of a character is not taken for the character, nor skipped with it") {
  const Vocabulary vocabulary =
      vocabulary_of({"\xC3\xA9", "\xC3\xA9t", "\xC3t", "\xE5\xAD", "\xE5\xAD\x97x", "a\xC3"});
  const VocabularySearch search(vocabulary);
  for (const std::string_view typed : {"é", "\xC3", "\xC3t", "字", "\xE5\xAD", "aé", "É", "tt"}) {
    for (uint32_t edits = 0; edits <= 2; ++edits) check_near(vocabulary, search, typed, {edits, 0});
  }
}

TEST_CASE("near tokens are those of a scan with the whole table: mistyped words of a corpus") {
  const Vocabulary vocabulary = vocabulary_of(sample_strings());
  const VocabularySearch search(vocabulary);
  for (uint64_t seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const auto id = static_cast<TokenId>(kFirstMergedToken +
                                         random.below(vocabulary.size() - kFirstMergedToken));
    const std::string typed = mistype(random, vocabulary.text(id));
    check_near(vocabulary, search, typed,
               {random.below(Tolerance::kMaxEdits + 1), random.below(4)});
  }
}

TEST_CASE("near tokens are those of a scan with the whole table: any bytes") {
  for (uint64_t seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    std::vector<std::string> strings;
    for (int i = 0; i < 150; ++i) strings.push_back(random_string(random, 8));
    const Vocabulary vocabulary = vocabulary_of(strings);
    const VocabularySearch search(vocabulary);
    for (int i = 0; i < 8; ++i) {
      const std::string typed = random_string(random, 10);
      check_near(vocabulary, search, typed,
                 {random.below(Tolerance::kMaxEdits + 1), random.below(4)});
    }
  }
}

TEST_CASE("the longest tokens are found, and what is longer than any token is not") {
  const std::string longest(255, 'a');
  const Vocabulary vocabulary =
      vocabulary_of({longest, longest.substr(1), std::string(255, '\xFF')});
  const VocabularySearch search(vocabulary);
  for (const size_t size : {252u, 253u, 255u, 256u, 258u, 259u, 1000u}) {
    for (const char c : {'a', 'A', '\xFF'}) {
      for (uint32_t edits = 0; edits <= Tolerance::kMaxEdits; ++edits) {
        check_near(vocabulary, search, std::string(size, c), {edits, 0});
        check_near(vocabulary, search, std::string(size, c), {edits, 2000});
      }
    }
  }
}

TEST_CASE("capitals and small letters belong together in every script that has them") {
  const std::pair<char32_t, char32_t> kPairs[] = {
      {'K', 'k'},   {U'É', U'é'}, {U'Å', U'å'}, {U'Ÿ', U'ÿ'},   {U'Ω', U'ω'},   {U'Σ', U'σ'},
      {U'Ж', U'ж'}, {U'Ё', U'ё'}, {U'Ա', U'ա'}, {U'Ა', U'ა'}, {U'Ꭰ', U'ꭰ'}, {U'Ⴀ', U'ⴀ'},
      {U'𐐀', U'𐐨'}, {U'Ạ', U'ạ'}, {U'Ł', U'ł'}, {U'Ｋ', U'ｋ'}, {U'ẞ', U'ß'}};
  for (const auto& pair : kPairs) {
    const char32_t capital = pair.first;
    const char32_t small = pair.second;
    CAPTURE(static_cast<uint32_t>(capital));
    CHECK(fold_case(capital) == small);
    CHECK(fold_case(small) == small);
    CHECK(to_upper(small) == capital);
    CHECK(to_upper(capital) == capital);
  }
  CHECK(to_upper(U'ς') == U'Σ');
  CHECK(fold_case(U'ς') == fold_case(U'Σ'));
  for (const char32_t c : {U'1', U'字', U'ı', U' ', char32_t{0x110080}}) CHECK(to_upper(c) == c);
  // The capital of a letter is a capital of that letter, and every small letter of one has one.
  for (char32_t c = 0; c < 0x20000; ++c) {
    if (to_upper(c) != c && fold_case(to_upper(c)) != fold_case(c)) FAIL(static_cast<uint32_t>(c));
    if (is_upper(c) && to_upper(c) != c) FAIL(static_cast<uint32_t>(c));
    if (is_upper(c) && to_upper(to_lower(c)) == to_lower(c)) FAIL(static_cast<uint32_t>(c));
  }
}

TEST_CASE("a completion is written the way its beginning is") {
  CHECK(match_case(" kenya", " ken") == " kenya");
  CHECK(match_case(" Kenya", " ken") == " Kenya");  // names keep their capital
  CHECK(match_case(" kenya", "Ken") == " Kenya");
  CHECK(match_case("kenya", " K") == "Kenya");  // one capital is not "all capitals"
  CHECK(match_case(" kenya", " KEN") == " KENYA");
  CHECK(match_case(" McKenzie", " MCK") == " MCKENZIE");
  CHECK(match_case(" kenya", " KeN") == " Kenya");
  CHECK(match_case(" kenya", " Kne") == " Kenya");  // mistyped
  CHECK(match_case(" USAir", " USA") == " USAir");  // stands so in the corpus
  CHECK(match_case(" using", " US") == " USING");
  CHECK(match_case(" e.g.", " EG") == " e.g.");  // not one word
  CHECK(match_case(" covid19", " COV") == " COVID19");
  CHECK(match_case(" élan vital", " Éla") == " Élan vital");
  CHECK(match_case(" straße", " STR") == " STRAẞE");
  CHECK(match_case(" λόγος", " ΛΌ") == " ΛΌΓΟΣ");
  CHECK(match_case(" 𐐨𐐩", " 𐐀𐐁") == " 𐐀𐐁");
  CHECK(match_case(" жизнь", " Жи") == " Жизнь");
  CHECK(match_case(" საქართველო", " სა") == " საქართველო");
  CHECK(match_case(" ⱥb", " ȺB") == " ȺB");  // three bytes become two
  CHECK(match_case("字典", "KEN") == "字典");
  CHECK(match_case("\xC3\xFF", "KEN") == "\xC3\xFF");
  CHECK(match_case("", "KEN").empty());
  CHECK(match_case(" ", "K") == " ");
  CHECK(match_case(" kenya", " ") == " kenya");
  CHECK(match_case(" kenya", "") == " kenya");
}

}  // namespace cento
