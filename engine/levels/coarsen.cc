#include "levels/coarsen.h"

#include <algorithm>

#include "base/log2.h"

namespace cento {
namespace {

constexpr uint32_t kClassLimit = 4096;
constexpr uint32_t kMaxWeight = 16;
constexpr uint64_t kMaxTotal = uint64_t{1} << 30;  // keeps every sum below 2^60 units
constexpr uint32_t kUnitsPerBit = 65536;

// weight · x·log2(x) in units, 0 for 0. Integers, so that sums do not depend on their order.
class XLog2X {
 public:
  XLog2X(uint64_t largest, uint32_t weight) : scale_(double{kUnitsPerBit} * weight) {
    constexpr uint64_t kTableSize = 65536;  // nearly all counts are below
    table_.resize(static_cast<size_t>(std::min(largest + 1, kTableSize)));
    for (uint32_t x = 1; x < table_.size(); ++x) table_[x] = compute(x);
  }
  int64_t operator()(uint32_t x) const { return x < table_.size() ? table_[x] : compute(x); }

 private:
  int64_t compute(uint32_t x) const {
    return static_cast<int64_t>(x * log2_fixed(x) * scale_ + 0.5);
  }

  double scale_;
  std::vector<int64_t> table_;
};

struct Neighbour {
  uint32_t symbol;
  uint32_t count;
};

// What stands on one side of symbols and of classes.
struct Side {
  std::vector<uint32_t> begin;  // of each symbol's neighbours; one more at the end
  std::vector<Neighbour> neighbours;
  std::vector<uint32_t> symbol_totals;  // sum of the symbol's neighbours
  std::vector<uint32_t> class_totals;
  std::vector<uint32_t> cells;  // [class of the neighbour][class]: how often they stand together

  // Of the symbol that is being moved, itself left out: how often each class stands on this side,
  // and for which classes that is not 0.
  std::vector<uint32_t> around;
  std::vector<uint32_t> touched;
};

// The tables of a Company under changing classes, and what moves would do to its likelihood
// Σ L(cells) - Σ L(class totals, right side) - Σ L(class totals, left side), with L = x·log2(x);
// what else is in the likelihood does not depend on the classes.
class CompanyTables {
 public:
  CompanyTables(const Company& company, uint32_t alphabet, uint32_t classes, uint64_t total)
      : classes_(classes), xlog2x_(total, company.weight) {
    list_neighbours(company.pairs, &PairCount::left, &PairCount::right, alphabet, right_);
    list_neighbours(company.pairs, &PairCount::right, &PairCount::left, alphabet, left_);
  }

  uint64_t frequency(uint32_t symbol) const {
    return uint64_t{right_.symbol_totals[symbol]} + left_.symbol_totals[symbol];
  }

  void count_classes(std::span<const PairCount> pairs, std::span<const uint16_t> class_of) {
    for (Side* side : {&right_, &left_}) {
      side->class_totals.assign(classes_, 0);
      side->cells.assign(size_t{classes_} * classes_, 0);
      side->around.assign(classes_, 0);
    }
    for (const PairCount& pair : pairs) {
      const uint32_t left = class_of[pair.left];
      const uint32_t right = class_of[pair.right];
      right_.class_totals[left] += pair.count;
      left_.class_totals[right] += pair.count;
      right_.cells[cell(right, left)] += pair.count;
      left_.cells[cell(left, right)] += pair.count;
    }
  }

  // Makes `symbol` the one that is moved.
  void pick(uint32_t symbol, std::span<const uint16_t> class_of) {
    symbol_ = symbol;
    self_ = 0;
    for (Side* side : {&right_, &left_}) {
      for (const uint32_t c : side->touched) side->around[c] = 0;
      side->touched.clear();
      for (uint32_t i = side->begin[symbol]; i < side->begin[symbol + 1]; ++i) {
        const Neighbour& neighbour = side->neighbours[i];
        if (neighbour.symbol == symbol) {
          self_ = neighbour.count;
          continue;
        }
        const uint32_t c = class_of[neighbour.symbol];
        if (side->around[c] == 0) side->touched.push_back(c);
        side->around[c] += neighbour.count;
      }
    }
  }

  // Takes the picked symbol out of class c, or puts it in.
  void take_from(uint32_t c) {
    change(c, [](uint32_t& count, uint32_t by) { count -= by; });
  }
  void put_into(uint32_t c) {
    change(c, [](uint32_t& count, uint32_t by) { count += by; });
  }

