// Fits the shares of the mixture on held-out text by expectation-maximisation.
#pragma once

#include <cstdint>
#include <vector>

#include "base/progress.h"
#include "cento/status.h"
#include "evidence/evidence.h"
#include "evidence/shares.h"

namespace cento {

// Gathers what every expert said of the tokens of held-out text, then finds the shares under which
// that text is most probable (Dempster, Laird & Rubin 1977; Jelinek & Mercer 1980). Buckets seen
// rarely are drawn to the mean of their expert. Used by the tool only. Memory: about 8 bytes for
// each expert that spoke on each token.
class ShareFitter {
 public:
  // What `prediction`, made with counts that the held-out text is no part of, says of the token
  // that stands there.
  void add(const Prediction& prediction, TokenId token);
  uint64_t size() const { return ends_.size(); }  // tokens added

  static constexpr int kRounds = 15;
  // `start` with the shares of all experts that spoke replaced. Deterministic. Errors: kAborted.
  Result<Shares> fit(const Shares& start, const Progress& progress = {},
                     int rounds = kRounds) const;

 private:
  struct Word {
    float probability;
    ExpertId expert;
    uint8_t bucket;
  };
  std::vector<Word> words_;     // of all tokens, each weakest first; the uniform expert's too
  std::vector<uint32_t> ends_;  // in words_, of each token
  std::vector<Testimony> testimonies_;
};

}  // namespace cento
