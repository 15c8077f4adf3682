#include "levels/word_index.h"

#include <doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/random.h"
#include "levels/passages.h"
#include "support/corpus_fixture.h"
#include "support/sample_corpus.h"
#include "text/headings.h"
#include "text/search_words.h"

namespace cento {
namespace {

// What a scan of the decoded text finds of a term.
struct NaiveTerm {
  std::vector<uint32_t> words;
  std::set<uint32_t> sentences;
  std::set<uint32_t> passages;
  std::set<uint32_t> labelled;
};

std::vector<std::string> terms_of(std::string_view text) {
  std::vector<SearchWord> found;
  find_search_words(text, found);
  std::vector<std::string> terms;
  for (const SearchWord& word : found) {
    terms.push_back(fold_word(text.substr(word.begin, word.end - word.begin)));
  }
  return terms;
}

// Compares all that an index says with the texts, given its passages.
void check_index(const test::CorpusFixture& fixture) {
  const WordIndex& index = fixture.expression.words;
  const Corpus corpus = fixture.corpus();
  const SparseBitVector& starts = fixture.expression.sentence_starts;
  REQUIRE(index.sentence_count() == starts.ones());
  std::map<std::string, NaiveTerm> expected;
  uint32_t words = 0;
  uint32_t passage = ~uint32_t{0};
  for (uint32_t sentence = 0; sentence < starts.ones(); ++sentence) {
    const TokenRange tokens = corpus.sentence_at(starts.select1(sentence));
    if (index.passage_of_sentence(sentence) != passage) {
      passage = index.passage_of_sentence(sentence);
      CHECK(index.first_sentence(passage) == sentence);
    }
    CHECK(index.first_word(sentence) == words);
    const std::vector<std::string> terms = terms_of(corpus.text(tokens));
    for (const std::string& term : terms) {
      CHECK(index.sentence_of_word(words) == sentence);
      NaiveTerm& naive = expected[term];
      naive.words.push_back(words++);
      naive.sentences.insert(sentence);
      naive.passages.insert(passage);
    }
    if (terms.empty()) CHECK(index.sentence_of_word(words++) == sentence);
  }
  CHECK(index.word_count() == words);
  CHECK(index.first_word(index.sentence_count()) == words);
  CHECK(index.first_sentence(index.passage_count()) == index.sentence_count());

  for (uint32_t p = 0; p < index.passage_count(); ++p) {
    const TextPos begin = starts.select1(index.first_sentence(p));
    const TextPos last = starts.select1(index.first_sentence(p + 1) - 1);
    const DocId document = corpus.document_at(begin);
    CHECK(corpus.document_at(last) == document);
    std::vector<std::string> labels = corpus.headings_at(corpus.sentence_at(last).end - 1);
    labels.emplace_back(fixture.documents[document].title);
    uint32_t count = 0;
    for (const std::string& label : labels) {
      for (const std::string& term : terms_of(label)) {
        expected[term].labelled.insert(p);
        expected[term].passages.insert(p);
        ++count;
      }
    }
    CHECK(index.label_words(p) == count);
  }

  REQUIRE(index.term_count() == expected.size());
  TermId term = 0;
  for (const auto& entry : expected) {
    // Clang 14 captures no structured bindings.
    const std::string& text = entry.first;
    const NaiveTerm& naive = entry.second;
    CAPTURE(text);
    CHECK(index.term(term) == text);
    CHECK(index.find(text) == term);
    CHECK(index.sentence_frequency(term) == naive.sentences.size());
    CHECK(index.passage_frequency(term) == naive.passages.size());
    std::set<uint32_t> labelled;
    std::vector<PassageRange> ranges;
    index.labelled(term, ranges);
    for (size_t i = 0; i < ranges.size(); ++i) {
      CHECK(ranges[i].begin < ranges[i].end);
      if (i > 0) CHECK(ranges[i - 1].end < ranges[i].begin);
      for (uint32_t p = ranges[i].begin; p < ranges[i].end; ++p) labelled.insert(p);
    }
    CHECK(labelled == naive.labelled);
    const bool is_large = index.passage_count() >= 64;
    const bool has_places = !is_large || naive.passages.size() <= index.passage_count() / 2;
    CHECK(index.has_places(term) == has_places);
    CHECK(index.is_general(term) ==
          (is_large && naive.passages.size() > index.passage_count() / 4));
    std::vector<uint32_t> words_found;
    for (auto place = index.places(term); !place.at_end(); place.next()) {
      words_found.push_back(place.word());
    }
    CHECK(words_found == (has_places ? naive.words : std::vector<uint32_t>()));
    ++term;
  }
  CHECK(index.find("zzzz") == kNoTerm);
  CHECK(index.find("") == kNoTerm);
}

TEST_CASE("places, frequencies and labels of every term are what a scan of the text finds") {
  check_index(test::CorpusFixture(test::sample_corpus(9)));
  const test::CorpusFixture large(test::sample_corpus(70));
  CHECK(large.expression.words.passage_count() >= 64);
  CHECK_FALSE(large.expression.words.has_places(large.expression.words.find("the")));
  check_index(large);
}

TEST_CASE("text of other scripts, empty documents and sentences without words are indexed") {
  std::vector<Document> texts = test::sample_corpus(2);
  texts.insert(texts.begin(), {"empty", "", "Nothing here", "", {}});
  texts.push_back({"de", "", "Zürich", "Die Größe von Zürich. ***\n\n***\n\nSie wächst!", {}});
  texts.push_back({"ar", "", "كتاب", "هذا كِتَابٌ جديد. والكتاب قديم؟ نعم.", {}});
  texts.push_back({"zh", "", "北京", "北京是中国的首都。北京很大。上海也很大。", {}});
  texts.push_back({"marks", "", "", "?!", {}});
  check_index(test::CorpusFixture(texts));
  check_index(test::CorpusFixture({{"marks", "", "", "?!", {}}}));
}

TEST_CASE("nested headings label what is under them, and no passage leaves its section") {
  Document document{"d", "", "Guide", "", {}};
  const auto add = [&](uint8_t level, const std::string& heading, const std::string& text) {
    Heading entry;
    entry.begin = static_cast<uint32_t>(document.text.size());
    entry.end = entry.begin + static_cast<uint32_t>(heading.size());
    entry.level = level;
    document.headings.push_back(entry);
    document.text += heading + "\n\n" + text;
  };
  document.text = "An opening line.\n\n";
  add(1, "Alpha", "");
  add(2, "Beta", "Some text of beta.\n\nAnd some more.\n\n");
  add(2, "Gamma beta", "Text of gamma.\n\n");
  add(1, "Delta", "The last text.\n\n");
  const test::CorpusFixture fixture({document, document});
  check_index(fixture);
  CHECK(fixture.expression.words.passage_count() == 8);  // opening, beta, gamma, delta; twice
}

TEST_CASE("short paragraphs are put together, long ones cut, and headings go with what follows") {
  const std::vector<Heading> headings = {{40, 45, 1, ""}, {45, 50, 2, ""}, {90, 95, 1, ""}};
  // Each sentence is ten bytes long.
  const auto cut = [&](std::vector<std::pair<uint32_t, bool>> sentences,
                       std::span<const Heading> over) {
    std::vector<SentenceExtent> extents;
    for (const auto& [words, opens] : sentences) {
      extents.push_back({static_cast<uint32_t>(extents.size() + 1) * 10, words, opens});
    }
    std::vector<uint32_t> first;
    find_passages(extents, over, first);
    return first;
  };
  using Cut = std::vector<uint32_t>;
  CHECK(cut({}, {}).empty());
  CHECK(cut({{700, true}}, {}) == Cut{0});
  CHECK(cut({{20, true}, {20, true}, {20, true}, {20, true}}, {}) == Cut{0, 3});
  CHECK(cut({{30, true}, {200, false}, {60, true}, {59, true}, {9, true}}, {}) == Cut{0, 2, 3});
  CHECK(cut({{300, true}, {299, false}}, {}) == Cut{0});
  CHECK(cut({{200, true}, {200, false}, {200, false}, {200, false}}, {}) == Cut{0, 2});
  CHECK(cut({{10, true},
             {9, true},
             {9, true},
             {9, true},
             {2, true},
             {9, true},
             {9, true},
             {9, true},
             {9, true},
             {2, true},
             {9, true}},
            headings) == Cut{0, 4, 9});
  CHECK(cut({{99, true}, {9, true}, {9, true}, {9, true}, {2, true}}, headings) == Cut{0, 1, 4});
}

// The distance by the whole table.
uint32_t distance(const std::string& a, const std::string& b) {
  std::vector<std::vector<uint32_t>> table(a.size() + 1, std::vector<uint32_t>(b.size() + 1));
  for (uint32_t i = 0; i <= a.size(); ++i) {
    for (uint32_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        table[i][j] = i + j;
        continue;
      }
      table[i][j] = std::min({table[i - 1][j] + 1, table[i][j - 1] + 1,
                              table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        table[i][j] = std::min(table[i][j], table[i - 2][j - 2] + 1);
      }
    }
  }
  return table[a.size()][b.size()];
}

TEST_CASE("near terms are those that the whole table of distances finds") {
  Random random(3);
  const auto word = [&] {
    std::string text;
    for (uint32_t length = random.below(9); length > 0; --length) {
      text += static_cast<char>('a' + random.below(3));
    }
    return text;
  };
  std::set<std::string> strings = {std::string(20, 'a'), std::string(255, 'b')};
  for (int i = 0; i < 3000; ++i) strings.insert(word());
  const std::vector<std::string_view> terms(strings.begin(), strings.end());
  const TermList list(terms);
  REQUIRE(list.size() == terms.size());
  for (uint32_t i = 0; i < terms.size(); ++i) {
    CHECK(list.text(i) == terms[i]);
    CHECK(list.find(terms[i]) == i);
    const std::string longer = std::string(terms[i]) + "!";
    CHECK(list.find(longer) == terms.size());
  }
  for (int round = 0; round < 60; ++round) {
    const std::string wanted = word();
    const uint32_t edits = random.below(4);
    CAPTURE(wanted);
    CAPTURE(edits);
    const std::vector<TermList::Near> found = list.near(wanted, edits);
    size_t next = 0;
    for (uint32_t i = 0; i < terms.size(); ++i) {
      const uint32_t exact = distance(wanted, std::string(terms[i]));
      if (exact > edits) continue;
      REQUIRE(next < found.size());
      CHECK(found[next].number == i);
      CHECK(found[next].distance == exact);
      ++next;
    }
    CHECK(next == found.size());
  }
}

TEST_CASE("near terms of an index come nearest first, then most frequent first") {
  const test::CorpusFixture fixture(
      {{"a", "", "", "Größe Grosse grase. Gras gras.", {}}, {"b", "", "", "grase", {}}});
  const WordIndex& index = fixture.expression.words;
  const auto near = [&](std::string_view word, uint32_t edits, uint32_t limit) {
    std::vector<std::string> found;
    for (const TermId term : index.near(word, edits, limit)) found.push_back(index.term(term));
    return found;
  };
  CHECK(near("grasee", 2, 9) == std::vector<std::string>{"grase", "gras", "grosse"});
  CHECK(near("grose", 1, 9) == std::vector<std::string>{"grase", "grosse"});
  CHECK(near("grose", 1, 1) == std::vector<std::string>{"grase"});
  CHECK(near("rgas", 1, 9) == std::vector<std::string>{"gras"});
  CHECK(near("zzz", 1, 9).empty());
}

TEST_CASE("terms are stems, and words of one stem stand in one list") {
  const test::CorpusFixture fixture({{"a", "", "Cats", "A cat and many cats. Cats!", {}}});
  const Stemmer stemmer =
      Stemmer::create(std::vector<StemAction>{{1, ""}}, std::vector<StemRule>{{"s", 0}}).value();
  SentenceStarts starts;
  for (uint32_t s = 0; s < fixture.expression.sentence_starts.ones(); ++s) {
    starts.positions.push_back(fixture.expression.sentence_starts.select1(s));
    starts.opens_paragraph.push_back(s == 0);
  }
  const auto index =
      WordIndex::build(fixture.stream, fixture.vocabulary, fixture.documents, stemmer, starts);
  REQUIRE(index.is_ok());
  CHECK(index.value().find("cats") == kNoTerm);
  const TermId cat = index.value().find("cat");
  REQUIRE(cat != kNoTerm);
  CHECK(index.value().places(cat).size() == 3);
  CHECK(index.value().sentence_frequency(cat) == 2);
  const auto stop = [](std::string_view, uint64_t, uint64_t) { return false; };
  CHECK(
      WordIndex::build(fixture.stream, fixture.vocabulary, fixture.documents, stemmer, starts, stop)
          .status()
          .code() == StatusCode::kAborted);
}

// Reads all that there is, to see that no look-up leaves the index.
uint64_t read_all(const WordIndex& index) {
  uint64_t sum = 0;
  std::vector<PassageRange> ranges;
  for (TermId term = 0; term < index.term_count(); ++term) {
    sum += index.find(index.term(term)) + index.passage_frequency(term);
    for (auto place = index.places(term); !place.at_end(); place.next()) {
      const uint32_t sentence = index.sentence_of_word(place.word());
      sum += index.label_words(index.passage_of_sentence(sentence));
    }
    index.labelled(term, ranges);
  }
  for (const PassageRange& range : ranges) {
    CHECK(range.end <= index.passage_count());
    sum += range.end - range.begin;
  }
  for (uint32_t s = 0; s <= index.sentence_count(); ++s) sum += index.first_word(s);
  return sum + index.near("the", 2, 5).size();
}

TEST_CASE("an index survives its image; an image that is cut is refused, altered ones are safe") {
  const test::CorpusFixture fixture(test::sample_corpus(4));
  const WordIndex& index = fixture.expression.words;
  ByteWriter writer;
  index.save(writer);
  const std::vector<uint8_t> image = writer.take();
  ByteReader whole(image);
  const auto loaded = load_new<WordIndex>(whole, index.sentence_count());
  REQUIRE(loaded.is_ok());
  CHECK(whole.remaining() == 0);
  CHECK(read_all(loaded.value()) == read_all(index));
  CHECK(loaded.value().memory_bytes() == index.memory_bytes());
  ByteReader other(image);
  CHECK(load_new<WordIndex>(other, index.sentence_count() + 1).status().code() ==
        StatusCode::kIntegrity);

  for (size_t length = 0; length < image.size(); length += 7) {
    ByteReader cut(Bytes(image).first(length));
    CHECK(load_new<WordIndex>(cut, index.sentence_count()).status().code() ==
          StatusCode::kIntegrity);
  }
  Random random(23);
  uint32_t refused = 0;
  for (size_t i = 0; i < image.size(); ++i) {
    std::vector<uint8_t> altered = image;
    altered[i] = static_cast<uint8_t>(altered[i] ^ (1u + random.below(255)));
    ByteReader reader(altered);
    const auto result = load_new<WordIndex>(reader, index.sentence_count());
    refused += result.is_ok() ? 0 : 1;
    if (result.is_ok()) {
      read_all(result.value());
    } else {
      CHECK(result.status().code() == StatusCode::kIntegrity);
    }
  }
  CHECK(refused > image.size() / 20);  // terms and records are not looked at before they are asked
}

TEST_CASE("an index of nothing can be kept and asked") {
  ByteWriter writer;
  WordIndex().save(writer);
  ByteReader reader(writer.buffer());
  const auto loaded = load_new<WordIndex>(reader, 0);
  REQUIRE(loaded.is_ok());
  CHECK(read_all(loaded.value()) == 0);
  CHECK(loaded.value().find("a") == kNoTerm);
}

}  // namespace
}  // namespace cento
