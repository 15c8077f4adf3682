#include "build/stem_rules.h"

#include <doctest.h>

#include <functional>
#include <map>

#include "base/random.h"
#include "build/snowball.h"
#include "support/sample_corpus.h"

namespace cento {
namespace {

// Inflected words made of stems and endings, as a corpus has them.
std::vector<Document> inflected() {
  Document document{"d", "", "Running Dogs", "", {}};
  for (const char* stem : {"walk", "stop",    "happ",   "run",   "relat",   "nation",  "hop",
                           "carr", "larg",    "us",     "bus",   "general", "consist", "form",
                           "fly",  "univers", "operat", "class", "glass",   "adapt"}) {
    for (const char* ending : {"", "s", "es", "ed", "ing", "er", "ers", "ly", "ness", "ational",
                               "ization", "y", "ies", "ied", "e", "ful", "ment", "ping", "ning"}) {
      document.text += std::string(stem) + ending + ' ';
      document.text += std::string(stem) + ending + ' ';
    }
  }
  return {document};
}

TEST_CASE("rules give every word of the documents the stem that Snowball gives it") {
  for (const auto& [language, word, expected] : {std::tuple{"en", "running", "run"},
                                                 {"de", "hauser", "haus"},
                                                 {"fr", "nations", "nation"},
                                                 {"en-GB", "flies", "fli"}}) {
    std::vector<Document> documents = inflected();
    documents[0].text += std::string(" ") + word;
    const Snowball snowball(language);
    REQUIRE(snowball.knows_language());
    const Stemmer stemmer = build_stemmer(documents, language);
    for (const StemmedWord& stemmed : stem_words(documents, language)) {
      CAPTURE(stemmed.word);
      CHECK(stemmed.stem == snowball.stem(stemmed.word));
      CHECK(stemmer.stem(stemmed.word) == stemmed.stem);
    }
    CHECK(stemmer.stem(word) == expected);
    CHECK(stemmer.rule_count() > 0);
    CHECK(stemmer.rule_count() < stem_words(documents, language).size());
  }
}

TEST_CASE("rules made from half of the words stem most of the other half as Snowball does") {
  std::vector<StemmedWord> half;
  std::vector<StemmedWord> other;
  Random random(5);
  for (const StemmedWord& word : stem_words(inflected(), "en")) {
    (random.next() % 2 == 0 ? half : other).push_back(word);
  }
  const Stemmer stemmer = make_stem_rules(half, 1);
  size_t right = 0;
  size_t unstemmed = 0;
  for (const StemmedWord& word : other) {
    right += stemmer.stem(word.word) == word.stem ? 1 : 0;
    unstemmed += word.word == word.stem ? 1 : 0;
  }
  CAPTURE(right);
  CAPTURE(other.size());
  CHECK(10 * right > 7 * other.size());
  CHECK(right > 2 * unstemmed);
}

// The fewest rules by trying, for each ending, every action or none.
size_t fewest_rules(const std::vector<StemmedWord>& words, const std::vector<StemAction>& actions) {
  std::map<std::pair<std::string, size_t>, size_t> memo;
  std::function<size_t(const std::string&, size_t)> below = [&](const std::string& ending,
                                                                size_t inherited) -> size_t {
    std::map<std::string, bool> longer;
    for (const StemmedWord& word : words) {
      std::string reversed(word.word.rbegin(), word.word.rend());
      reversed += '^';
      if (reversed.substr(0, ending.size()) != ending) continue;
      if (reversed == ending) {
        const StemAction& action = actions[inherited];
        const std::string_view text = word.word;
        return std::string(text.substr(0, text.size() - action.cut)) + action.put == word.stem
                   ? 0
                   : 1000;
      }
      longer[reversed.substr(0, ending.size() + 1)] = true;
    }
    if (const auto known = memo.find({ending, inherited}); known != memo.end()) {
      return known->second;
    }
    size_t best = 1000;
    for (size_t action = 0; action < actions.size(); ++action) {
      const size_t letters = ending.size() - (!ending.empty() && ending.back() == '^' ? 1 : 0);
      if (action != inherited && (actions[action].cut > letters || ending.empty())) continue;
      size_t cost = action == inherited ? 0 : 1;
      for (const auto& [next, unused] : longer) cost += below(next, action);
      best = std::min(best, cost);
    }
    return memo[{ending, inherited}] = best;
  };
  return below("", 0);
}

TEST_CASE("there are no fewer rules that do the same") {
  const std::vector<StemAction> actions = {{0, ""}, {1, ""}, {2, ""}, {2, "c"}};
  Random random(11);
  for (int round = 0; round < 60; ++round) {
    CAPTURE(round);
    std::map<std::string, std::string> chosen;
    for (int i = 0; i < 12; ++i) {
      std::string word = "z";
      for (uint64_t length = 2 + random.next() % 3; length > 0; --length) {
        word += static_cast<char>('a' + random.next() % 2);
      }
      const StemAction& action = actions[random.next() % actions.size()];
      // A letter that no word has: the change is the action and no smaller one.
      chosen[word] = word.substr(0, word.size() - action.cut) + action.put;
    }
    std::vector<StemmedWord> words;
    for (const auto& [word, stem] : chosen) words.push_back({word, stem, 1});
    const Stemmer stemmer = make_stem_rules(words, 1);
    for (const StemmedWord& word : words) CHECK(stemmer.stem(word.word) == word.stem);
    CHECK(stemmer.rule_count() == fewest_rules(words, actions));
  }
}

TEST_CASE("a language without a Snowball stemmer gets no rules, nor do words without changes") {
  CHECK(build_stemmer(test::sample_corpus(3), "zh").rule_count() == 0);
  CHECK(build_stemmer(test::sample_corpus(3), "").rule_count() == 0);
  CHECK(make_stem_rules({}, 1).rule_count() == 0);
  CHECK(make_stem_rules({{"a", "a", 1}, {"ba", "ba", 1}}, 1).rule_count() == 0);
}

TEST_CASE("no rule cuts inside a character, and words too long for a rule stay") {
  const Stemmer stemmer =
      make_stem_rules({{"abä", "abö", 1}, {"cä", "cö", 1}, {std::string(300, 'x'), "x", 1}}, 1);
  CHECK(stemmer.stem("zä") == "zö");
  CHECK(stemmer.stem("z\u0164") == "z\u0164");
  CHECK(stemmer.stem(std::string(300, 'x')) == std::string(300, 'x'));
}

}  // namespace
}  // namespace cento
