// One walk over the places of a question's words: what its sentences and passages are worth.
#pragma once

#include <cstdint>
#include <vector>

#include "levels/word_index.h"
#include "retrieval/question.h"

namespace cento {

// A sentence with a word of the question.
struct SentenceHit {
  uint32_t sentence;
  uint32_t words;     // its length
  double score;       // BM25 of its words
  double pair_score;  // of the pairs of neighbours that it shares with the question
};

// A passage with a word of the question, in its text, its title or its headings.
struct PassageHit {
  uint32_t passage;
  uint32_t first_hit;  // of its sentences in PlaceScan::sentences; they end where the next one's do
  uint64_t terms;      // bit t: it has the term number t in its text
  double score;
};

// The question's terms that have places and weight, at most 64; passages and sentences ascend.
// BM25 as Robertson & Zaragoza 2009, with other settings for sentences (docs/algorithms.md).
// Cost: linear in the places of the terms and the passages under titles that name them. Memory:
// some 40 bytes for each passage and sentence that has one of them.
class PlaceScan {
 public:
  // Places that are walked over in a small step of work, and the look-ups that this takes.
  static constexpr uint32_t kSlice = 4096;
  static constexpr uint32_t kSliceCost = 500;

  // Begins a walk, and as many `step`s as it takes end it.
  PlaceScan(const WordIndex& words, const Question& question);
  // Walks over `places` at most; false when there are no more, and what is below can be read.
  bool step(uint32_t places);

  // The whole walk at once. Cost: as above.
  static PlaceScan whole(const WordIndex& words, const Question& question) {
    PlaceScan scan(words, question);
    scan.step(~uint32_t{0});
    return scan;
  }

  const std::vector<PassageHit>& passages() const { return passages_; }
  const std::vector<SentenceHit>& sentences() const { return sentences_; }
  // The terms of the question that were walked; bit t of PassageHit::terms is the one at t.
  const std::vector<TermId>& terms() const { return term_ids_; }
  // The sentences of passages()[i] are [first_hit, hits_end(i)).
  uint32_t hits_end(size_t i) const;

 private:
  struct Term {
    double weight;
    double transfer;
    WordIndex::Places places;
    std::vector<PassageRange> labelled;
    size_t next_label = 0;
    uint32_t in_sentence = 0;
    uint32_t in_passage = 0;
  };
  // Two terms that stand at most two words apart in the question.
  struct Pair {
    uint32_t first;
    uint32_t second;
    uint32_t sentences = 0;    // that have it
    uint32_t in_sentence = 0;  // times in the sentence at hand
  };
  struct PairHit {
    uint32_t hit;  // in sentences_
    uint32_t pair;
    uint32_t count;
  };

  void choose_terms(const Question& question);
  bool take_place();
  void open(uint32_t word);
  void close_sentence();
  void close_passage();
  // Passages in [passage_end_, end) that have no word but stand under a title with one.
  void add_labelled(uint32_t end);
  void add_passage(uint32_t passage);
  void note_pair(uint32_t first, uint32_t second);
  void score_pairs();

  const WordIndex* words_;
  double pair_share_;
  std::vector<Term> terms_;
  std::vector<TermId> term_ids_;
  std::vector<Pair> pairs_;
  std::vector<PairHit> pair_hits_;
  std::vector<PassageHit> passages_;
  std::vector<SentenceHit> sentences_;
  uint32_t sentence_count_ = 0;  // that weights are counted over
  double average_sentence_;      // words
  double average_passage_;
  // What the walk is in.
  SparseBitVector::Walk sentence_;  // by words
  SparseBitVector::Walk passage_;   // by sentences
  bool is_open_ = false;            // one of each, with a word in it
  struct {
    uint32_t word = 0;
    uint32_t term = kNoTerm;
  } last_, earlier_;  // words of the sentence
  // What is scored next.
  SparseBitVector::Walk scored_passage_;
  SparseBitVector::Walk scored_words_;
  uint32_t passage_end_ = 0;  // first passage that was not looked at
  uint32_t next_hit_ = 0;     // in sentences_: the first that no passage has yet
};

}  // namespace cento
