// How well an order suits given sentences, and which order suits them best.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "levels/discourse_level.h"

namespace cento {

// The sentences of one paragraph to be. Keeps nothing of the tables or texts. Scores are bits of
// evidence, not logarithms of probabilities: higher is better, 0 says nothing, and only scores of
// the same sentences compare. Memory: 8 bytes a pair. Threads: const methods at once.
class DiscourseEvidence {
 public:
  // `title` is that of the document or the topic; may be empty. Cost: the square of all words; for
  // five sentences about 0.1 ms.
  DiscourseEvidence(const DiscourseTables& tables, std::string_view title,
                    std::span<const std::string_view> sentences);

  uint32_t size() const { return size_; }
  // How well `next` goes on after the sentences `so_far`, in their order; how well it opens the
  // paragraph where there are none. REQUIRES: all are below size() and different.
  double next_bits(std::span<const uint32_t> so_far, uint32_t next) const;
  // How well `last` closes the paragraph.
  double closing_bits(uint32_t last) const;
  // The whole order: the sum of the above. REQUIRES: as for next_bits.
  double order_bits(std::span<const uint32_t> order) const;

  // All sentences in the order with the most bits, found exactly for at most 12 of them (Held &
  // Karp 1962), else by taking the best next sentence again and again. Ties go to the smaller
  // numbers. Cost: 2^n · n² steps.
  std::vector<uint32_t> best_order() const;

 private:
  // In steps of DiscourseTables, times the number of sentences.
  int32_t next_steps(std::span<const uint32_t> so_far, uint32_t next) const;
  double to_bits(int32_t steps) const;
  std::vector<uint32_t> exact_order() const;
  std::vector<uint32_t> greedy_order() const;

  uint32_t size_;
  std::vector<int32_t> opening_;  // all times the number of sentences
  std::vector<int32_t> closing_;
  std::vector<int32_t> follows_;   // [a * size_ + b]: b directly after a
  std::vector<int32_t> precedes_;  // [a * size_ + b]: a somewhere before b
};

}  // namespace cento
