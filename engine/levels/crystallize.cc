#include "levels/crystallize.h"

#include <algorithm>
#include <bit>
#include <queue>

#include "base/give_back.h"

namespace cento {
namespace {

constexpr uint32_t kNone = ~uint32_t{0};

struct Pair {
  uint32_t left;
  uint32_t right;
  uint64_t count = 0;
  std::vector<uint32_t> places;  // ascending; some may be stale
};

// All pairs ever seen, found by an open-addressing hash table of indices.
class PairTable {
 public:
  PairTable() : slots_(1024, kNone) {}

  uint32_t find_or_add(uint32_t left, uint32_t right) {
    if (2 * (pairs_.size() + 1) > slots_.size()) grow();
    const size_t slot = slot_of(left, right);
    if (slots_[slot] == kNone) {
      slots_[slot] = static_cast<uint32_t>(pairs_.size());
      pairs_.push_back({left, right, 0, {}});
    }
    return slots_[slot];
  }
  Pair& operator[](uint32_t index) { return pairs_[index]; }
  uint32_t size() const { return static_cast<uint32_t>(pairs_.size()); }

 private:
  size_t slot_of(uint32_t left, uint32_t right) const {
    const size_t mask = slots_.size() - 1;
    const uint64_t key = (uint64_t{left} << 32) | right;
    const uint64_t mixed = (key ^ (key >> 29)) * 0x9E3779B97F4A7C15u;
    size_t slot = static_cast<size_t>(mixed >> 32) & mask;
    while (slots_[slot] != kNone &&
           (pairs_[slots_[slot]].left != left || pairs_[slots_[slot]].right != right)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
  void grow() {
    slots_.assign(2 * slots_.size(), kNone);
    for (uint32_t i = 0; i < pairs_.size(); ++i)
      slots_[slot_of(pairs_[i].left, pairs_[i].right)] = i;
  }

  std::vector<Pair> pairs_;
  std::vector<uint32_t> slots_;
};

// A pair with the count that it had when it was queued. Counts only fall once a pair is complete,
// so a stale entry is never too low in the heap.
struct Candidate {
  uint64_t count;
  uint32_t left;
  uint32_t right;
  uint32_t pair;
  bool operator<(const Candidate& other) const {
    if (count != other.count) return count < other.count;
    if (left != other.left) return left > other.left;
    return right > other.right;
  }
};

// The sequences laid end to end as linked lists, so that a merge is local.
class Crystallizer {
 public:
  Crystallizer(const std::vector<WeightedSequence>& sequences, const CrystallizeOptions& options)
      : options_(options) {
    size_t total = 0;
    for (const WeightedSequence& sequence : sequences) total += sequence.symbols.size();
    symbols_.reserve(total);
    before_.reserve(total);
    after_.reserve(total);
    owner_.reserve(total);
    for (uint32_t s = 0; s < sequences.size(); ++s) {
      counts_.push_back(sequences[s].count);
      const std::vector<uint32_t>& symbols = sequences[s].symbols;
      for (size_t i = 0; i < symbols.size(); ++i) {
        const auto place = static_cast<uint32_t>(symbols_.size());
        symbols_.push_back(symbols[i]);
        before_.push_back(i > 0 ? place - 1 : kNone);
        after_.push_back(i + 1 < symbols.size() ? place + 1 : kNone);
        owner_.push_back(s);
      }
    }
    for (uint32_t place = 0; place < symbols_.size(); ++place) add_pair(place);
    queue_pairs_from(0);
  }

  // The most frequent pair, or nothing when none stands often enough.
  bool next(Candidate& best) {
    while (!heap_.empty()) {
      best = heap_.top();
      heap_.pop();
      const uint64_t count = pairs_[best.pair].count;
      if (count == best.count) return true;
      best.count = count;
      if (count >= options_.min_count) heap_.push(best);
    }
    return false;
  }

  void merge(const Candidate& pair, uint32_t symbol) {
    const uint32_t first_new_pair = pairs_.size();
    const std::vector<uint32_t> places = std::move(pairs_[pair.pair].places);
    for (const uint32_t place : places) {
      const uint32_t second = after_[place];
      if (symbols_[place] != pair.left || second == kNone || symbols_[second] != pair.right)
        continue;
      const uint32_t previous = before_[place];
      const uint32_t following = after_[second];
      if (previous != kNone) remove_pair(previous);
      remove_pair(place);
      remove_pair(second);
      symbols_[place] = symbol;
      symbols_[second] = kNone;
      after_[place] = following;
      if (following != kNone) before_[following] = place;
      if (previous != kNone) add_pair(previous);
      add_pair(place);
    }
    queue_pairs_from(first_new_pair);
  }

  void write_back(std::vector<WeightedSequence>& sequences) const {
    for (WeightedSequence& sequence : sequences) sequence.symbols.clear();
    for (size_t place = 0; place < symbols_.size(); ++place) {
      if (symbols_[place] != kNone) sequences[owner_[place]].symbols.push_back(symbols_[place]);
    }
  }

 private:
  // The pair that begins at `place`, if it is not the last of its sequence.
  void add_pair(uint32_t place) {
    if (after_[place] == kNone) return;
    Pair& pair = pairs_[pairs_.find_or_add(symbols_[place], symbols_[after_[place]])];
    pair.count += counts_[owner_[place]];
    pair.places.push_back(place);
  }
  void remove_pair(uint32_t place) {
    if (after_[place] == kNone) return;
    pairs_[pairs_.find_or_add(symbols_[place], symbols_[after_[place]])].count -=
        counts_[owner_[place]];
  }
  void queue_pairs_from(uint32_t first) {
    for (uint32_t i = first; i < pairs_.size(); ++i) {
      Pair& pair = pairs_[i];
      if (pair.count >= options_.min_count) {
        heap_.push({pair.count, pair.left, pair.right, i});
      } else {
        give_back(pair.places);
      }
    }
  }

  CrystallizeOptions options_;
  std::vector<uint64_t> counts_;   // of the sequences
  std::vector<uint32_t> symbols_;  // kNone where merged into the symbol before
  std::vector<uint32_t> before_;   // place of the symbol before, inside the sequence
  std::vector<uint32_t> after_;
  std::vector<uint32_t> owner_;  // sequence of each place
  PairTable pairs_;
  std::priority_queue<Candidate> heap_;
};

}  // namespace

Result<std::vector<Merge>> crystallize(std::vector<WeightedSequence>& sequences,
                                       const CrystallizeOptions& options,
                                       const Progress& progress) {
  constexpr uint32_t kReportEvery = 256;  // merges
  Crystallizer crystallizer(sequences, options);
  std::vector<Merge> merges;
  Candidate best;
  while (merges.size() < options.max_new_symbols && crystallizer.next(best)) {
    if (merges.size() % kReportEvery == 0 &&
        !report(progress, "crystallizing", merges.size(), options.max_new_symbols)) {
      return Status::aborted();
    }
    crystallizer.merge(best, options.first_new_symbol + static_cast<uint32_t>(merges.size()));
    merges.push_back({best.left, best.right, best.count});
  }
  crystallizer.write_back(sequences);
  return merges;
}

}  // namespace cento
