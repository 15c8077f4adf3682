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
  PlaceScan(const WordIndex& words, const Question& question);

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
  void walk();
  void open(uint32_t word);
  void close_sentence();
  void close_passage();
  // Passages in [passage_end_, end) that have no word but stand under a title with one.
  void add_labelled(uint32_t end);
  void add_passage(uint32_t passage);
  void note_pair(uint32_t first, uint32_t second);
  void score_pairs(double pair_share);

  const WordIndex* words_;
  std::vector<Term> terms_;
  std::vector<TermId> term_ids_;
  std::vector<Pair> pairs_;
  std::vector<PairHit> pair_hits_;
  std::vector<PassageHit> passages_;
  std::vector<SentenceHit> sentences_;
  uint32_t sentence_count_ = 0;  // that weights are counted over
  double average_sentence_ = 1;  // words
  double average_passage_ = 1;
  // What the walk is in. All ends are 0 before it begins.
  uint32_t sentence_ = 0;
  uint32_t sentence_begin_ = 0;  // words
  uint32_t sentence_end_ = 0;
  uint32_t passage_ = 0;
  uint32_t passage_last_ = 0;  // sentence behind it
  uint32_t passage_end_ = 0;   // first passage that was not looked at
  uint32_t next_hit_ = 0;      // in sentences_: the first that no passage has yet
};

}  // namespace cento
