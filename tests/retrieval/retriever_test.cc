#include "retrieval/retriever.h"

#include <doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/random.h"
#include "retrieval/weights.h"
#include "support/corpus_fixture.h"
#include "support/sample_corpus.h"
#include "text/search_words.h"

using namespace cento;

namespace {

std::vector<std::string> folded_words(std::string_view text) {
  std::vector<SearchWord> found;
  find_search_words(text, found);
  std::vector<std::string> words;
  for (const SearchWord& word : found) {
    words.push_back(fold_word(text.substr(word.begin, word.end - word.begin)));
  }
  return words;
}

double saturation(double count, double length, double k1, double b) {
  return count * (k1 + 1) / (count + k1 * (1 - b + b * length));
}

// The recipe of docs/algorithms.md, word for word, over decoded text.
class NaiveRanking {
 public:
  NaiveRanking(const Retriever& retriever, const Question& question) {
    const WordIndex& index = retriever.words();
    std::vector<std::vector<std::string>> sentences;
    double words = 0;
    for (uint32_t s = 0; s < index.sentence_count(); ++s) {
      sentences.push_back(folded_words(retriever.corpus().text(retriever.sentence_tokens(s))));
      for (std::string& word : sentences.back()) word = retriever.stemmer().stem(word);
      words += static_cast<double>(sentences.back().size());
    }
    const double average_sentence = words / index.sentence_count();
    const double average_passage = words / index.passage_count();

    std::map<std::string, const QuestionWord*> terms;
    for (const QuestionWord& word : question.words) {
      if (word.term == kNoTerm || word.weight <= 0 || !index.has_places(word.term)) continue;
      terms.emplace(word.stem, &word);
    }
    std::set<std::pair<std::string, std::string>> pairs;
    for (size_t i = 0; i < question.words.size(); ++i) {
      for (size_t j = i + 1; j <= i + 2 && j < question.words.size(); ++j) {
        const std::string& a = question.words[i].stem;
        const std::string& b = question.words[j].stem;
        if (a != b && terms.count(a) && terms.count(b)) pairs.insert(std::minmax(a, b));
      }
    }
    sentence_score.assign(sentences.size(), 0);
    pair_score.assign(sentences.size(), 0);
    for (size_t s = 0; s < sentences.size(); ++s) {
      const double length = static_cast<double>(sentences[s].size()) / average_sentence;
      for (const auto& [stem, word] : terms) {
        const auto count = std::count(sentences[s].begin(), sentences[s].end(), stem);
        if (count > 0) {
          sentence_score[s] +=
              word->weight * saturation(static_cast<double>(count), length, 0.4, 0.4);
        }
      }
    }
    for (const auto& pair : pairs) {
      std::vector<double> counts(sentences.size(), 0);
      uint32_t some = 0;
      for (size_t s = 0; s < sentences.size(); ++s) {
        for (size_t i = 0; i < sentences[s].size(); ++i) {
          for (size_t j = i + 1; j <= i + 2 && j < sentences[s].size(); ++j) {
            counts[s] += std::pair<std::string, std::string>(
                             std::minmax(sentences[s][i], sentences[s][j])) == pair;
          }
        }
        some += counts[s] > 0;
      }
      const double weight = power_1_5(rarity_of(some, index.sentence_count())) *
                            std::sqrt(terms[pair.first]->transfer * terms[pair.second]->transfer);
      for (size_t s = 0; s < sentences.size(); ++s) {
        if (counts[s] == 0) continue;
        const double size = static_cast<double>(sentences[s].size());
        const double length = std::max(1.0, 2 * size - 3) / std::max(1.0, 2 * average_sentence - 3);
        pair_score[s] += weight * saturation(counts[s], length, 0.4, 0.4);
      }
    }
    for (uint32_t p = 0; p < index.passage_count(); ++p) {
      std::vector<std::string> text;
      double best = 0, best_pair = 0;
      for (uint32_t s = index.first_sentence(p); s < index.first_sentence(p + 1); ++s) {
        text.insert(text.end(), sentences[s].begin(), sentences[s].end());
        best = std::max(best, sentence_score[s]);
        best_pair = std::max(best_pair, pair_score[s]);
      }
      std::set<std::string> title;
      for (const std::string& word :
           folded_words(retriever.corpus().documents()[retriever.document_of(p)].title)) {
        title.insert(retriever.stemmer().stem(word));
      }
      double score = 0;
      for (const auto& [stem, word] : terms) {
        const auto count = std::count(text.begin(), text.end(), stem) +
                           static_cast<std::ptrdiff_t>(title.count(stem));
        if (count == 0) continue;
        score += word->weight * saturation(static_cast<double>(count),
                                           static_cast<double>(text.size()) / average_passage, 1.2,
                                           0.75);
      }
      passage_score.push_back(score > 0 ? score + 0.15 * best + 0.4 * best_pair : 0);
    }
  }