  // Adds to gains[c] what the likelihood gains by putting the picked symbol into class c, for the
  // classes from `first` on. REQUIRES: it is in no class.
  void add_gains(uint32_t first, std::span<int64_t> gains) const {
    const XLog2X& f = xlog2x_;
    for (const Side* side : {&right_, &left_}) {
      const uint32_t total = side->symbol_totals[symbol_];
      for (uint32_t c = first; c < classes_; ++c)
        gains[c] -= f(side->class_totals[c] + total) - f(side->class_totals[c]);
      for (const uint32_t other : side->touched) {
        const uint32_t count = side->around[other];
        const uint32_t* row = &side->cells[cell(other, 0)];
        for (uint32_t c = first; c < classes_; ++c) gains[c] += f(row[c] + count) - f(row[c]);
      }
    }
    // Inside class c both sides meet in one cell, together with the symbol beside itself.
    for (uint32_t c = first; c < classes_; ++c) {
      const uint32_t count = right_.cells[cell(c, c)];
      const uint32_t right = right_.around[c];
      const uint32_t left = left_.around[c];
      gains[c] += f(count + right + left + self_) + f(count) - f(count + right) - f(count + left);
    }
  }

 private:
  size_t cell(uint32_t neighbour_class, uint32_t c) const {
    return size_t{neighbour_class} * classes_ + c;
  }

  static void list_neighbours(std::span<const PairCount> pairs, uint32_t PairCount::*symbol,
                              uint32_t PairCount::*neighbour, uint32_t alphabet, Side& side) {
    side.begin.assign(alphabet + 1, 0);
    side.symbol_totals.assign(alphabet, 0);
    side.neighbours.resize(pairs.size());
    for (const PairCount& pair : pairs) {
      ++side.begin[pair.*symbol + 1];
      side.symbol_totals[pair.*symbol] += pair.count;
    }
    for (uint32_t s = 0; s < alphabet; ++s) side.begin[s + 1] += side.begin[s];
    std::vector<uint32_t> next(side.begin.begin(), side.begin.end() - 1);
    for (const PairCount& pair : pairs)
      side.neighbours[next[pair.*symbol]++] = {pair.*neighbour, pair.count};
  }

  template <typename Operation>
  void change(uint32_t c, Operation operation) {
    const auto change_side = [&](Side& side, Side& opposite) {
      operation(side.class_totals[c], side.symbol_totals[symbol_]);
      operation(side.cells[cell(c, c)], self_);
      for (const uint32_t other : side.touched) {
        operation(side.cells[cell(other, c)], side.around[other]);
        operation(opposite.cells[cell(c, other)], side.around[other]);
      }
    };
    change_side(right_, left_);
    change_side(left_, right_);
  }

  uint32_t classes_;
  XLog2X xlog2x_;
  Side right_;  // cells hold the same numbers in both, transposed: a row for each use
  Side left_;
  uint32_t symbol_ = 0;  // the picked one
  uint32_t self_ = 0;    // how often it stands beside itself
};

class Exchange {
 public:
  Exchange(std::span<const Company> companies, std::span<const uint64_t> totals, uint32_t alphabet,
           const CoarsenOptions& options)
      : options_(options),
        class_of_(alphabet),
        frequencies_(alphabet),
        gains_(options.class_count) {
    for (size_t i = 0; i < companies.size(); ++i) {
      tables_.emplace_back(companies[i], alphabet, options.class_count, totals[i]);
      for (uint32_t s = 0; s < alphabet; ++s) frequencies_[s] += tables_[i].frequency(s);
    }
    for (uint32_t s = 0; s < std::min(options.alone, alphabet); ++s)
      class_of_[s] = static_cast<uint16_t>(s);
    for (uint32_t s = options.alone; s < alphabet; ++s)
      if (frequencies_[s] > 0) order_.push_back(s);
    std::sort(order_.begin(), order_.end(), [&](uint32_t a, uint32_t b) {
      return frequencies_[a] != frequencies_[b] ? frequencies_[a] > frequencies_[b] : a < b;
    });
    // Dealt like cards: the most frequent symbols begin a class each.
    const uint32_t dealt = options.class_count - options.alone;
    for (uint32_t i = 0; i < order_.size(); ++i)
      class_of_[order_[i]] = static_cast<uint16_t>(options.alone + i % dealt);
    for (size_t i = 0; i < companies.size(); ++i)
      tables_[i].count_classes(companies[i].pairs, class_of_);
  }

  Status run(const Progress& progress) {
    constexpr uint32_t kReportEvery = 64;        // symbols
    std::vector<uint32_t> stays(order_.size());  // rounds running without a move
    bool moving = order_.size() > options_.class_count - options_.alone;
    for (uint32_t round = 0; round < options_.max_rounds && moving; ++round) {
      moving = false;
      for (uint32_t i = 0; i < order_.size(); ++i) {
        if (i % kReportEvery == 0 &&
            !report(progress, "coarsening", uint64_t{round} * order_.size() + i,
                    uint64_t{options_.max_rounds} * order_.size())) {
          return Status::aborted();
        }
        if (stays[i] >= options_.rest_after) continue;
        const bool moved = move_to_best_class(order_[i]);
        stays[i] = moved ? 0 : stays[i] + 1;
        moving |= moved;
      }
    }
    return Status::ok();
  }

