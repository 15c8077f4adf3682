#include "compose/suggester.h"

#include <doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/utf8.h"
#include "evidence/evidence_fixture.h"

namespace cento {
namespace {

// Towns, and a guide with names, accents, apostrophes, marks, line breaks and other scripts.
std::vector<std::string> texts() {
  std::vector<std::string> list = test::town_texts(60, false);
  for (const std::string town : {"Nairobi", "Mombasa", "Kisumu", "Nakuru", "Eldoret", "Thika"}) {
    std::string text;
    for (const std::string day : {"Monday", "Tuesday", "Friday"}) {
      text += "On " + day + " the bus from Kenya stops in " + town +
              ". The café near the station doesn't open before noon.\n\n";
      text +=
          "* The guide to " + town + " (see the map) says: \"On " + day + " l'eau est froide.\"\n";
      text += "北京很大。我们在" + town + "喝茶。\n=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=\n\n";
    }
    list.push_back(text);
  }
  // The last tenth is not counted.
  for (const std::string& town : test::town_texts(66, false)) {
    if (list.size() % 10 == 0 && list.size() > 70) break;
    list.push_back(town);
  }
  return list;
}

const test::EvidenceFixture& fixture() {
  static const auto* const made = new test::EvidenceFixture(texts());
  return *made;
}

const EvidenceModel& model() {
  static const auto* const made = new EvidenceModel(fixture().model());
  return *made;
}

std::vector<Suggestion> suggest(std::string_view text, const SuggestOptions& options = {}) {
  return Suggester(model()).suggest(text, options);
}

// The text with the suggestion accepted.
std::string accept(const std::string& text, const Suggestion& suggestion) {
  return text.substr(0, text.size() - static_cast<size_t>(suggestion.replaces_bytes)) +
         suggestion.text;
}

// Whether one of the suggestions makes a text that begins with `wanted`.
bool offers(const std::string& text, const std::string& wanted,
            const SuggestOptions& options = {}) {
  const std::vector<Suggestion> suggestions = suggest(text, options);
  return std::any_of(suggestions.begin(), suggestions.end(), [&](const Suggestion& suggestion) {
    return accept(text, suggestion).starts_with(wanted);
  });
}

bool same(const std::vector<Suggestion>& a, const std::vector<Suggestion>& b) {
  const auto equal_levels = [](const LevelShare& x, const LevelShare& y) {
    return x.level == y.level && x.share == y.share;
  };
  const auto equal = [&](const Suggestion& x, const Suggestion& y) {
    return x.text == y.text && x.replaces_bytes == y.replaces_bytes &&
           x.probability == y.probability && x.words == y.words && x.corrected == y.corrected &&
           std::equal(x.levels.begin(), x.levels.end(), y.levels.begin(), y.levels.end(),
                      equal_levels);
  };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), equal);
}