  std::vector<double> sentence_score;
  std::vector<double> pair_score;
  std::vector<double> passage_score;
};

// Documents of few different words, so that these meet in many ways.
std::vector<Document> random_documents(Random& random) {
  const std::vector<std::string> words = {"amber", "brook", "cedar", "delta", "ember",  "fjord",
                                          "grove", "heath", "islet", "jetty", "knoll",  "lagoon",
                                          "marsh", "notch", "oasis", "plain", "quarry", "ridge"};
  const auto word = [&] {
    // Small numbers are likelier: frequent and rare words.
    const uint32_t most = 1 + random.below(static_cast<uint32_t>(words.size()));
    return words[random.below(most)];
  };
  std::vector<Document> documents;
  for (uint32_t d = 4 + random.below(12); d > 0; --d) {
    Document document;
    document.id = "d" + std::to_string(d);
    document.title = word() + " " + word();
    for (uint32_t s = 1 + random.below(12); s > 0; --s) {
      std::string sentence = word();
      sentence[0] = static_cast<char>(sentence[0] - 'a' + 'A');
      for (uint32_t w = 2 + random.below(14); w > 0; --w) sentence += " " + word();
      document.text += sentence + (random.below(4) == 0 ? ".\n\n" : ". ");
    }
    documents.push_back(std::move(document));
  }
  return documents;
}

std::string random_question(Random& random, const std::vector<Document>& documents) {
  std::string question;
  for (uint32_t i = 1 + random.below(6); i > 0; --i) {
    const Document& document = documents[random.below(static_cast<uint32_t>(documents.size()))];
    const std::vector<std::string> words = folded_words(document.text);
    question += words[random.below(static_cast<uint32_t>(words.size()))] + " ";
  }
  return question;
}

std::vector<Document> plain_documents() {
  return {{"kenya",
           "africa/kenya",
           "Kenya",
           "The capital of Kenya is Nairobi. Coffee and tea are exported by the country. "
           "Its coast lies on the Indian Ocean.",
           {}},
          {"peru",
           "america/peru",
           "Peru",
           "The capital of Peru is Lima. Copper is exported by the country. "
           "The mountains of Peru are part of the Andes.",
           {}},
          {"nepal",
           "asia/nepal",
           "Nepal",
           "The capital of Nepal is Kathmandu. Tourism is important for its economy. "
           "The mountains of Nepal are part of the Himalaya.",
           {}}};
}

struct Fixture {
  explicit Fixture(const std::vector<Document>& documents)
      : built(documents), corpus(built.corpus()), retriever(corpus, stemmer, transfer) {}

  std::string first_document(std::string_view text, std::span<const Turn> session = {}) const {
    const auto passages = retriever.passages(retriever.read(text, session), 1);
    if (passages.empty()) return {};
    return std::string(corpus.documents()[retriever.document_of(passages[0].passage)].id);
  }

  test::CorpusFixture built;
  Stemmer stemmer;
  WordTransfer transfer;
  Corpus corpus;
  Retriever retriever;
};

}  // namespace

TEST_CASE("Passages and sentences are ranked as the recipe says, word for word, in any slices") {
  for (uint64_t seed = 1; seed <= 30; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const std::vector<Document> documents = random_documents(random);
    const Fixture fixture(documents);
    for (int i = 0; i < 8; ++i) {
      const Question question = fixture.retriever.read(random_question(random, documents));
      CAPTURE(question.text);
      const NaiveRanking naive(fixture.retriever, question);
      const auto passages = fixture.retriever.passages(question, 1000);
      size_t expected = 0;
      for (const double score : naive.passage_score) expected += score > 0;
      CHECK(passages.size() == expected);
      for (size_t p = 0; p < passages.size(); ++p) {
        CHECK(passages[p].score ==
              doctest::Approx(naive.passage_score[passages[p].passage]).epsilon(1e-9));
        if (p == 0) continue;
        const bool in_order = passages[p - 1].score > passages[p].score ||
                              (passages[p - 1].score == passages[p].score &&
                               passages[p - 1].passage < passages[p].passage);
        CHECK(in_order);
      }
      PassageRanking sliced(fixture.retriever, question, 1000);
      while (sliced.step(1 + random.below(5))) {
      }
      const auto same = sliced.best();
      REQUIRE(same.size() == passages.size());
      for (size_t p = 0; p < same.size(); ++p) {
        CHECK(same[p].passage == passages[p].passage);
        CHECK(same[p].score == passages[p].score);
      }
      const auto few = fixture.retriever.passages(question, 3);
      CHECK(few.size() == std::min<size_t>(3, passages.size()));
      for (size_t p = 0; p < few.size(); ++p) {
        CHECK(few[p].passage == passages[p].passage);
        CHECK(few[p].score == passages[p].score);
      }
      for (const RankedSentence& sentence :
           fixture.retriever.sentences(question, sliced.scan(), few, 1000)) {
        const double whole = naive.passage_score[sentence.passage] +
                             naive.sentence_score[sentence.sentence] +
                             0.4 * naive.pair_score[sentence.sentence];
        CHECK(sentence.score == doctest::Approx(whole / question.weight_sum).epsilon(1e-9));
      }
    }
  }
}

