#include "cli/bench_index.h"

#include <span>
#include <vector>

#include "base/random.h"
#include "cli/opened_corpus.h"
#include "cli/stopwatch.h"
#include "index/bit_vector.h"
#include "index/pattern_index.h"

namespace cento::cli {
namespace {

constexpr uint64_t kSeed = 1;
constexpr uint32_t kBatch = 1000;  // steps between two looks at the clock
constexpr uint32_t kContext = 5;   // symbols
constexpr uint32_t kNearBits = 1u << 17;
constexpr uint32_t kFarBits = 1u << 30;

RankBitVector random_bits(uint32_t size) {
  Random random(kSeed);
  RankBitVectorBuilder builder(size);
  for (uint32_t i = 0; i < size / 32; ++i) builder.push_word(static_cast<uint32_t>(random.next()));
  return std::move(builder).finish();
}

// `is_chained`: where one rank is depends on the result of the one before.
uint64_t ranks(const RankBitVector& bits, bool is_chained, Random& random) {
  uint64_t sum = 0;
  const auto seed = static_cast<uint32_t>(random.next());
  for (uint32_t i = 0; i < kBatch; ++i) {
    const uint32_t from = seed + i + (is_chained ? static_cast<uint32_t>(sum) : 0);
    // The multiplication (Knuth's golden ratio) scatters them over all bits.
    const uint32_t scattered = from * 2654435769u;
    sum += bits.rank1(static_cast<uint32_t>(uint64_t{scattered} * bits.size() >> 32));
  }
  return sum;
}

// Contexts at random places, one behind the other.
std::vector<Symbol> contexts(const PatternIndex& index, Random& random) {
  std::vector<Symbol> symbols;
  for (uint32_t i = 0; i < kBatch / kContext; ++i) {
    index.extract(random.below(index.size() - kContext), kContext, symbols);
  }
  return symbols;
}

struct Batch {
  double nanoseconds;
  uint64_t checksum;
};

template <typename Run>
Batch timed(uint32_t steps, const Run& run) {
  const Stopwatch stopwatch;
  const uint64_t checksum = run();
  return {stopwatch.seconds() * 1e9 / steps, checksum};
}

// `run(random)` gives a batch that was timed.
template <typename Run>
void add(const std::string& name, const std::string& label, uint32_t calls, const Run& run,
         Report& report) {
  Random random(kSeed);
  std::vector<double> nanoseconds;
  uint64_t checksum = 0;
  for (uint32_t call = 0; call < calls; ++call) {
    const Batch batch = run(random);
    nanoseconds.push_back(batch.nanoseconds);
    checksum += batch.checksum;
  }
  report.number(name + "Ns", label + ": nanoseconds, median", quantile(nanoseconds, 0.5), 2)
      .count(name + "Checksum", label + ": checksum", checksum);
}

}  // namespace

Status bench_index(const std::string& folder, uint32_t calls, Report& report) {
  CENTO_ASSIGN_OR_RETURN(const std::unique_ptr<OpenedCorpus> opened, open_corpus(folder));
  const PatternIndex& index = opened->expression.tokens;
  if (index.size() <= kContext) return Status::invalid_argument("The pack is too small to time.");
  report.count("tokens", "tokens of the index", index.size());

  const auto add_ranks = [&](const std::string& name, const std::string& label, uint32_t size,
                             bool is_chained) {
    const RankBitVector bits = random_bits(size);
    add(
        name, label, calls,
        [&](Random& random) {
          return timed(kBatch, [&] { return ranks(bits, is_chained, random); });
        },
        report);
  };
  add_ranks("rankNear", "rank in 16 KiB", kNearBits, true);
  add_ranks("rankFar", "rank in 128 MiB", kFarBits, true);
  add_ranks("rankFarMany", "the same, places known beforehand", kFarBits, false);
  add(
      "step", "backward step", calls,
      [&](Random& random) {
        const std::vector<Symbol> symbols = contexts(index, random);
        return timed(kBatch, [&] {
          uint64_t sum = 0;
          RowRange range;
          for (uint32_t i = 0; i < kBatch; ++i) {
            range = index.extend(i % kContext == 0 ? index.all() : range, symbols[i]);
            sum += range.begin;
          }
          return sum;
        });
      },
      report);
  add(
      "followers", "exact top-10", calls,
      [&](Random& random) {
        const std::vector<Symbol> symbols = contexts(index, random);
        std::vector<RowRange> ranges;
        for (uint32_t i = 0; i < kBatch / kContext; ++i) {
          // Of 1 to 5 symbols in turn.
          ranges.push_back(index.find(std::span(symbols).subspan(i * kContext, 1 + i % kContext)));
        }
        return timed(kBatch / kContext, [&] {
          uint64_t sum = 0;
          std::vector<Follower> followers;
          for (const RowRange& range : ranges) {
            index.followers(range, 10, followers);
            for (const Follower& follower : followers) sum += follower.count ^ follower.symbol;
          }
          return sum;
        });
      },
      report);
  add(
      "locate", "position of a row", calls,
      [&](Random& random) {
        std::vector<uint32_t> rows(kBatch);
        for (uint32_t& row : rows) row = random.below(index.size());
        return timed(kBatch, [&] {
          uint64_t sum = 0;
          for (const uint32_t row : rows) sum += index.locate(row);
          return sum;
        });
      },
      report);
  return Status::ok();
}

}  // namespace cento::cli