// What holds of all suggestions, whatever the text.
void check_sound(const std::string& text, const std::vector<Suggestion>& suggestions,
                 const SuggestOptions& options) {
  CAPTURE(text);
  TypedText typed(model());
  typed.set(text);
  CHECK(suggestions.size() <= options.limit);
  std::vector<std::string> accepted;
  double before = 1;
  for (const Suggestion& suggestion : suggestions) {
    CAPTURE(suggestion.text);
    CHECK_FALSE(suggestion.text.empty());
    for (size_t at = 0; at < suggestion.text.size();) {
      const DecodedCodePoint c = decode_utf8(suggestion.text, at);
      CHECK(c.valid);
      CHECK((c.code_point >= ' ' && c.code_point != 0x7F && c.code_point != 0x2028));
      at += c.length;
    }
    CHECK((options.add_space || !suggestion.text.ends_with(' ')));
    // Without a correction it only adds; a correction takes the place of the open word, in which it
    // changes something.
    const std::string replaced =
        text.substr(text.size() - static_cast<size_t>(suggestion.replaces_bytes));
    CHECK(suggestion.corrected == (suggestion.replaces_bytes > 0));
    CHECK(std::string_view(typed.open_word()).ends_with(replaced));
    CHECK(suggestion.replaces_utf16 == utf16_length(replaced));
    if (suggestion.corrected) {
      CHECK_FALSE(suggestion.text.starts_with(replaced));
      CHECK(typed.open_word().size() - replaced.size() <= 1);  // its leading space stays
    }
    CHECK(suggestion.words >= 1);
    CHECK(suggestion.words <= std::max(options.max_words, 1u));
    CHECK(suggestion.text.size() < 1000);
    CHECK(suggestion.probability > 0);
    CHECK(suggestion.probability <= before * (1 + 1e-12));
    before = suggestion.probability;
    double shares = 0;
    for (size_t i = 0; i < suggestion.levels.size(); ++i) {
      shares += suggestion.levels[i].share;
      if (i > 0) CHECK(suggestion.levels[i].share <= suggestion.levels[i - 1].share);
    }
    CHECK(shares == doctest::Approx(1).epsilon(1e-9));
    accepted.push_back(accept(text, suggestion));
  }
  std::sort(accepted.begin(), accepted.end());
  CHECK(std::adjacent_find(accepted.begin(), accepted.end()) == accepted.end());
}

TEST_CASE("suggestions are sound at every caret of a text, whatever the options") {
  const std::vector<std::string> all = texts();
  const std::vector<SuggestOptions> options = {
      {},
      {.limit = 12, .max_words = 1, .max_edits = 0},
      {.limit = 8, .max_words = 3, .max_edits = 2, .add_space = true},
      {.skip_shown = true},
  };
  for (const std::string& text : {all[5], all[62], test::wrap(all[9])}) {
    for (const SuggestOptions& each : options) {
      Suggester suggester(model());
      for (size_t end = 0; end <= std::min<size_t>(text.size(), 400); end += 3) {
        const std::string typed = text.substr(0, end);
        check_sound(typed, suggester.suggest(typed, each), each);
      }
    }
  }
}

TEST_CASE("suggestions are sound behind anything") {
  const std::vector<std::string> pieces = {"teh",  "KEN", "CAFÉ", " ",  "\n",   "'",     "l'",
                                           "1234", "北",  "=",    "-=", "\xFF", "\xC3",  "مر",
                                           "(",    " (",  "é",    "😀",  "Mom",  " Thika"};
  const uint64_t seed = 11;
  CAPTURE(seed);
  Random random(seed);
  const SuggestOptions options{.limit = 10, .max_edits = 2};
  for (int i = 0; i < 200; ++i) {
    std::string text;
    for (uint32_t n = random.below(5); n-- > 0;) {
      text += pieces[random.below(static_cast<uint32_t>(pieces.size()))];
    }
    check_sound(text, suggest(text, options), options);
  }
}

TEST_CASE("the next word and the rest of a word are found") {
  CHECK(offers("The economy is heavily", "The economy is heavily dependent"));
  CHECK(offers("The economy is heavily ", "The economy is heavily dependent"));
  CHECK(offers("The economy is hea", "The economy is heavily"));
  // So much of it that it is cut into many tokens, as no word of the corpus is.
  CHECK(offers("The economy is heavily depend", "The economy is heavily dependent"));
  CHECK(offers("The economy is heavily dependent on the s",
               "The economy is heavily dependent on the sale"));
  CHECK(offers("The caf", "The café"));
  CHECK(offers("The café near the station does", "The café near the station doesn't"));
  CHECK(offers("says: \"On Monday l'e", "says: \"On Monday l'eau"));
  CHECK(offers("", "History", {.limit = 10}));
}

