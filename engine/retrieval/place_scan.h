// The places of a question's words, and what the sentences that have them are worth.
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

// The question's terms that have places and weight, at most kMaxTerms, and where they stand
// together. Sentences are weighed by BM25 as Robertson & Zaragoza 2009, with other settings
// (docs/algorithms.md).
//
// Cost: linear in the places of the terms. Memory: 4 bytes for each of them.
class PlaceScan {
 public:
  // Places that are read in a small step of work, and the look-ups that this takes.
  static constexpr uint32_t kSlice = 16384;
  static constexpr uint32_t kSliceCost = 500;

  static constexpr size_t kMaxTerms = 64;
  // Words by their number in the text, ascending; the last one is kBehindAll.
  using Numbers = std::vector<uint32_t>;
  static constexpr uint32_t kBehindAll = ~uint32_t{0};

  struct Term {
    TermId id;
    double weight;
    double transfer;
    WordIndex::Places unread;
    Numbers places;
    std::vector<PassageRange> labelled;  // the last one is behind all
  };
  // Two terms that stand at most two words apart in the question.
  struct Pair {
    uint32_t first;  // of the terms
    uint32_t second;
    Numbers places;  // of one of the two, wherever the other one is near
    double weight = 0;
  };
  // What a sentence's score is below, in units of the weight of a term that it has once, or of one
  // that it has, and of a pair; the sums of products are rounded otherwise.
  static constexpr double kMostOnce = 1.13;
  static constexpr double kMost = 1.41;

  // Begins a scan, and as many `step`s as it takes end it.
  PlaceScan(const WordIndex& words, const Question& question);
  // Reads about `places` at most; false when there are no more, and what is below can be asked.
  bool step(uint32_t places);

  const std::vector<Term>& terms() const { return terms_; }
  const std::vector<Pair>& pairs() const { return pairs_; }
  // Appends the sentences of a passage that have a term. Cost: linear in the sentences and places
  // of the passage, and a search in the places of each term.
  void sentences(uint32_t passage, std::vector<SentenceHit>& out) const;

 private:
  void choose_terms(const Question& question);
  // Gives what is left of `places`, 0 where that did not do.
  uint32_t read_places(uint32_t places);
  void find_pair(Pair& pair) const;

  const WordIndex* words_;
  std::vector<Term> terms_;
  std::vector<Pair> pairs_;
  uint32_t sentence_count_;  // that weights are counted over
  double average_sentence_;  // words
  // How far the scan is.
  size_t read_terms_ = 0;
  size_t found_pairs_ = 0;
};

}  // namespace cento
