#include "compose/typed_text.h"

#include <doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/random.h"
#include "evidence/evidence_fixture.h"

namespace cento {
namespace {

const test::EvidenceFixture& towns() {
  static const auto* const fixture = new test::EvidenceFixture(test::town_texts(40, false));
  return *fixture;
}

bool same(const ContextState& a, const ContextState& b) {
  const auto equal = [](const ContextState::Context& x, const ContextState::Context& y) {
    return x.length == y.length && x.range == y.range;
  };
  return std::equal(a.contexts().begin(), a.contexts().end(), b.contexts().begin(),
                    b.contexts().end(), equal);
}

bool same(const EvidencePosition& a, const EvidencePosition& b) {
  return same(a.tokens, b.tokens) && same(a.classes, b.classes) && a.session == b.session &&
         a.since_wrap == b.since_wrap && a.is_line_start == b.is_line_start;
}

// Counts and weights of the session.
bool same(const SessionMemory& a, const SessionMemory& b) {
  const auto equal = [](const SessionMemory::Word& x, const SessionMemory::Word& y) {
    return x.token == y.token && x.count == y.count && x.slow == y.slow && x.fast == y.fast;
  };
  return a.size() == b.size() &&
         std::equal(a.words().begin(), a.words().end(), b.words().begin(), b.words().end(), equal);
}

// What there is to know of a text is what is known of it when it is read at once.
void check_read_at_once(TypedText& typed, const EvidenceModel& model, const std::string& text) {
  CAPTURE(text);
  TypedText fresh(model);
  fresh.set(text);
  REQUIRE(typed.open_word() == fresh.open_word());
  REQUIRE(same(typed.evidence().memory(), fresh.evidence().memory()));
  REQUIRE(same(typed.position(), fresh.position()));
  Prediction a;
  Prediction b;
  typed.evidence().predict(typed.position(), a);
  fresh.evidence().predict(fresh.position(), b);
  for (TokenId token = 0; token < model.vocabulary_size(); token += 37) {
    REQUIRE(a.probability(token) == b.probability(token));
  }
}

// What people and programs put into a text, in all kinds of places.
const std::vector<std::string>& pieces() {
  static const std::vector<std::string> list = {"a",
                                                "The",
                                                " town",
                                                " coast",
                                                "'",
                                                "t",
                                                "'s ",
                                                "’",
                                                "l'eau",
                                                " don't",
                                                "4",
                                                " 1234",
                                                "56789",
                                                ",",
                                                ".",
                                                " ",
                                                "  ",
                                                "\n",
                                                "\n\n    ",
                                                "\t",
                                                "\r\n",
                                                "北",
                                                "京很",
                                                "ไทย",
                                                "é",
                                                "\u0301",
                                                "مرحبا",
                                                " שלום",
                                                "😀",
                                                "(",
                                                "---",
                                                "\xFF",
                                                "\xE5",
                                                "\x8C\x97",
                                                std::string(1, 0x01),
                                                "\u3000",
                                                " of the market square."};
  return list;
}

TEST_CASE("edits leave the same as reading the text at once") {
  const EvidenceModel model = towns().model();
  const std::vector<std::string> texts = test::town_texts(40, true);
  for (const uint64_t seed : {1u, 2u, 3u, 4u}) {
    CAPTURE(seed);
    Random random(seed);
    TypedText typed(model);
    std::string text;
    for (int step = 0; step < 250; ++step) {
      const auto size = static_cast<uint32_t>(text.size());
      const auto& piece = pieces()[random.below(static_cast<uint32_t>(pieces().size()))];
      switch (random.below(8)) {
        case 0:  // backspace, perhaps held down, through the middle of characters
          text.resize(size - std::min(size, 1 + random.below(random.below(4) == 0 ? 40 : 3)));
          break;
        case 1: text.insert(random.below(size + 1), piece); break;
        case 2: {  // the last characters replaced, as by a suggestion that corrects
          text.resize(size - std::min(size, random.below(6)));
          text += piece;
          break;
        }
        case 3: {  // pasted
          const std::string& other = texts[random.below(40)];
          text += other.substr(random.below(200), random.below(80));
          break;
        }
        case 4: break;  // asked again
        default: text += piece;
      }
      if (random.below(60) == 0) text.clear();
      typed.set(text);
      check_read_at_once(typed, model, text);
    }
  }
}

TEST_CASE("a text typed and taken away character by character is read as it stands") {
  const EvidenceModel model = towns().model();
  const std::string text =
      "Don't the towns' people (1,234,567 of them) drink l'eau?\n\n    Il n’est qu'à 北京很大 now.";
  TypedText typed(model);
  for (size_t end = 0; end <= text.size(); ++end) {
    typed.set(text.substr(0, end));
    check_read_at_once(typed, model, text.substr(0, end));
  }
  for (size_t end = text.size() + 1; end-- > 0;) {
    typed.set(text.substr(0, end));
    check_read_at_once(typed, model, text.substr(0, end));
  }
}

TEST_CASE("a word that was counted and is the last one again is open") {
  const EvidenceModel model = towns().model();
  TypedText typed(model);
  typed.set("The town of the coast is");
  typed.set("The town of");
  CHECK(typed.open_word() == " of");
  typed.set("The town of the coast is");
  typed.set("The town often has a market");  // other words behind the same beginning
  check_read_at_once(typed, model, "The town often has a market");
  // White space that goes on otherwise is cut otherwise.
  typed.set("The town of\n market square is");
  typed.set("The town of\n\nmarket square is old");
  check_read_at_once(typed, model, "The town of\n\nmarket square is old");
}

TEST_CASE("the open word is the word or number at the caret") {
  const EvidenceModel model = towns().model();
  TypedText typed(model);
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", ""},
      {"Th", "Th"},
      {"The", "The"},
      {"The ", " "},
      {"The  ", " "},
      {"The  to", " to"},
      {"The town", " town"},
      {"The town,", ""},
      {"The town, ", " "},
      {"The town (o", "o"},
      {"The town\n", ""},
      {"The town\n    ", " "},
      {"The town\n    pop", " pop"},
      {"I don't", "'t"},
      {"Boire l'eau", "eau"},
      {"It has 1", " 1"},
      {"It has 1234", "4"},
      {"It has 123456", "456"},
      {"It has 1,2", "2"},
      {"北京", ""},
      {"北京 ", " "},
      {"كتاب جديد", " جديد"},
      {"Ünsel", "Ünsel"},
      {"😀", ""},
      {"\xFF", ""},
      {"\xFF"
       "a",
       "a"},
  };
  for (const auto& example : cases) {
    CAPTURE(example.first);
    typed.set(example.first);
    CHECK(typed.open_word() == example.second);
  }
}

TEST_CASE("only the last words are not yet counted") {
  const EvidenceModel model = towns().model();
  TypedText typed(model);
  const std::string text = test::town_texts(40, false)[3];
  const Tokenizer tokenizer(model.vocabulary());
  for (size_t end = 0; end <= text.size(); end += 7) {
    typed.set(text.substr(0, end));
    std::vector<TokenId> tokens;
    tokenizer.encode(text.substr(0, end), tokens);
    CHECK(typed.evidence().memory().size() <= tokens.size());
    // Three words, which may be cut into some tokens each, and the marks between.
    CHECK(typed.evidence().memory().size() + 24 >= tokens.size());
  }
  typed.set("");
  CHECK(typed.evidence().memory().size() == 0);
}

TEST_CASE("a word longer than any token is one open word") {
  const EvidenceModel model = towns().model();
  TypedText typed(model);
  const std::string word(3000, 'q');
  typed.set("The town of " + word);
  CHECK(typed.open_word() == " " + word);
  typed.set("The town of " + word + "x");
  check_read_at_once(typed, model, "The town of " + word + "x");
}

TEST_CASE("a pack without classes is read too") {
  const EvidenceModel model = towns().model(false);
  TypedText typed(model);
  const std::string text = "Most people in the town speak the language of the coast";
  for (size_t end = 0; end <= text.size(); end += 3) {
    typed.set(text.substr(0, end));
    check_read_at_once(typed, model, text.substr(0, end));
  }
}

}  // namespace
}  // namespace cento
