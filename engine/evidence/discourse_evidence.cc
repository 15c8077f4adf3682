#include "evidence/discourse_evidence.h"

#include <algorithm>
#include <limits>

namespace cento {
namespace {

constexpr uint32_t kMostExact = 12;

const DiscourseFeatureInfo& info_of(const DiscourseCell& cell) {
  return kDiscourseFeatureInfos[static_cast<uint32_t>(cell.feature)];
}

int32_t near_steps(const DiscourseTables& tables, std::span<const DiscourseCell> cells) {
  int32_t steps = 0;
  for (const DiscourseCell& cell : cells) {
    steps += info_of(cell).near_weight * tables.near_scores[cell.at];
  }
  return steps;
}

int32_t order_steps(const DiscourseTables& tables, std::span<const DiscourseCell> cells) {
  int32_t steps = 0;
  for (const DiscourseCell& cell : cells) {
    steps += info_of(cell).order_weight * tables.order_scores[cell.at];
  }
  return steps;
}

}  // namespace

DiscourseEvidence::DiscourseEvidence(const DiscourseTables& tables, std::string_view title,
                                     std::span<const std::string_view> sentences)
    : size_(static_cast<uint32_t>(sentences.size())),
      opening_(size_),
      closing_(size_),
      follows_(size_t{size_} * size_),
      precedes_(follows_.size()) {
  const DiscourseParagraph paragraph(title, sentences, tables.words);
  const auto n = static_cast<int32_t>(size_);
  std::vector<DiscourseCell> cells;
  std::vector<uint32_t> kinds(size_);
  std::vector<int32_t> early(size_);
  for (uint32_t s = 0; s < size_; ++s) {
    kinds[s] = tables.kinds[paragraph.first_sort(s)];
    cells.clear();
    paragraph.find_cells(s, cells);
    early[s] = order_steps(tables, cells);
    cells.push_back(kind_cell(0, kinds[s]));
    opening_[s] = n * near_steps(tables, cells);
    const DiscourseCell closing[] = {kind_cell(kinds[s], 0)};
    closing_[s] = n * near_steps(tables, closing);
  }
  for (uint32_t a = 0; a < size_; ++a) {
    for (uint32_t b = 0; b < size_; ++b) {
      if (a == b) continue;
      cells.clear();
      paragraph.find_cells(a, b, cells);
      cells.push_back(kind_cell(kinds[a], kinds[b]));
      const size_t at = size_t{a} * size_ + b;
      follows_[at] = n * near_steps(tables, cells);
      // A sentence has n - 1 pairs; twice their mean weighs as much as two neighbours.
      precedes_[at] = 2 * (order_steps(tables, cells) + early[a] - early[b]);
    }
  }
}

int32_t DiscourseEvidence::next_steps(std::span<const uint32_t> so_far, uint32_t next) const {
  if (so_far.empty()) return opening_[next];
  int32_t steps = follows_[size_t{so_far.back()} * size_ + next];
  for (const uint32_t before : so_far) steps += precedes_[size_t{before} * size_ + next];
  return steps;
}

double DiscourseEvidence::to_bits(int32_t steps) const {
  return steps / (double{DiscourseTables::kStepsPerBit} * size_);
}

double DiscourseEvidence::next_bits(std::span<const uint32_t> so_far, uint32_t next) const {
  return to_bits(next_steps(so_far, next));
}

double DiscourseEvidence::closing_bits(uint32_t last) const { return to_bits(closing_[last]); }

double DiscourseEvidence::order_bits(std::span<const uint32_t> order) const {
  if (order.empty()) return 0;
  int32_t steps = closing_[order.back()];
  for (size_t i = 0; i < order.size(); ++i) steps += next_steps(order.first(i), order[i]);
  return to_bits(steps);
}

std::vector<uint32_t> DiscourseEvidence::best_order() const {
  return size_ <= kMostExact ? exact_order() : greedy_order();
}

// From the end: what the sentences outside `set` add at best after those in it, `last` of them
// last. So the first sentence of the best order is found first, and ties go to small numbers.
std::vector<uint32_t> DiscourseEvidence::exact_order() const {
  const uint32_t all = (1u << size_) - 1;
  std::vector<int32_t> rest((size_t{all} + 1) * size_);
  const auto step_after = [&](uint32_t set, uint32_t last, uint32_t next) {
    if (set == 0) return opening_[next];
    int32_t steps = follows_[size_t{last} * size_ + next];
    for (uint32_t s = 0; s < size_; ++s) {
      if (set >> s & 1) steps += precedes_[size_t{s} * size_ + next];
    }
    return steps;
  };
  const auto value = [&](uint32_t set, uint32_t last, uint32_t next) {
    return step_after(set, last, next) + rest[size_t{set | 1u << next} * size_ + next];
  };
  for (uint32_t last = 0; last < size_; ++last) rest[size_t{all} * size_ + last] = closing_[last];
  for (uint32_t set = all; set-- > 1;) {
    for (uint32_t last = 0; last < size_; ++last) {
      if ((set >> last & 1) == 0) continue;
      int32_t best = std::numeric_limits<int32_t>::min();
      for (uint32_t next = 0; next < size_; ++next) {
        if ((set >> next & 1) == 0) best = std::max(best, value(set, last, next));
      }
      rest[size_t{set} * size_ + last] = best;
    }
  }
  std::vector<uint32_t> order;
  for (uint32_t set = 0, last = 0; order.size() < size_; set |= 1u << last) {
    uint32_t best = size_;
    for (uint32_t next = 0; next < size_; ++next) {
      if (set >> next & 1) continue;
      if (best == size_ || value(set, last, next) > value(set, last, best)) best = next;
    }
    last = best;
    order.push_back(last);
  }
  return order;
}

std::vector<uint32_t> DiscourseEvidence::greedy_order() const {
  std::vector<uint32_t> left(size_);
  for (uint32_t s = 0; s < size_; ++s) left[s] = s;
  std::vector<uint32_t> order;
  while (!left.empty()) {
    const auto best = std::max_element(left.begin(), left.end(), [&](uint32_t a, uint32_t b) {
      return next_steps(order, a) < next_steps(order, b);
    });
    order.push_back(*best);
    left.erase(best);
  }
  return order;
}

}  // namespace cento
