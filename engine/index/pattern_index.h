// PatternIndex: how often, what follows, and where, for a context of any length.
//
// An FM-index (Ferragina & Manzini 2000) of the *reversed* stream: appending a symbol to a context
// is one backward step, and the BWT symbols inside a context's row range are exactly the symbols
// that followed it. The BWT is kept in a Huffman-shaped wavelet matrix (Claude, Navarro & Ordóñez
// 2015). It is a self-index: the stream itself is read back from it.
//
// Rows: one for each position of the stream and one for its end, ordered by what stands *before*
// the position, read backwards. Row 0 is the start of the stream, before which nothing stands. A
// row's BWT symbol is the one at its position; the row of the end has none, and none is stored for
// it.
//
// Terms: the *stream* is the text in reading order, positions [0, size()). A *context* is a run of
// symbols of the stream; its *row range* is the set of places where it stands.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/progress.h"
#include "cento/status.h"
#include "index/bit_vector.h"
#include "index/packed_ints.h"
#include "index/sparse_bit_vector.h"
#include "index/wavelet_matrix.h"

namespace cento {

using Symbol = uint16_t;
using TextPos = uint32_t;

// Rows [begin, end) of the index.
struct RowRange {
  uint32_t begin = 0;
  uint32_t end = 0;
  bool is_empty() const { return begin >= end; }
  uint32_t count() const { return is_empty() ? 0 : end - begin; }
  bool operator==(const RowRange&) const = default;
};

// A symbol that follows, and its raw count: the number of places.
using Follower = SymbolCount;

// Immutable after building. Threads: const methods may run at the same time.
class PatternIndex {
 public:
  class Reader;

  struct Options {
    uint32_t sa_sample_rate = 32;     // every 32nd position of the stream can be located directly
    uint32_t isa_sample_rate = 64;    // every 64th position can be extracted from directly
    bool continuation_counts = true;  // keep what they are read from
    bool positions = true;            // keep the samples that places are read from
    // Where the stream stands, if it may go as soon as it was read: room for what comes then.
    std::vector<Symbol>* given_up = nullptr;
  };
  static constexpr uint32_t kMaxSampleRate = 1024;

  PatternIndex() = default;

  // Sorts and stores `stream`. Cost: linear (SA-IS); about 9 bytes a symbol while building,
  // the stream included. Reports as "sorting suffixes" and "indexing".
  // `alphabet` is one more than the largest symbol allowed, at most 65,536. An empty stream is
  // valid. Errors: kInvalidArgument (a symbol ≥ alphabet, more than 2^31 - 2 symbols, a sample rate
  // outside 1 to kMaxSampleRate), kAborted.
  static Result<PatternIndex> build(std::span<const Symbol> stream, uint32_t alphabet,
                                    const Options& options, const Progress& progress = {});

  // Flat, versioned, little-endian image; `load` checks every length and offset before use and
  // copies. What it accepts can be queried: a damaged image gives an error, or at worst wrong
  // counts and places, but every query ends and stays in bounds. Cost: linear. Errors: kIntegrity
  // with the byte offset, kVersionMismatch.
  void save(ByteWriter& writer) const;
  Status load(ByteReader& reader);

  uint32_t size() const { return size_; }  // symbols in the stream
  uint32_t alphabet() const { return alphabet_; }
  // How often each symbol stands. Cost: a rank for each.
  std::vector<uint32_t> symbol_counts() const { return bwt_.symbol_counts(); }
  uint64_t memory_bytes() const;  // everything held, samples included

  // The row of the end of the stream, which nothing follows.
  uint32_t end_row() const { return end_row_; }

  // The range of the empty context.
  RowRange all() const { return {0, size_ + 1}; }
  // The context followed by `symbol`. Empty where it does not stand. Cost: two ranks for each bit
  // of the symbol's code.
  RowRange extend(RowRange range, Symbol symbol) const;
  // The range of a whole context, oldest symbol first.
  RowRange find(std::span<const Symbol> context) const;

  // The `k` most frequent followers of a context, most frequent first, ties by smaller symbol;
  // exact, best-first through the wavelet matrix. Replaces `out`. Cost: about k times the code
  // length where some followers stand out, at most linear in the distinct followers where all are
  // alike.
  void followers(RowRange range, uint32_t k, std::vector<Follower>& out) const;
  // N1+(context•): the number of distinct followers of a context of `context_length` symbols, or
  // `limit` where it is less. Cost: a few steps for one symbol; two ranks for two, if
  // has_continuation_counts(); elsewhere linear in the result. REQUIRES: `range` is that of a
  // context of this length.
  uint32_t distinct_followers(RowRange range, uint32_t context_length,
                              uint32_t limit = ~uint32_t{0}) const;
  // How often `symbol` follows: count(extend(range, symbol)) at the same cost.
  uint32_t count_follower(RowRange range, Symbol symbol) const {
    return extend(range, symbol).count();
  }

