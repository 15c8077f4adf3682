// Which passages fit a question best.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "retrieval/place_scan.h"
#include "retrieval/question.h"

namespace cento {

class Retriever;

struct RankedPassage {
  uint32_t passage;
  double score;
};

// All passages there are.
inline constexpr PassageRange kAllPassages[] = {{0, ~uint32_t{0}}};

// Ranks passages by BM25 of their words (titles and headings count as one more place of theirs), a
// share of their best sentence and one of the best pairs of a sentence (docs/algorithms.md).
//
// Goes through the passages once, from the first to the last, with all terms at a time. Passages
// that have only terms that cannot bring them among the best so far, all together, are not looked
// at (MaxScore: Turtle & Flood 1995, "Query evaluation: strategies and optimizations"), and which
// sentence is the best one is found out for those alone whose words may bring them there (as in
// Broder et al. 2003, "Efficient query evaluation using a two-level retrieval process"). The result
// is exact. With phrases, all passages that have their words are weighed, and texts are read from
// the best one on, until there are enough that have the phrases.
//
// Cost: that of the scan, and a step for each passage that must be looked at: with a rare word in
// the question a few, else all that have one of its words.
class PassageRanking {
 public:
  // The `limit` best `within` these passages, which ascend and are disjoint. What is given must
  // outlive it, but for `within`. As many `step`s as it takes end the ranking.
  PassageRanking(const Retriever& retriever, const Question& question, uint32_t limit,
                 std::span<const PassageRange> within = kAllPassages);
  // Reads about `places` at most (PlaceScan::kSlice is a small step of work); false when there are
  // no more, and what is below can be asked.
  bool step(uint32_t places);
  // All steps that are left.
  void finish() {
    while (step(~uint32_t{0})) {
    }
  }

  // Best first, ties by number.
  const std::vector<RankedPassage>& best() const { return best_; }
  const PlaceScan& scan() const { return scan_; }

 private:
  // What of a term or pair is in passages that were not looked at, and some that were.
  struct Rest {
    double most;  // that it can add to a passage's score; a pair, beside its terms
    const uint32_t* place;
    const uint32_t* end;
  };
  struct TermRest : Rest {
    double weight;
    const PassageRange* label;
    bool leads = true;   // to passages that it is in
    uint32_t count = 0;  // in the passage that is looked at; a title or heading is one more
  };
  struct PairRest : Rest {
    const TermRest* first;
    const TermRest* second;
  };

  void begin();
  bool has_phrases(uint32_t passage) const;
  void keep_those_with_phrases();
  // The score that a passage must be above to be among the best.
  double least() const;
  // Those terms that cannot bring a passage among the best, all together, lead to none any more.
  void choose_leading();
  // The next passage with a leading term, in its text or over it; passage_count() where there is
  // none.
  uint32_t next_passage();
  // Gives the places that it has.
  uint32_t look_at(uint32_t passage);
  // What the best sentence of a passage and the best pairs of one add to the score of its words.
  double sentence_share(uint32_t passage) const;
  void keep(RankedPassage next);

  const Retriever* retriever_;
  const WordIndex* words_;
  const Question* question_;
  PlaceScan scan_;
  uint32_t limit_;
  std::vector<PassageRange> within_;
  double pair_share_;
  double average_passage_;           // words
  uint64_t needed_ = 0;              // bit t: the phrases have the term t of the scan
  std::vector<RankedPassage> best_;  // with phrases, all that have their words, as they come
  // How far it is.
  bool has_begun_ = false;
  std::vector<TermRest> terms_;
  std::vector<PairRest> pairs_;
  double left_out_ = 0;  // what those terms can add together that do not lead
  size_t range_ = 0;     // of within_
  uint32_t next_ = 0;    // first passage that was not looked at
};

}  // namespace cento
