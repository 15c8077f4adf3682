#include "evidence/share_fitter.h"

#include <array>

namespace cento {
namespace {

constexpr double kFirstShare = 0.3;
constexpr double kPriorWeight = 3;     // tokens that the mean of the expert counts for
constexpr double kNegligible = 1e-12;  // responsibility that is not handed down further

template <typename T>
using ByBucket = std::vector<std::array<T, kShareBuckets>>;

}  // namespace

void ShareFitter::add(const Prediction& prediction, TokenId token) {
  prediction.explain(token, testimonies_);
  for (const Testimony& testimony : testimonies_) {
    words_.push_back({static_cast<float>(testimony.probability), testimony.opinion->expert,
                      testimony.opinion->bucket});
  }
  ends_.push_back(static_cast<uint32_t>(words_.size()));
}

Result<Shares> ShareFitter::fit(const Shares& start, const Progress& progress, int rounds) const {
  ByBucket<double> shares(kExpertCount);
  for (auto& row : shares) row.fill(kFirstShare);
  shares[kUniform].fill(1);
  std::vector<double> below;  // the mixture of all experts below each
  for (int round = 0; round < rounds; ++round) {
    if (!report(progress, "fitting shares", static_cast<uint64_t>(round),
                static_cast<uint64_t>(rounds))) {
      return Status::aborted();
    }
    ByBucket<double> chosen(kExpertCount);  // expected times that the expert was the source
    ByBucket<double> asked(kExpertCount);   // expected times that it or one below was
    uint32_t begin = 0;
    for (const uint32_t end : ends_) {
      below.clear();
      double mixture = 0;
      for (uint32_t i = begin; i < end; ++i) {
        below.push_back(mixture);
        const double share = shares[words_[i].expert][words_[i].bucket];
        mixture += share * (words_[i].probability - mixture);
      }
      double rest = 1;
      for (uint32_t i = end; i-- > begin && rest > kNegligible;) {
        const auto [probability, expert, bucket] = words_[i];
        if (expert == kUniform) break;
        const double share = shares[expert][bucket];
        const double whole = below[i - begin] + share * (probability - below[i - begin]);
        const double own = whole > 0 ? share * probability / whole : 0;
        chosen[expert][bucket] += rest * own;
        asked[expert][bucket] += rest;
        rest *= 1 - own;
      }
      begin = end;
    }
    for (ExpertId expert = kUnigram; expert < kExpertCount; ++expert) {
      double all_chosen = 0;
      double all_asked = 0;
      for (uint32_t bucket = 0; bucket < kShareBuckets; ++bucket) {
        all_chosen += chosen[expert][bucket];
        all_asked += asked[expert][bucket];
      }
      if (all_asked == 0) continue;
      const double mean = all_chosen / all_asked;
      for (uint32_t bucket = 0; bucket < kShareBuckets; ++bucket) {
        shares[expert][bucket] =
            (chosen[expert][bucket] + kPriorWeight * mean) / (asked[expert][bucket] + kPriorWeight);
      }
    }
  }

  std::array<bool, kExpertCount> spoke{};
  for (const Word& word : words_) spoke[word.expert] = true;
  Shares fitted = start;
  for (ExpertId expert = kUnigram; expert < kExpertCount; ++expert) {
    if (!spoke[expert]) continue;
    for (uint32_t bucket = 0; bucket < kShareBuckets; ++bucket) {
      fitted.set(expert, bucket, shares[expert][bucket]);
    }
  }
  return fitted;
}

}  // namespace cento
