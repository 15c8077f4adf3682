// Building and storing a PatternIndex.

#include <algorithm>
#include <numeric>

#include "index/blocks.h"
#include "index/pattern_index.h"
#include "index/suffix_array.h"

namespace cento {
namespace {

constexpr uint32_t kMagic = 0x58504943;  // "CIPX"
constexpr uint32_t kVersion = 1;
constexpr uint32_t kMaxAlphabet = 65536;
constexpr uint32_t kMaxSize = (uint32_t{1} << 31) - 2;

bool is_sample_rate(uint32_t rate) { return rate >= 1 && rate <= PatternIndex::kMaxSampleRate; }

// Multiples of `rate` among the positions 0 to `size`.
uint32_t sample_count(uint32_t size, uint32_t rate) { return size / rate + 1; }

}  // namespace

// Goes through the suffix array once, in row order. For each row it needs three neighbouring
// symbols of the stream, and what is known of the last row with the same BWT symbol: two cache
// misses a row.
class PatternIndex::Builder {
 public:
  Builder(std::span<const Symbol> stream, PatternIndex& index, bool continuation_counts)
      : stream_(stream),
        index_(index),
        sampled_(index.size_ + 1),
        first_of_pair_(continuation_counts ? index.size_ + 1 : 0),
        first_of_triple_(continuation_counts ? index.size_ + 1 : 0),
        continuation_counts_(continuation_counts) {
    const uint32_t sa_samples = sample_count(index.size_, index.sa_sample_rate_);
    index.sa_samples_ = PackedInts(sa_samples, PackedInts::width_for(sa_samples - 1));
    index.isa_samples_ = PackedInts(sample_count(index.size_, index.isa_sample_rate_),
                                    PackedInts::width_for(index.size_));
  }

  // `suffixes` is the suffix array of the reversed stream; it is overwritten with the code words of
  // the BWT.
  Status run(std::span<uint32_t> suffixes, const Progress& progress) {
    const uint32_t size = index_.size_;
    const uint64_t total = uint64_t{2} * size + 1;
    std::vector<uint32_t> counts(index_.alphabet_);
    for (const Symbol symbol : stream_) ++counts[symbol];
    const WaveletMatrix::Code code(std::move(counts));
    const std::vector<uint32_t> words = code.words();
    symbols_.resize(words.size());
    for (size_t i = 0; i < words.size(); ++i) symbols_[i] = {words[i], kNoRow};

    // Row r + 1 has suffix r. The BWT lags behind the rows by one until the end row, which has no
    // symbol: so the next suffix is read before the word of this row is written.
    uint32_t position = 0;
    bool go_on = true;
    in_blocks(static_cast<int32_t>(size + 1), [&](int32_t begin, int32_t end) {
      go_on = go_on && report(progress, "indexing", begin, total);
      if (!go_on) return;
      for (uint32_t row = begin; row < static_cast<uint32_t>(end); ++row) {
        const uint32_t next_position = row < size ? size - suffixes[row] : 0;
        add_row(row, position, suffixes);
        position = next_position;
      }
    });
    if (!go_on) return Status::aborted();
    index_.sampled_ = std::move(sampled_).finish();
    if (continuation_counts_) {
      index_.first_of_pair_ = std::move(first_of_pair_).finish();
      index_.first_of_triple_ = std::move(first_of_triple_).finish();
    }
    if (!report(progress, "indexing", size + 1, total)) return Status::aborted();
    index_.bwt_ = WaveletMatrix::build(code, suffixes);
    return report(progress, "indexing", total, total) ? Status::ok() : Status::aborted();
  }

 private:
  static constexpr uint32_t kNoRow = ~uint32_t{0};
  static constexpr uint32_t kStart = kMaxAlphabet;  // stands before position 0

  struct SymbolState {
    uint32_t code_word;
    uint32_t last_row;  // of those with this BWT symbol so far
  };

  void add_row(uint32_t row, uint32_t position, std::span<uint32_t> bwt) {
    const bool is_sampled = position % index_.sa_sample_rate_ == 0;
    sampled_.push(is_sampled);
    if (is_sampled) index_.sa_samples_.set(sa_samples_++, position / index_.sa_sample_rate_);
    if (position % index_.isa_sample_rate_ == 0) {
      index_.isa_samples_.set(position / index_.isa_sample_rate_, row);
    }
    const uint64_t before = position >= 1 ? stream_[position - 1] : kStart;
    const uint64_t second_before = position >= 2 ? stream_[position - 2] : kStart;
    const uint64_t pair = before << 32 | second_before;
    const bool is_first_of_pair = row == 0 || pair != last_pair_;
    last_pair_ = pair;
    if (is_first_of_pair) last_first_of_pair_ = row;
    bool is_first_of_triple = false;
    if (position == index_.size_) {
      index_.end_row_ = row;
      bwt_lag_ = 1;
    } else {
      SymbolState& symbol = symbols_[stream_[position]];
      bwt[row - bwt_lag_] = symbol.code_word;
      // LF keeps rows of one symbol in order: LCP[LF(row)] is one more than the least LCP since the
      // last such row.
      is_first_of_triple = symbol.last_row == kNoRow || symbol.last_row < last_first_of_pair_;
      symbol.last_row = row;
    }
    if (continuation_counts_) {
      first_of_pair_.push(is_first_of_pair);
      first_of_triple_.push(is_first_of_triple);
    }
  }

