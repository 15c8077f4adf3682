// A Huffman-shaped wavelet matrix (Claude, Navarro & Ordóñez 2015): a sequence of symbols in about
// its zero-order entropy, with rank, access, and the most frequent symbols of any range.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "cento/status.h"
#include "index/bit_vector.h"
#include "index/huffman.h"
#include "simd/rank.h"

namespace cento {

struct SymbolCount {
  uint16_t symbol;
  uint32_t count;
  bool operator==(const SymbolCount&) const = default;
};

// Level d holds bit d of the codes of all positions whose code is longer than d bits. Level d + 1
// has the positions with a zero first, then those with a one, each in the order of level d.
//
// There are no tree nodes: those of a level are numbered in the order in which their positions
// stand. The first `inner_nodes` of a level have children, all others are leaves; codes are given
// out so that this holds, hence the leaves' positions come last and drop out of the next level
// without moving any other. The zero child of node j is node j of the next level, the one child is
// node inner_nodes + j. So the path to a symbol follows from its place in code order alone.
//
// Immutable after building. Threads: const methods may run at the same time.
class WaveletMatrix {
 public:
  static constexpr uint32_t kMaxDepth = 28;

  WaveletMatrix() = default;

  // The code of a sequence, made from its counts before the sequence is there.
  class Code {
   public:
    // `counts` is indexed by symbol. REQUIRES: counts.size() ≤ 65536, their sum < 2^31.
    explicit Code(std::vector<uint32_t> counts);
    // The code of each symbol, first bit at the top; 0 for symbols without a count.
    std::vector<uint32_t> words() const;

   private:
    friend class WaveletMatrix;
    std::vector<uint32_t> counts_;
    CodeLengths lengths_;
    std::vector<uint32_t> inner_nodes_;               // of each level
    std::vector<std::vector<uint32_t>> node_counts_;  // positions of each node, by level
  };

  // `sequence` holds the code word of each position and is overwritten. Cost: the sum of all code
  // lengths; up to 4 bytes a symbol of working memory.
  // REQUIRES: the counts of `sequence` are those that `code` was made from.
  static WaveletMatrix build(const Code& code, std::span<uint32_t> sequence);

  // The image holds the counts and the bits of the levels. `load` proves that every node has as
  // many ones as the counts ask for, so that each position leads to a leaf place of its own.
  void save(ByteWriter& writer) const;
  // Errors: kIntegrity.
  Status load(ByteReader& reader);

  uint32_t alphabet() const { return static_cast<uint32_t>(places_.size()); }
  uint32_t size() const { return size_; }
  uint32_t distinct() const { return static_cast<uint32_t>(symbols_.size()); }
  // How often each symbol of the alphabet stands. Cost: a rank for each symbol.
  std::vector<uint32_t> symbol_counts() const;
  uint64_t memory_bytes() const;

  // The position of the symbol at i among all positions sorted (stably) by symbol: the LF mapping.
  struct Step {
    uint16_t symbol;
    uint32_t position;
  };
  // Cost: one rank a bit of the symbol's code. REQUIRES: i < size().
  Step lf(uint32_t i) const;

  // The positions of the occurrences of `symbol` in [begin, end), in that same order; empty ({0,
  // 0}) where there are none. Cost: two ranks a bit of the code. REQUIRES: begin ≤ end ≤ size().
  struct Range {
    uint32_t begin = 0;
    uint32_t end = 0;
  };
  Range backward_step(uint16_t symbol, Range range) const;

  // The `k` most frequent symbols of the range with their counts, most frequent first, ties by
  // smaller symbol. Exact: nodes are opened best first. REQUIRES: as above.
  void top(Range range, uint32_t k, std::vector<SymbolCount>& out) const;

  // The number of distinct symbols in the range, or `limit` if that is less. Cost: linear in the
  // result. REQUIRES: as above.
  uint32_t distinct(Range range, uint32_t limit) const;

  // The kernel that the ranks run on; another one can be forced, for tests.
  // REQUIRES: has_rank_kernel(kernel).
  RankKernel kernel() const { return kernel_; }
  void force_kernel(RankKernel kernel) { kernel_ = kernel; }

 private:
  // The operations, to be inlined into those for each kernel.
  struct Queries;

  struct Level {
    RankBitVector bits;
    uint32_t zeros = 0;
    uint32_t inner_nodes = 0;
    uint32_t leaves_before = 0;  // leaves of lesser depth
  };

  // Everything but the bits.
  explicit WaveletMatrix(const Code& code);

  uint32_t size_ = 0;
  RankKernel kernel_ = best_rank_kernel();
  std::vector<Level> levels_ = std::vector<Level>(1);  // the last has leaves only
  std::vector<uint16_t> symbols_;                      // in code order
  std::vector<uint32_t> offsets_;  // in code order: from the position at the leaf to that of `lf`
  std::vector<uint16_t> places_;   // of each symbol in `symbols_`; `distinct()` or more if absent
};

}  // namespace cento
