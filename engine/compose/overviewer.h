// Several sentences on a topic, each as it stands in the corpus: chosen so that few words say much
// of what the documents on the topic say, and put into an order in which they read well.
//
// Choosing is maximising coverage under a budget of words (Filatova & Hatzivassiloglou 2004; Lin &
// Bilmes 2011): each word that the documents speak of counts once, however many sentences have it,
// so what is said already is worth nothing again. Greedy by gain for each word of length, then
// exchanges while they gain. The recipe and its settings are in docs/algorithms.md.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compose/composer.h"
#include "compose/overview_sentence.h"
#include "compose/subjects.h"
#include "levels/discourse_level.h"
#include "retrieval/passage_ranking.h"
#include "retrieval/retriever.h"
#include "retrieval/term_finder.h"

namespace cento {

// What an overview is made with. Lifetime: all of it must outlive the overviewer.
struct OverviewLevels {
  const Retriever& retriever;
  const SubjectIndex& subjects;
  const DiscourseTables& discourse;
  const SentenceJudge& judge;
};

// The most that one document may have of the sentences, unless the topic names it or no other
// speaks of the topic; one sentence is always allowed.
inline constexpr double kMaxDocumentShare = 0.6;

// One overview at work: `step` reads a sentence, chooses one or tries an exchange. Deterministic in
// corpus, topic and options; the seed decides ties alone. Memory: some hundred sentences.
class Overviewer final : public Composer {
 public:
  Overviewer(const OverviewLevels& levels, std::string_view topic, const AnswerOptions& options);

  uint32_t step() override;
  FragmentExplanation explain(uint32_t i) const override;

 private:
  enum class Phase : uint8_t { kFind, kScan, kRead, kWeigh, kChoose, kImprove, kDone };

  // A word of a sentence that says something: which, and whether it is a number, a name, ….
  struct Term {
    uint32_t id;  // of the corpus's stems until `weigh`, then an index of weights_
    bool is_value;
  };
  struct Sentence {
    TokenRange range;  // without white space around it
    uint32_t skip;     // bytes of leading space in its first token
    DocId document;
    SentenceFit fit;
    bool goes_on;        // right after the sentence before it, in one paragraph
    uint32_t words = 0;  // as people count them: between white space
    double quality = 0;  // 0 to 1: relevance, place and the like; what it covers counts so much
    std::vector<Term> terms;  // distinct, by id
  };
  // Where sentences are looked for, one after the other until there are some.
  enum class Reach : uint8_t { kTitles, kBestPassages, kManyPassages };
  // Tokens to read sentences from, and how relevant these are.
  struct Place {
    TokenRange range;
    double relevance;
    bool is_section;  // all of it is about the topic, by its title or heading
  };
  struct TopicTerm {
    TermId term;
    double weight;
  };

  using Choice = std::vector<uint32_t>;  // sentences of pool_, ascending

  // Finds documents of that name; false where passages are to be looked for.
  bool find();
  // Looks further after nothing was found; false where everything was looked at.
  bool reach_further();
  bool find_titles(const std::string& wanted);
  void rank_passages();
  void find_passages();
  void add_document(DocId document, uint32_t limit);
  bool is_about_topic(std::string_view heading, std::string_view title);
  // The section about the topic that a passage is in; false where it is in none.
  bool add_section(uint32_t passage);
  std::vector<Term> terms_of(std::string_view text, std::span<const Unit> units);
  // The share of the topic's words, by weight, that are among these.
  double topic_share(std::span<const Term> terms) const;
  bool is_under_name(const Sentence& sentence, std::string_view text) const;
  bool leaves_open(TextPos position, std::string_view text) const;
  void look_back(TextPos begin);
  void read(TextPos position, const Place& place);
  void weigh();
  // Whether sentence `i` can be understood, with the one before it if it leans on that.
  bool is_usable(uint32_t i) const;
  bool leans(uint32_t i) const { return pool_[i].fit == SentenceFit::kAfterBefore; }
  // What `choice` covers: for each term the quality of the best sentence that has it.
  std::vector<double> coverage(const Choice& choice) const;
  double value(const Choice& choice) const;
  // Whether `added` may join `choice`: length, documents, nothing said twice.
  bool fits(const Choice& choice, const Choice& added) const;
  double similarity(uint32_t a, uint32_t b) const;
  // Adds the best that fits; false where nothing does. `without` is never taken.
  bool add_best(Choice& choice, uint32_t without) const;
  // Leaves one sentence out and fills up again; true where that is better.
  bool exchange(uint32_t left_out);
  // How many sentences of `choice` the document that has most of them may have.
  uint32_t document_limit(const Choice& choice) const;
  // Drops what a document has too much of, and fills up again.
  void keep_shares();
  // What sentence `i` adds to the others of the overview, in bits.
  double gain(uint32_t i) const;
  // Sentence `i` as one to stand beside `others`.
  Candidate candidate(uint32_t i, const Choice& others) const;
  std::vector<uint32_t> in_order() const;
  void emit(const std::vector<uint32_t>& order);
  std::string text_of(const Sentence& sentence) const;

  OverviewLevels levels_;
  const Corpus* corpus_;
  std::string topic_;
  AnswerOptions options_;
  uint32_t max_words_;
  uint32_t max_sentences_;
  uint32_t expected_;  // sentences, about
  Phase phase_ = Phase::kFind;
  Reach reach_ = Reach::kTitles;
  bool is_title_ = false;  // the topic is a document's

  Question question_;                      // what the topic says
  std::optional<PassageRanking> ranking_;  // while its passages are looked for
  std::vector<Place> places_;
  size_t place_ = 0;         // that is being read
  TextPos next_ = 0;         // the next sentence of it
  uint32_t paragraphs_ = 0;  // of its document so far
  bool is_open_ = false;     // the sentence read last goes on, or is a label
  TermFinder terms_;
  std::vector<TopicTerm> topic_terms_;
  double off_topic_ = 0;     // what a sentence without any of them loses of its quality
  bool one_source_ = false;  // the topic names the documents, or only one speaks of it
  bool strict_ = false;      // shares are those of the sentences chosen, not of those hoped for
  std::string unknown_;      // a word of the topic that no document has
  std::vector<std::string> nearest_;  // topics, for a refusal
  std::vector<Sentence> pool_;
  std::vector<double> weights_;  // of terms, in bits
  Choice chosen_;
  size_t tried_ = 0;  // exchanges since the last that gained
  std::vector<uint32_t> order_;
};

}  // namespace cento