  std::span<const Symbol> stream_;
  PatternIndex& index_;
  RankBitVectorBuilder sampled_;
  RankBitVectorBuilder first_of_pair_;
  RankBitVectorBuilder first_of_triple_;
  bool continuation_counts_;
  std::vector<SymbolState> symbols_;
  uint32_t sa_samples_ = 0;
  uint32_t bwt_lag_ = 0;  // 1 behind the end row
  uint64_t last_pair_ = 0;
  uint32_t last_first_of_pair_ = 0;
};

Result<PatternIndex> PatternIndex::build(std::span<const Symbol> stream, uint32_t alphabet,
                                         const Options& options, const Progress& progress) {
  if (alphabet > kMaxAlphabet) {
    return Status::invalid_argument("An index has at most 65,536 symbols.");
  }
  if (stream.size() > kMaxSize) {
    return Status::invalid_argument("An index holds at most 2^31 - 2 symbols.");
  }
  if (!is_sample_rate(options.sa_sample_rate) || !is_sample_rate(options.isa_sample_rate)) {
    return Status::invalid_argument("Sample rates are 1 to 1,024.");
  }
  if (std::any_of(stream.begin(), stream.end(), [&](Symbol s) { return s >= alphabet; })) {
    return Status::invalid_argument("The stream has a symbol outside the alphabet.");
  }
  std::vector<int32_t> suffixes(stream.size());
  {
    const std::vector<Symbol> reversed(stream.rbegin(), stream.rend());
    if (!sort_suffixes(reversed, alphabet, suffixes, progress)) return Status::aborted();
  }
  PatternIndex index;
  index.size_ = static_cast<uint32_t>(stream.size());
  index.alphabet_ = alphabet;
  index.sa_sample_rate_ = options.sa_sample_rate;
  index.isa_sample_rate_ = options.isa_sample_rate;
  Builder builder(stream, index, options.continuation_counts);
  // Positions are not negative, so the array may be seen as unsigned.
  CENTO_RETURN_IF_ERROR(
      builder.run({reinterpret_cast<uint32_t*>(suffixes.data()), suffixes.size()}, progress));
  return index;
}

// Image: magic, version, size, end row, the two sample rates, whether there are continuation counts
// (32 bits each); the BWT; the sampled rows; the samples of both kinds; the two continuation
// vectors.
void PatternIndex::save(ByteWriter& writer) const {
  for (const uint32_t value : {kMagic, kVersion, size_, end_row_, sa_sample_rate_, isa_sample_rate_,
                               uint32_t{has_continuation_counts()}}) {
    writer.put(value);
  }
  bwt_.save(writer);
  sampled_.save(writer);
  sa_samples_.save(writer);
  isa_samples_.save(writer);
  if (has_continuation_counts()) {
    first_of_pair_.save(writer);
    first_of_triple_.save(writer);
  }
}

Result<PatternIndex> PatternIndex::load(ByteReader& reader) {
  const size_t start = reader.offset();
  const auto magic = reader.take<uint32_t>();
  const auto version = reader.take<uint32_t>();
  PatternIndex index;
  index.size_ = reader.take<uint32_t>();
  index.end_row_ = reader.take<uint32_t>();
  index.sa_sample_rate_ = reader.take<uint32_t>();
  index.isa_sample_rate_ = reader.take<uint32_t>();
  const auto continuation_counts = reader.take<uint32_t>();
  CENTO_RETURN_IF_ERROR(reader.status());
  if (magic != kMagic) return Status::integrity("This is not an index.", start);
  if (version != kVersion) {
    return Status(StatusCode::kVersionMismatch, "The index was made by another version.", start);
  }
  if (index.size_ > kMaxSize || index.end_row_ > index.size_ ||
      !is_sample_rate(index.sa_sample_rate_) || !is_sample_rate(index.isa_sample_rate_) ||
      continuation_counts > 1) {
    return Status::integrity("The header of the index is damaged.", start);
  }
  CENTO_ASSIGN_OR_RETURN(index.bwt_, WaveletMatrix::load(reader));
  if (index.bwt_.size() != index.size_) {
    return Status::integrity("The counts of the index do not add up to its size.", start);
  }
  index.alphabet_ = index.bwt_.alphabet();

  const uint32_t rows = index.size_ + 1;
  const size_t samples_start = reader.offset();
  CENTO_ASSIGN_OR_RETURN(index.sampled_, RankBitVector::load(reader, rows));
  const uint32_t sa_samples = sample_count(index.size_, index.sa_sample_rate_);
  CENTO_ASSIGN_OR_RETURN(
      index.sa_samples_,
      PackedInts::load(reader, sa_samples, PackedInts::width_for(sa_samples - 1)));
  const uint32_t isa_samples = sample_count(index.size_, index.isa_sample_rate_);
  CENTO_ASSIGN_OR_RETURN(index.isa_samples_,
                         PackedInts::load(reader, isa_samples, PackedInts::width_for(index.size_)));
  bool samples_fit = index.sampled_.ones() == sa_samples;
  for (uint32_t i = 0; i < sa_samples; ++i) samples_fit &= index.sa_samples_.get(i) < sa_samples;
  for (uint32_t i = 0; i < isa_samples; ++i) samples_fit &= index.isa_samples_.get(i) < rows;
  if (!samples_fit) return Status::integrity("A sample lies outside the index.", samples_start);

  if (continuation_counts == 1) {
    CENTO_ASSIGN_OR_RETURN(index.first_of_pair_, RankBitVector::load(reader, rows));
    CENTO_ASSIGN_OR_RETURN(index.first_of_triple_, RankBitVector::load(reader, rows));
  }
  return index;
}

}  // namespace cento
