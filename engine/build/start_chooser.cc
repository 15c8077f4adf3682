#include "build/start_chooser.h"

#include <algorithm>
#include <queue>

namespace cento {
namespace {

// One trigram in four is enough to tell documents apart, at a quarter of the memory.
constexpr uint32_t kSampleBits = 2;

// Part of a document's cost that does not depend on its length, so that snippets do not win.
constexpr uint64_t kFixedCost = 50;

std::vector<uint64_t> sampled_trigrams(std::span<const TokenId> tokens) {
  std::vector<uint64_t> trigrams;
  for (size_t i = 2; i < tokens.size(); ++i) {
    const uint64_t trigram =
        (uint64_t{tokens[i - 2]} << 32) | (uint64_t{tokens[i - 1]} << 16) | tokens[i];
    if ((trigram * 0x9E3779B97F4A7C15u) >> (64 - kSampleBits) == 0) trigrams.push_back(trigram);
  }
  std::sort(trigrams.begin(), trigrams.end());
  trigrams.erase(std::unique(trigrams.begin(), trigrams.end()), trigrams.end());
  return trigrams;
}

struct Candidate {
  uint64_t score;  // value a byte, as it was when `round` documents had been chosen
  uint32_t document;
  size_t round;
  bool operator<(const Candidate& other) const {
    return score != other.score ? score < other.score : document > other.document;
  }
};

}  // namespace

StartChooser::StartChooser(std::span<const std::vector<TokenId>> documents,
                           std::vector<uint64_t> costs)
    : costs_(std::move(costs)), trigrams_(documents.size()) {
  std::vector<uint64_t> all;
  for (const std::vector<TokenId>& document : documents) {
    const std::vector<uint64_t> trigrams = sampled_trigrams(document);
    all.insert(all.end(), trigrams.begin(), trigrams.end());
  }
  std::sort(all.begin(), all.end());
  std::vector<uint64_t> shared;
  for (size_t begin = 0; begin < all.size();) {
    const size_t end = static_cast<size_t>(
        std::upper_bound(all.begin() + static_cast<std::ptrdiff_t>(begin), all.end(), all[begin]) -
        all.begin());
    if (const size_t others = end - begin - 1; others > 0) {
      shared.push_back(all[begin]);
      weights_.push_back(static_cast<uint8_t>(std::min<size_t>(others, kMaxWeight)));
    }
    begin = end;
  }
  for (size_t d = 0; d < documents.size(); ++d) {
    for (const uint64_t trigram : sampled_trigrams(documents[d])) {
      const auto at = std::lower_bound(shared.begin(), shared.end(), trigram);
      if (at == shared.end() || *at != trigram) continue;
      trigrams_[d].push_back(static_cast<uint32_t>(at - shared.begin()));
    }
  }
}

std::vector<uint32_t> StartChooser::choose(uint64_t budget) const {
  std::vector<bool> covered(weights_.size());
  const auto score = [&](uint32_t document) {
    uint64_t value = 0;
    for (const uint32_t trigram : trigrams_[document]) {
      if (!covered[trigram]) value += weights_[trigram];
    }
    return (value << 24) / (costs_[document] + kFixedCost);
  };
  std::priority_queue<Candidate> queue;
  for (uint32_t d = 0; d < costs_.size(); ++d) queue.push({score(d), d, 0});

  std::vector<uint32_t> chosen;
  while (!queue.empty()) {
    const Candidate best = queue.top();
    queue.pop();
    if (costs_[best.document] > budget) continue;
    if (best.round < chosen.size()) {
      queue.push({score(best.document), best.document, chosen.size()});
      continue;
    }
    budget -= costs_[best.document];
    for (const uint32_t trigram : trigrams_[best.document]) covered[trigram] = true;
    chosen.push_back(best.document);
  }
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

}  // namespace cento
