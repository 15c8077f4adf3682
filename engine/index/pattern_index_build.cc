// Building and storing a PatternIndex.

#include <algorithm>
#include <numeric>

#include "base/give_back.h"
#include "index/blocks.h"
#include "index/pattern_index.h"
#include "index/suffix_array.h"

namespace cento {
namespace {

constexpr uint32_t kMagic = 0x58504943;  // "CIPX"
constexpr uint32_t kVersion = 2;
constexpr uint32_t kMaxAlphabet = 65536;
constexpr uint32_t kMaxSize = (uint32_t{1} << 31) - 2;

bool is_sample_rate(uint32_t rate) { return rate >= 1 && rate <= PatternIndex::kMaxSampleRate; }

// Multiples of `rate` among the positions 0 to `size`.
uint32_t sample_count(uint32_t size, uint32_t rate) { return size / rate + 1; }

}  // namespace

// Goes through the suffix array once, in row order. For each row it needs four neighbouring
// symbols of the stream, and what is known of the last row with the same BWT symbol: two cache
// misses a row.
class PatternIndex::Builder {
 public:
  Builder(std::span<const Symbol> stream, const Options& options, PatternIndex& index)
      : stream_(stream),
        options_(options),
        index_(index),
        first_of_triple_(options.continuation_counts ? index.size_ + 1 : 0),
        opens_triple_(options.continuation_counts ? index.size_ + 1 : 0) {
    if (options.continuation_counts) symbols_before_.resize(index.alphabet_);
    if (!options.positions) return;
    const uint32_t sa_samples = sample_count(index.size_, index.sa_sample_rate_);
    sampled_rows_.reserve(sa_samples);
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
    index_.find_first_rows(counts);
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
    finish_tables();
    if (!report(progress, "indexing", size + 1, total)) return Status::aborted();
    if (options_.given_up != nullptr) give_back(*options_.given_up);
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
    if (options_.positions) add_samples(row, position);
    // Where what stands before it begins to differ from the row before: LCP[row] ≤ 0, 1, 2.
    const auto symbol_before = [&](uint32_t distance) -> uint32_t {
      return position >= distance ? stream_[position - distance] : kStart;
    };
    const uint32_t before[] = {symbol_before(1), symbol_before(2), symbol_before(3)};
    const bool is_first_of_symbol = row == 0 || before[0] != last_before_[0];
    const bool is_first_of_pair = is_first_of_symbol || before[1] != last_before_[1];
    const bool is_first_of_triple = is_first_of_pair || before[2] != last_before_[2];
    std::copy_n(before, std::size(before), last_before_);
    if (is_first_of_symbol) {
      last_first_of_symbol_ = row;
      if (row > 0) followers_.push_back(0);
    }
    if (is_first_of_pair) {
      last_first_of_pair_ = row;
      if (row > 0 && options_.continuation_counts) ++symbols_before_[before[0]];
    }
    bool opens_triple = false;
    if (position == index_.size_) {
      index_.end_row_ = row;
      bwt_lag_ = 1;
    } else {
      SymbolState& symbol = symbols_[stream_[position]];
      bwt[row - bwt_lag_] = symbol.code_word;
      // LF keeps rows of one symbol in order: LCP[LF(row)] is one more than the least LCP since the
      // last such row.
      const bool is_new = symbol.last_row == kNoRow;
      opens_triple = is_new || symbol.last_row < last_first_of_pair_;
      if (row > 0 && (is_new || symbol.last_row < last_first_of_symbol_)) ++followers_.back();
      symbol.last_row = row;
    }
    if (options_.continuation_counts) {
      first_of_triple_.push(is_first_of_triple);
      opens_triple_.push(opens_triple);
    }
  }

  void add_samples(uint32_t row, uint32_t position) {
    if (position % index_.sa_sample_rate_ == 0) {
      index_.sa_samples_.set(static_cast<uint32_t>(sampled_rows_.size()),
                             position / index_.sa_sample_rate_);
      sampled_rows_.push_back(row);
    }
    if (position % index_.isa_sample_rate_ == 0) {
      index_.isa_samples_.set(position / index_.isa_sample_rate_, row);
    }
  }

  void finish_tables() {
    const auto distinct = static_cast<uint32_t>(followers_.size());
    index_.followers_ = pack(followers_, distinct);
    if (options_.positions) index_.sampled_ = SparseBitVector(sampled_rows_, index_.size_ + 1);
    if (!options_.continuation_counts) return;
    index_.symbols_before_ = pack(symbols_before_, distinct + 1);
    index_.distinct_pairs_ = std::accumulate(symbols_before_.begin(), symbols_before_.end(), 0u);
    index_.first_of_triple_ = std::move(first_of_triple_).finish();
    index_.opens_triple_ = std::move(opens_triple_).finish();
  }

  static PackedInts pack(std::span<const uint32_t> values, uint32_t largest) {
    PackedInts packed(static_cast<uint32_t>(values.size()), PackedInts::width_for(largest));
    for (uint32_t i = 0; i < packed.size(); ++i) packed.set(i, values[i]);
    return packed;
  }

