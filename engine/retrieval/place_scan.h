// The places of a question's words, and what the passages and sentences that have them are worth.
#pragma once

#include <cstdint>
#include <vector>

#include "levels/word_index.h"
#include "retrieval/question.h"

namespace cento {

// A sentence with a word of the question.
struct SentenceHit {
  uint32_t sentence;
  double score;       // BM25 of its words
  double pair_score;  // of the pairs of neighbours that it shares with the question
};

// A passage with a word of the question, in its text, its title or its headings.
struct PassageHit {
  uint32_t passage;
  uint64_t terms;      // bit t: it has the term number t in its text
  double words_score;  // BM25 of its words
  double most;         // that PlaceScan::score can give it; no less than the above
};

// The question's terms that have places and weight, at most 64; passages and sentences ascend.
// BM25 as Robertson & Zaragoza 2009, with other settings for sentences (docs/algorithms.md).
//
// Passages are weighed by their words first. Which sentence of a passage is the best one is found
// out for those alone that it may bring among the best: there are few (as in Broder et al. 2003,
// "Efficient query evaluation using a two-level retrieval process").
//
// Cost: linear in the places of the terms and the passages under titles that name them. Memory:
// 4 bytes for each of these places, 32 for each passage that has one.
class PlaceScan {
 public:
  // Places that are read in a small step of work, and the look-ups that this takes.
  static constexpr uint32_t kSlice = 16384;
  static constexpr uint32_t kSliceCost = 500;

  // Begins a scan, and as many `step`s as it takes end it.
  PlaceScan(const WordIndex& words, const Question& question);
  // Reads about `places` at most; false when there are no more, and what is below can be asked.
  bool step(uint32_t places);

  // The whole scan at once. Cost: as above.
  static PlaceScan whole(const WordIndex& words, const Question& question) {
    PlaceScan scan(words, question);
    while (scan.step(~uint32_t{0})) {
    }
    return scan;
  }

  const std::vector<PassageHit>& passages() const { return passages_; }
  // BM25 of the words, and shares of the best sentence and of the best pairs of one. Cost: linear
  // in the sentences and places of the passage, and a search in the places of each term.
  double score(const PassageHit& hit) const;
  // Appends the sentences of a passage that have a term. Cost: as above.
  void sentences(uint32_t passage, std::vector<SentenceHit>& out) const;
  // The terms of the question that were read; bit t of PassageHit::terms is the one at t.
  const std::vector<TermId>& terms() const { return term_ids_; }

 private:
  // Words by their number in the text, ascending; the last one is behind all.
  using Numbers = std::vector<uint32_t>;

  struct Term {
    double weight;
    double transfer;
    WordIndex::Places unread;
    Numbers places;
    std::vector<PassageRange> labelled;  // the last one is behind all
  };
  // Two terms that stand at most two words apart in the question.
  struct Pair {
    uint32_t first;
    uint32_t second;
    Numbers places;  // of one of the two, wherever the other one is near
    double weight = 0;
  };
  // What of a term or pair is in passages that were not looked at.
  struct Rest {
    double weight;
    const uint32_t* place;
    const PassageRange* label;  // none of a pair
  };

  void choose_terms(const Question& question);
  // Both give what is left of `places`, 0 where that did not do.
  uint32_t read_places(uint32_t places);
  uint32_t weigh_passages(uint32_t places);
  void find_pair(Pair& pair) const;
  void begin_passages();
  // The next passage with a term, in its text or over it; passage_count() where there is none.
  uint32_t next_passage();
  // Gives the places that it has.
  uint32_t add_passage(uint32_t passage);

  const WordIndex* words_;
  double pair_share_;
  std::vector<Term> terms_;
  std::vector<TermId> term_ids_;
  std::vector<Pair> pairs_;
  std::vector<PassageHit> passages_;
  uint32_t sentence_count_;  // that weights are counted over
  double average_sentence_;  // words
  double average_passage_;
  // How far the scan is.
  size_t read_terms_ = 0;
  size_t found_pairs_ = 0;
  std::vector<Rest> term_rests_;
  std::vector<Rest> pair_rests_;
  uint32_t next_ = 0;  // first passage that was not looked at
};

}  // namespace cento