TEST_CASE("The few best passages within some documents are the first of all of theirs") {
  for (uint64_t seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const std::vector<Document> documents = random_documents(random);
    const Fixture fixture(documents);
    for (int i = 0; i < 8; ++i) {
      const std::string text = random_question(random, documents);
      CAPTURE(text);
      const Question question =
          i % 2 == 0 ? fixture.retriever.read(text) : fixture.retriever.read_query(text);
      const uint32_t share = 1 + random.below(3);
      std::vector<bool> is_in(fixture.corpus.documents().size());
      for (size_t d = 0; d < is_in.size(); ++d) is_in[d] = random.below(share) == 0;
      const auto within = fixture.retriever.passages_of_all([&](DocId d) { return is_in[d]; });
      std::vector<RankedPassage> all = fixture.retriever.passages(question, 1000);
      std::erase_if(all, [&](const RankedPassage& ranked) {
        return !is_in[fixture.retriever.document_of(ranked.passage)];
      });
      for (const uint32_t limit : {0u, 1u, 2u, 5u, 30u}) {
        const auto few = fixture.retriever.passages(question, limit, within);
        REQUIRE(few.size() == std::min<size_t>(limit, all.size()));
        for (size_t p = 0; p < few.size(); ++p) {
          CHECK(few[p].passage == all[p].passage);
          CHECK(few[p].score == all[p].score);
        }
      }
    }
  }
}

TEST_CASE("Sentences come from the given passages alone, each once, best first") {
  const Fixture fixture(plain_documents());
  const Question question = fixture.retriever.read("mountains of Peru");
  PassageRanking ranking(fixture.retriever, question, 1);
  ranking.finish();
  const auto& passages = ranking.best();
  REQUIRE(passages.size() == 1);
  const auto sentences = fixture.retriever.sentences(question, ranking.scan(), passages, 10);
  REQUIRE(sentences.size() == 3);
  CHECK(fixture.corpus.text(fixture.retriever.sentence_tokens(sentences[0].sentence))
            .find("mountains of Peru") != std::string::npos);
  CHECK(sentences[0].score > sentences[1].score);
  CHECK(fixture.retriever.sentences(question, ranking.scan(), passages, 2).size() == 2);
}

TEST_CASE("Passages are looked for within documents alone") {
  const Fixture fixture(plain_documents());
  const Question question = fixture.retriever.read("mountains Andes");
  CHECK(fixture.first_document("mountains Andes") == "peru");
  const auto within = fixture.retriever.passages_of_all(
      [&](DocId d) { return fixture.corpus.documents()[d].id != "peru"; });
  const auto others = fixture.retriever.passages(question, 5, within);
  REQUIRE(others.size() == 1);
  CHECK(fixture.corpus.documents()[fixture.retriever.document_of(others[0].passage)].id == "nepal");
}

TEST_CASE("The passages of the documents, one after the other, are all there are") {
  const Fixture fixture(plain_documents());
  const auto passages = fixture.retriever.passages_of_all([](DocId) { return true; });
  uint32_t end = 0;
  for (size_t d = 0; d < passages.size(); ++d) {
    CHECK(passages[d].begin == end);
    end = passages[d].end;
    for (uint32_t p = passages[d].begin; p < end; ++p) CHECK(fixture.retriever.document_of(p) == d);
  }
  CHECK(end == fixture.retriever.words().passage_count());
}