  Coarsening result() const {
    struct Class {
      uint32_t smallest_member = ~uint32_t{0};
      uint32_t members = 0;
      uint64_t frequency = 0;
    };
    std::vector<Class> classes(options_.class_count);
    std::vector<uint32_t> by_frequency;
    for (const uint32_t s : order_) {
      Class& c = classes[class_of_[s]];
      if (c.members++ == 0) by_frequency.push_back(class_of_[s]);
      c.smallest_member = std::min(c.smallest_member, s);
      c.frequency += frequencies_[s];
    }
    std::sort(by_frequency.begin(), by_frequency.end(), [&](uint32_t a, uint32_t b) {
      return classes[a].frequency != classes[b].frequency
                 ? classes[a].frequency > classes[b].frequency
                 : classes[a].smallest_member < classes[b].smallest_member;
    });

    std::vector<uint16_t> number_of(options_.class_count);
    uint32_t largest = 0;  // place in by_frequency
    for (uint32_t i = 0; i < by_frequency.size(); ++i) {
      number_of[by_frequency[i]] = static_cast<uint16_t>(options_.alone + i);
      if (classes[by_frequency[i]].members > classes[by_frequency[largest]].members) largest = i;
    }
    Coarsening result{class_of_, options_.alone + static_cast<uint32_t>(by_frequency.size())};
    for (uint32_t s = options_.alone; s < class_of_.size(); ++s) {
      const uint16_t unknown = static_cast<uint16_t>(options_.alone + largest);
      result.class_of[s] = frequencies_[s] > 0 ? number_of[class_of_[s]] : unknown;
      result.class_count = std::max(result.class_count, result.class_of[s] + 1u);
    }
    return result;
  }

 private:
  // False where no other class is better than its own.
  bool move_to_best_class(uint32_t symbol) {
    const uint16_t own = class_of_[symbol];
    std::fill(gains_.begin(), gains_.end(), 0);
    for (CompanyTables& tables : tables_) {
      tables.pick(symbol, class_of_);
      tables.take_from(own);
      tables.add_gains(options_.alone, gains_);
    }
    uint32_t best = own;
    for (uint32_t c = options_.alone; c < options_.class_count; ++c)
      if (gains_[c] > gains_[best]) best = c;
    for (CompanyTables& tables : tables_) tables.put_into(best);
    class_of_[symbol] = static_cast<uint16_t>(best);
    return best != own;
  }

  CoarsenOptions options_;
  std::vector<CompanyTables> tables_;  // one a company
  std::vector<uint16_t> class_of_;
  std::vector<uint64_t> frequencies_;  // by symbol, over all companies
  std::vector<uint32_t> order_;        // symbols that may move, the most frequent first
  std::vector<int64_t> gains_;         // by class, of the symbol that is being moved
};

}  // namespace

Result<Coarsening> coarsen(std::span<const Company> companies, uint32_t alphabet,
                           const CoarsenOptions& options, const Progress& progress) {
  if (options.class_count < 1 || options.class_count > kClassLimit ||
      options.alone >= options.class_count) {
    return Status::invalid_argument("There can be 1 to 4,096 classes, one of them not alone.");
  }
  std::vector<uint64_t> totals;
  for (const Company& company : companies) {
    uint64_t total = 0;
    for (const PairCount& pair : company.pairs) {
      if (pair.left >= alphabet || pair.right >= alphabet)
        return Status::invalid_argument("A pair has a symbol that is not in the alphabet.");
      total += pair.count;
    }
    if (total > kMaxTotal || company.weight < 1 || company.weight > kMaxWeight)
      return Status::invalid_argument("There are too many pairs, or their weight is not 1 to 16.");
    totals.push_back(total);
  }
  Exchange exchange(companies, totals, alphabet, options);
  CENTO_RETURN_IF_ERROR(exchange.run(progress));
  return exchange.result();
}

double class_bigram_bits(std::span<const PairCount> pairs, std::span<const uint16_t> class_of) {
  uint32_t classes = 0;
  uint64_t total = 0;
  for (const uint16_t c : class_of) classes = std::max(classes, c + 1u);
  std::vector<uint32_t> cells(size_t{classes} * classes);
  std::vector<uint32_t> lefts(classes);
  std::vector<uint32_t> rights(classes);
  std::vector<uint32_t> symbols(class_of.size());  // as the right one of a pair
  for (const PairCount& pair : pairs) {
    cells[size_t{class_of[pair.left]} * classes + class_of[pair.right]] += pair.count;
    lefts[class_of[pair.left]] += pair.count;
    rights[class_of[pair.right]] += pair.count;
    symbols[pair.right] += pair.count;
    total += pair.count;
  }
  if (total == 0) return 0;
  const XLog2X xlog2x(total, 1);
  const auto sum = [&](const std::vector<uint32_t>& counts) {
    int64_t units = 0;
    for (const uint32_t count : counts) units += xlog2x(count);
    return units;
  };
  const int64_t units = sum(lefts) + sum(rights) - sum(cells) - sum(symbols);
  return static_cast<double>(units) / kUnitsPerBit / static_cast<double>(total);
}

}  // namespace cento