  // Kneser-Ney's counts of what is distinct, for words after no context and after one symbol. The
  // start of the stream counts as a symbol of its own. REQUIRES for all: has_continuation_counts(),
  // and a range that is that of a context of the length named, or is empty.
  bool has_continuation_counts() const { return first_of_triple_.size() > 0; }
  // N1+(•w): distinct symbols before `symbol`. Cost: one look-up. REQUIRES: symbol < alphabet().
  uint32_t continuation_count(Symbol symbol) const { return symbols_before_.get(symbol); }
  // N1+(••): the sum of these over all symbols.
  uint32_t continuation_total() const { return distinct_pairs_; }
  // N1+(•v w): distinct symbols before `pair`, a context of two symbols. Cost: two ranks.
  uint32_t continuation_count(RowRange pair) const;
  // N1+(•v•): distinct pairs of a symbol before and a symbol after a context of one symbol: the sum
  // of N1+(•v w) over its followers w. Cost: two ranks.
  uint32_t continuation_total(RowRange single) const;

  // Where things stand. REQUIRES for the three calls: has_positions().
  bool has_positions() const { return isa_samples_.size() > 0; }
  // The position in the stream of the symbol that follows the context at `row`; size() where the
  // stream ends there. Cost: at most `sa_sample_rate` LF steps. REQUIRES: row ≤ size().
  TextPos locate(uint32_t row) const;
  // The row of the context that ends just before `position`: locate(row_of(p)) == p.
  uint32_t row_of(TextPos position) const;
  // Appends the symbols at [position, position + length), clipped at the end of the stream.
  // Cost: at most `isa_sample_rate` + length steps.
  void extract(TextPos position, uint32_t length, std::vector<Symbol>& out) const;

 private:
  class Builder;

  // `symbol_counts` are those of the stream.
  void find_first_rows(std::span<const uint32_t> symbol_counts);
  Status load_samples(ByteReader& reader);

  // The position in the BWT of the symbol of `row`, or of the first one behind where it has none.
  uint32_t bwt_position(uint32_t row) const { return row - (row > end_row_ ? 1 : 0); }
  // The row of the position behind that of `row`, and the symbol between. REQUIRES: row ≠ end_row_.
  WaveletMatrix::Step next(uint32_t row) const;

  uint32_t size_ = 0;
  uint32_t alphabet_ = 0;
  uint32_t end_row_ = 0;  // the row of the end of the stream
  uint32_t sa_sample_rate_ = 1;
  uint32_t isa_sample_rate_ = 1;
  WaveletMatrix bwt_;
  SparseBitVector sampled_;  // the rows of positions that are multiples of sa_sample_rate_
  PackedInts sa_samples_;    // those positions / sa_sample_rate_, in row order
  PackedInts isa_samples_;   // the row of every multiple of isa_sample_rate_; empty: no samples

  SparseBitVector first_rows_;   // of each symbol that occurs, as a context of its own
  PackedInts followers_;         // N1+(w•) of each of these, in the same order
  PackedInts symbols_before_;    // N1+(•w) by symbol
  uint32_t distinct_pairs_ = 0;  // their sum
  // With LCP[r] the length of what stands alike before the positions of rows r - 1 and r, and LF(r)
  // the row of the position behind that of row r:
  RankBitVector first_of_triple_;  // at r: LCP[r] ≤ 2
  RankBitVector opens_triple_;     // at r: LCP[LF(r)] ≤ 2, and r ≠ end_row_
};

// Reads the stream forwards. Lifetime: the index must outlive it.
class PatternIndex::Reader {
 public:
  // Cost: as row_of; none where `position` is a multiple of `isa_sample_rate`.
  // REQUIRES: index.has_positions().
  Reader(const PatternIndex& index, TextPos position)
      : index_(&index), row_(position < index.size_ ? index.row_of(position) : index.end_row_) {}
  bool at_end() const { return row_ == index_->end_row_; }
  // Cost: one step. REQUIRES: not at_end().
  Symbol next() {
    const WaveletMatrix::Step step = index_->next(row_);
    row_ = step.position;
    return step.symbol;
  }

 private:
  const PatternIndex* index_;
  uint32_t row_;
};

}  // namespace cento