TEST_CASE("A title is found where the text does not have its word") {
  const Fixture fixture({{"a", "", "Lighthouses", "They warn ships. The lamp turns.", {}},
                         {"b", "", "Harbours", "They shelter ships. The mole is long.", {}}});
  CHECK(fixture.first_document("lighthouses") == "a");
  CHECK(fixture.first_document("harbours ships") == "b");
}

TEST_CASE("A phrase must stand as it is written, whatever the case") {
  const Fixture fixture(plain_documents());
  CHECK(fixture.first_document("\"part of the himalaya\"") == "nepal");
  CHECK(fixture.first_document("\"the Indian Ocean\" mountains Peru Andes") == "kenya");
  CHECK(fixture.first_document("\"Ocean Indian\"").empty());
  CHECK(fixture.first_document("“Copper is exported” Kenya coffee") == "peru");
  // What nothing closes is no phrase.
  CHECK(fixture.first_document("\"Ocean Indian").empty() == false);
}

TEST_CASE("A word of no document is taken for its neighbour, at a lower weight") {
  const Fixture fixture(plain_documents());
  const Question wrong = fixture.retriever.read("himalya");
  REQUIRE(wrong.words.size() == 1);
  CHECK(wrong.words[0].corrected_to == "himalaya");
  CHECK(wrong.words[0].weight ==
        doctest::Approx(0.6 * fixture.retriever.read("himalaya").words[0].weight));
  CHECK(fixture.first_document("himalya") == "nepal");
  CHECK(fixture.first_document("katmandhu") == "nepal");  // two errors in nine letters
  CHECK(fixture.retriever.read("limx").words[0].corrected_to == "lima");
  CHECK(fixture.retriever.read("xyz").words[0].corrected_to.empty());
  CHECK(fixture.retriever.read("1234").words[0].corrected_to.empty());
}

TEST_CASE("Who asks is not looked for, a number that looks like it is") {
  std::vector<Document> documents = test::sample_corpus(64);
  documents.push_back({"faq", "", "Questions", "How do I contribute to Vue? I like it.", {}});
  documents.push_back({"watch", "", "Watchers", "One can watch a ref with a callback.", {}});
  documents.push_back({"wars", "", "Wars", "World War I ended in 1918.", {}});
  const Fixture fixture(documents);
  CHECK(fixture.first_document("How do I watch a ref?") == "watch");
  const auto weight_of_i = [&](std::string_view text) {
    const Question question = fixture.retriever.read(text);
    const auto i = std::find_if(question.words.begin(), question.words.end(),
                                [](const QuestionWord& word) { return word.folded == "i"; });
    REQUIRE(i != question.words.end());
    return i->weight;
  };
  CHECK(weight_of_i("How do I watch a ref?") == 0);
  CHECK(weight_of_i("When did World War I end?") > 0);
}

TEST_CASE("A follow-up carries the topic, a question of its own does not") {
  const Fixture fixture(plain_documents());
  const std::vector<Turn> session = {{"What is exported by Peru?", "Peru"}};
  CHECK(fixture.first_document("And its capital?", session) == "peru");
  CHECK(fixture.first_document("What about the mountains?", session) == "peru");
  CHECK(fixture.first_document("the capital of Nepal, Kathmandu", session) == "nepal");
  for (const char* text : {"Und seine Hauptstadt Lima oder Kathmandu?",
                           "¿Y su capital, Lima o Kathmandu?", "它 Lima Kathmandu capital"}) {
    CAPTURE(text);
    const Question other = fixture.retriever.read(text, session);
    CHECK(std::any_of(other.words.begin(), other.words.end(),
                      [](const QuestionWord& word) { return word.from_session; }));
  }
  const Question follow = fixture.retriever.read("And its capital?", session);
  CHECK(std::any_of(follow.words.begin(), follow.words.end(),
                    [](const QuestionWord& word) { return word.from_session; }));
  const Question own = fixture.retriever.read("Which mountains are part of the Andes?", session);
  CHECK(std::none_of(own.words.begin(), own.words.end(),
                     [](const QuestionWord& word) { return word.from_session; }));
}

TEST_CASE("Questions without words, or with unknown ones alone, find nothing") {
  const Fixture fixture(plain_documents());
  for (const char* text : {"", "?!", "zzzzz qqqqq", "\"\""}) {
    CAPTURE(text);
    const Question question = fixture.retriever.read(text);
    PassageRanking ranking(fixture.retriever, question, 5);
    ranking.finish();
    CHECK(ranking.best().empty());
    CHECK(fixture.retriever.sentences(question, ranking.scan(), ranking.best(), 5).empty());
  }
}
