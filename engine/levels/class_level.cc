#include "levels/class_level.h"

#include "levels/coarsen.h"

namespace cento {
namespace {

// How often each two tokens stand `distance` (1 or 2) apart inside a document or at its ends.
// Sorted by the left token. Counted by counting sort: a hash table would take longer and more
// memory.
std::vector<PairCount> count_pairs(std::span<const TokenId> stream, uint32_t vocabulary_size,
                                   size_t distance) {
  const auto for_each_pair = [&](auto use) {
    for (size_t i = 0; i + distance < stream.size(); ++i) {
      if (distance == 1 || stream[i + 1] != kDocumentEnd) use(stream[i], stream[i + distance]);
    }
  };
  std::vector<uint32_t> begin(vocabulary_size + 1);  // of each token's right neighbours
  for_each_pair([&](TokenId left, TokenId) { ++begin[left + 1u]; });
  for (uint32_t left = 0; left < vocabulary_size; ++left) begin[left + 1] += begin[left];
  std::vector<TokenId> rights(begin[vocabulary_size]);
  std::vector<uint32_t> next(begin.begin(), begin.end() - 1);
  for_each_pair([&](TokenId left, TokenId right) { rights[next[left]++] = right; });

  std::vector<PairCount> pairs;
  std::vector<uint32_t> place(vocabulary_size);  // in `pairs`, of each right token; stale if before
  for (uint32_t left = 0; left < vocabulary_size; ++left) {
    const size_t first = pairs.size();
    for (uint32_t i = begin[left]; i < begin[left + 1]; ++i) {
      uint32_t& at = place[rights[i]];
      if (at < first || at >= pairs.size() || pairs[at].right != rights[i]) {
        at = static_cast<uint32_t>(pairs.size());
        pairs.push_back({left, rights[i], 0});
      }
      ++pairs[at].count;
    }
  }
  return pairs;
}

}  // namespace

Result<TokenClasses> build_classes(std::span<const TokenId> stream, uint32_t vocabulary_size,
                                   const Progress& progress) {
  constexpr uint32_t kMaxRounds = 12;
  if (!report(progress, "counting pairs", 0, 2)) return Status::aborted();
  const std::vector<PairCount> adjacent = count_pairs(stream, vocabulary_size, 1);
  if (!report(progress, "counting pairs", 1, 2)) return Status::aborted();
  const std::vector<PairCount> apart = count_pairs(stream, vocabulary_size, 2);
  const Company companies[] = {{adjacent, 2}, {apart, 1}};
  CENTO_ASSIGN_OR_RETURN(
      const Coarsening coarsening,
      coarsen(companies, vocabulary_size,
              {.class_count = kMaxClasses, .alone = 1, .max_rounds = kMaxRounds}, progress));
  return TokenClasses{{coarsening.class_of.begin(), coarsening.class_of.end()},
                      coarsening.class_count};
}

}  // namespace cento