TEST_CASE("a word is written as its beginning is") {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"the bus from kenya", "the bus from Kenya"},
      {"the bus from kEn", "the bus from Kenya"},
      {"the bus from KEN", "the bus from KENYA"},
      {"in the Eco", "in the Economy"}};
  for (const auto& example : cases) {
    CAPTURE(example.first);
    CHECK(offers(example.first, example.second, {.limit = 5}));
  }
  const std::vector<Suggestion> suggestions = suggest("the bus from kenya");
  REQUIRE_FALSE(suggestions.empty());
  const auto kenya = std::find_if(suggestions.begin(), suggestions.end(),
                                  [](const Suggestion& s) { return s.text.starts_with("Kenya"); });
  REQUIRE(kenya != suggestions.end());
  CHECK(kenya->corrected);
  CHECK(kenya->replaces_bytes == 5);
  CHECK(kenya->replaces_utf16 == 5);
}

TEST_CASE("one typing error is found, none where none are tolerated") {
  const std::string before = "Most people in the town speak the language";
  const auto mistyped = [&](const std::string& wrong, const std::string& right) {
    CAPTURE(wrong);
    CHECK(offers(before + wrong, before + right, {.limit = 5}));
    for (const Suggestion& suggestion : suggest(before + wrong, {.limit = 5, .max_edits = 0})) {
      CHECK_FALSE(accept(before + wrong, suggestion).starts_with(before + right));
    }
  };
  mistyped(" teh", " the");
  mistyped(" coasr", " coast");
  mistyped(" langauge", " language");
  mistyped(" languge", " language");
  mistyped(" lannguage", " language");
  // One error in every word of the corpus, behind its first two letters.
  const uint64_t seed = 3;
  CAPTURE(seed);
  Random random(seed);
  uint32_t found = 0;
  uint32_t tried = 0;
  for (uint32_t token = kFirstMergedToken; token < model().vocabulary_size(); ++token) {
    const std::string word(model().vocabulary().text(static_cast<TokenId>(token)));
    const bool is_plain =
        word.size() > 6 && word[0] == ' ' &&
        std::all_of(word.begin() + 1, word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (!is_plain || word.find('z') != std::string::npos) continue;
    std::string wrong = word;
    const size_t at = 3 + random.below(static_cast<uint32_t>(word.size() - 4));
    switch (random.below(4)) {
      case 0: wrong.erase(at, 1); break;
      case 1: wrong.insert(at, 1, 'z'); break;
      case 2: wrong[at] = 'z'; break;
      default: std::swap(wrong[at], wrong[at + 1]);
    }
    if (wrong == word || !VocabularySearch(model().vocabulary()).with_prefix(wrong).empty())
      continue;
    ++tried;
    found += offers(before + wrong, before + word, {.limit = 5}) ? 1 : 0;
    CHECK_FALSE(offers(before + wrong, before + word, {.limit = 5, .max_edits = 0}));
  }
  CHECK(tried > 20);
  CHECK(found * 10 >= tried * 9);
}

TEST_CASE("what is written as in the pack is not corrected") {
  for (const std::string text : {"The town", "The economy is heavily depend", "It lost its wal"}) {
    for (const Suggestion& suggestion : suggest(text)) CHECK_FALSE(suggestion.corrected);
  }
}

TEST_CASE("words of the session are offered") {
  const std::string told =
      "The mill belongs to Zarquonia Vex. The ferry belongs to Zarquonia Vex. The inn belongs to "
      "Zarquonia Vex. The gate belongs to ";
  CHECK(offers(told + "Zar", told + "Zarquonia", {.limit = 8}));
  CHECK(offers(told + "Zarq", told + "Zarquonia", {.limit = 8, .max_words = 1}));
  CHECK_FALSE(offers("The gate belongs to Zar", "The gate belongs to Zarquonia", {.limit = 5}));
}

TEST_CASE("more words are added only where they are sure, or rank behind the word alone") {
  const std::string text = "The old gate still stands near the mar";
  const std::vector<Suggestion> one = suggest(text, {.max_words = 1});
  const std::vector<Suggestion> more = suggest(text, {.max_words = 6});
  REQUIRE_FALSE(one.empty());
  REQUIRE_FALSE(more.empty());
  CHECK(one[0].text == "ket");
  CHECK(one[0].words == 1);
  CHECK(more[0].text.starts_with("ket square"));
  CHECK(more[0].words > 1);
  // Rivers differ from town to town.
  const std::vector<Suggestion> open = suggest("by settlers who came up", {.limit = 6});
  REQUIRE_FALSE(open.empty());
  CHECK(open[0].text == " the");
  CHECK(open[0].words == 1);
  const auto river = std::find_if(open.begin(), open.end(), [](const Suggestion& s) {
    return s.text.starts_with(" the ") && s.text.size() > 6;
  });
  REQUIRE(river != open.end());
  CHECK(river->words > 1);
  CHECK(river->probability < open[0].probability / 2);
}

TEST_CASE("a suggestion does not run on, whatever was repeated") {
  for (const std::string unit : {"=-", "北京", "ab1"}) {
    std::string text = "On ";
    for (int i = 0; i < 60; ++i) text += unit;
    for (const Suggestion& suggestion : suggest(text, {.limit = 5, .max_words = 100})) {
      CHECK(suggestion.text.size() < 700);
    }
  }
  // Each character of a script without spaces counts as a word.
  for (const Suggestion& suggestion : suggest("北京很", {.limit = 5, .max_words = 2})) {
    CAPTURE(suggestion.text);
    CHECK((suggestion.text[0] == ' ' || suggestion.text.size() <= 9));
  }
}

TEST_CASE("the same text has the same suggestions, whatever was asked before") {
  const std::vector<std::string> all = texts();
  Suggester used(model());
  const uint64_t seed = 5;
  CAPTURE(seed);
  Random random(seed);
  for (int i = 0; i < 150; ++i) {
    const std::string& from = all[random.below(static_cast<uint32_t>(all.size()))];
    const std::string text = from.substr(0, random.below(150));
    CHECK(same(used.suggest(text, {}), suggest(text)));
    const std::string shorter = text.substr(0, text.size() * 3 / 4);
    CHECK(same(used.suggest(shorter, {}), suggest(shorter)));
  }
}

TEST_CASE("skip_shown leaves out what was typed past") {
  const SuggestOptions options{.skip_shown = true};
  const std::string text = "The economy is heavily dependent on the sale";
  Suggester suggester(model());
  std::vector<std::string> shown;
  for (size_t end = 15; end <= text.size(); ++end) {
    for (const Suggestion& suggestion : suggester.suggest(text.substr(0, end), options)) {
      if (suggestion.words == 1 && !suggestion.corrected) {
        const std::string whole = accept(text.substr(0, end), suggestion);
        CHECK(std::find(shown.begin(), shown.end(), whole) == shown.end());
        shown.push_back(whole);
      }
    }
  }
  CHECK(shown.size() > 10);
  // Another text begins anew.
  suggester.suggest("Elections", options);
  CHECK(same(suggester.suggest("The economy is", options), suggest("The economy is")));
}

TEST_CASE("a suggestion ends with a space where one comes next") {
  const SuggestOptions options{.limit = 5, .max_words = 1, .add_space = true};
  const std::vector<Suggestion> suggestions = suggest("Most people in the to", options);
  REQUIRE_FALSE(suggestions.empty());
  CHECK(suggestions[0].text == "wn ");
  CHECK(suggest("Most people in the to", {.max_words = 1})[0].text == "wn");
  for (const Suggestion& suggestion :
       suggest("but the old gate still stands near the market squa", options)) {
    CHECK(suggestion.text == "re");  // a full stop follows
  }
}

TEST_CASE("no suggestions are made where none are wanted") {
  CHECK(suggest("The town", {.limit = 0}).empty());
  CHECK(suggest("The town of " + std::string(3000, 'q'), {.max_words = 1}).empty());
}

}  // namespace
}  // namespace cento