  std::span<const Symbol> stream_;
  const Options& options_;
  PatternIndex& index_;
  RankBitVectorBuilder first_of_triple_;
  RankBitVectorBuilder opens_triple_;
  std::vector<uint32_t> sampled_rows_;
  std::vector<uint32_t> followers_;  // as in the index
  std::vector<uint32_t> symbols_before_;
  std::vector<SymbolState> symbols_;
  uint32_t bwt_lag_ = 0;          // 1 behind the end row
  uint32_t last_before_[3] = {};  // of the row before
  uint32_t last_first_of_symbol_ = 0;
  uint32_t last_first_of_pair_ = 0;
};

void PatternIndex::find_first_rows(std::span<const uint32_t> symbol_counts) {
  std::vector<uint32_t> first_rows;
  uint32_t row = 1;  // row 0 is the start of the stream
  for (const uint32_t count : symbol_counts) {
    if (count > 0) first_rows.push_back(row);
    row += count;
  }
  first_rows_ = SparseBitVector(first_rows, size_ + 1);
}

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
  if (!sort_reversed(stream, alphabet, suffixes, progress)) return Status::aborted();
  PatternIndex index;
  index.size_ = static_cast<uint32_t>(stream.size());
  index.alphabet_ = alphabet;
  index.sa_sample_rate_ = options.sa_sample_rate;
  index.isa_sample_rate_ = options.isa_sample_rate;
  Builder builder(stream, options, index);
  // Positions are not negative, so the array may be seen as unsigned.
  CENTO_RETURN_IF_ERROR(
      builder.run({reinterpret_cast<uint32_t*>(suffixes.data()), suffixes.size()}, progress));
  return index;
}

// Image: magic, version, size, end row, the two sample rates, whether there are continuation counts
// and positions (32 bits each); the BWT; the distinct followers of symbols; with positions, the
// sampled rows and the samples of both kinds; with continuation counts, the symbols before symbols
// and the two bit vectors.
void PatternIndex::save(ByteWriter& writer) const {
  for (const uint32_t value : {kMagic, kVersion, size_, end_row_, sa_sample_rate_, isa_sample_rate_,
                               uint32_t{has_continuation_counts()}, uint32_t{has_positions()}}) {
    writer.put(value);
  }
  bwt_.save(writer);
  followers_.save(writer);
  if (has_positions()) {
    sampled_.save(writer);
    sa_samples_.save(writer);
    isa_samples_.save(writer);
  }
  if (has_continuation_counts()) {
    symbols_before_.save(writer);
    first_of_triple_.save(writer);
    opens_triple_.save(writer);
  }
}

Status PatternIndex::load(ByteReader& reader) {
  const size_t start = reader.offset();
  const auto magic = reader.take<uint32_t>();
  const auto version = reader.take<uint32_t>();
  size_ = reader.take<uint32_t>();
  end_row_ = reader.take<uint32_t>();
  sa_sample_rate_ = reader.take<uint32_t>();
  isa_sample_rate_ = reader.take<uint32_t>();
  const auto continuation_counts = reader.take<uint32_t>();
  const auto positions = reader.take<uint32_t>();
  CENTO_RETURN_IF_ERROR(reader.status());
  if (magic != kMagic) return Status::integrity("This is not an index.", start);
  if (version != kVersion) {
    return Status(StatusCode::kVersionMismatch, "The index was made by another version.", start);
  }
  if (size_ > kMaxSize || end_row_ > size_ || !is_sample_rate(sa_sample_rate_) ||
      !is_sample_rate(isa_sample_rate_) || continuation_counts > 1 || positions > 1) {
    return Status::integrity("The header of the index is damaged.", start);
  }
  CENTO_RETURN_IF_ERROR(bwt_.load(reader));
  if (bwt_.size() != size_) {
    return Status::integrity("The counts of the index do not add up to its size.", start);
  }
  alphabet_ = bwt_.alphabet();

  find_first_rows(bwt_.symbol_counts());
  const uint32_t distinct = bwt_.distinct();
  CENTO_RETURN_IF_ERROR(followers_.load(reader, distinct, PackedInts::width_for(distinct)));
  if (positions == 1) CENTO_RETURN_IF_ERROR(load_samples(reader));
  if (continuation_counts == 1) {
    CENTO_RETURN_IF_ERROR(
        symbols_before_.load(reader, alphabet_, PackedInts::width_for(distinct + 1)));
    for (uint32_t s = 0; s < alphabet_; ++s) {
      distinct_pairs_ += symbols_before_.get(s);
    }
    CENTO_RETURN_IF_ERROR(first_of_triple_.load(reader, size_ + 1));
    CENTO_RETURN_IF_ERROR(opens_triple_.load(reader, size_ + 1));
  }
  return Status::ok();
}

Status PatternIndex::load_samples(ByteReader& reader) {
  const uint32_t rows = size_ + 1;
  const size_t start = reader.offset();
  CENTO_RETURN_IF_ERROR(sampled_.load(reader, rows));
  const uint32_t sa_samples = sample_count(size_, sa_sample_rate_);
  CENTO_RETURN_IF_ERROR(
      sa_samples_.load(reader, sa_samples, PackedInts::width_for(sa_samples - 1)));
  const uint32_t isa_samples = sample_count(size_, isa_sample_rate_);
  CENTO_RETURN_IF_ERROR(isa_samples_.load(reader, isa_samples, PackedInts::width_for(size_)));
  bool samples_fit = sampled_.ones() == sa_samples;
  for (uint32_t i = 0; i < sa_samples; ++i) samples_fit &= sa_samples_.get(i) < sa_samples;
  for (uint32_t i = 0; i < isa_samples; ++i) samples_fit &= isa_samples_.get(i) < rows;
  if (!samples_fit) return Status::integrity("A sample lies outside the index.", start);
  return Status::ok();
}

}  // namespace cento
