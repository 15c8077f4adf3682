#include "pack/zstd_frame.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <memory>

namespace cento {
namespace {

constexpr uint32_t kMagic = 0xFD2FB528;
constexpr size_t kMaxBlockBytes = 128 << 10;
constexpr size_t kBlockHeaderBytes = 3;
constexpr int kMaxHuffmanBits = 11;
constexpr int kMaxWeightLog = 6;
constexpr int kMaxTableLog = 9;
// Bits are read eight bytes at a time, and whether there were that many is asked once a sequence,
// which takes 89 bits at most: so much stands readable before and behind each stream.
constexpr size_t kMargin = 16;

enum BlockType : uint32_t { kRawBlock, kRepeatedByte, kCompressedBlock };
enum LiteralsType : uint32_t { kRawLiterals, kRepeatedLiteral, kCompressedLiterals, kSameCode };
enum TableMode : uint32_t { kPredefined, kOneSymbol, kDescribed, kSameTable };

struct BlockHeader {
  uint32_t type;
  uint32_t size;  // of what follows, or of the run of a repeated byte
  bool is_last;
  uint32_t stored_bytes() const { return type == kRepeatedByte ? 1 : size; }
};

BlockHeader read_block_header(const uint8_t* at) {
  const uint32_t bits = at[0] | uint32_t{at[1]} << 8 | uint32_t{at[2]} << 16;
  return {bits >> 1 & 3, bits >> 3, (bits & 1) != 0};
}

// Position of the highest one. REQUIRES: value > 0.
int log2_floor(uint32_t value) { return std::bit_width(value) - 1; }

// `count` bits, at most 56, from bit number `at` on.
uint32_t bits_at(const uint8_t* data, int64_t at, int count) {
  uint64_t word;
  std::memcpy(&word, data + (at >> 3), sizeof(word));
  return static_cast<uint32_t>(word >> (at & 7) & ((uint64_t{1} << count) - 1));
}

// Bits that were written front to back and are read back to front, from below the highest one of
// the last byte on (RFC 8878, 4.1).
struct BackwardBits {
  explicit BackwardBits(Bytes bytes) : data(bytes.data()) {
    if (bytes.empty() || bytes.back() == 0) return;
    left = static_cast<int64_t>(8 * (bytes.size() - 1)) + log2_floor(bytes.back());
  }
  uint32_t peek(int count) const { return bits_at(data, left - count, count); }
  uint32_t take(int count) {
    left -= count;
    return bits_at(data, left, count);
  }

  const uint8_t* data;
  int64_t left = -1;  // negative: more was read than there was
};

// ---- Finite state entropy (4.1)

struct FseEntry {
  uint8_t symbol;
  uint8_t bits;   // to read for the next state
  uint16_t base;  // which they are added to
};

struct FseTable {
  std::array<FseEntry, 1 << kMaxTableLog> entries;
  int log = -1;  // of the number of states; -1: there is no table yet
};

// Counts are probabilities times 2^log; -1 is less than one.
void build_table(std::span<const int8_t> predefined, std::span<const int16_t> counts, int log,
                 FseTable& table) {
  const size_t symbols = predefined.empty() ? counts.size() : predefined.size();
  const uint32_t size = 1u << log;
  const auto count_of = [&](size_t s) { return predefined.empty() ? counts[s] : predefined[s]; };
  std::array<uint16_t, 256> next;
  uint32_t high = size;
  for (size_t s = 0; s < symbols; ++s) {
    next[s] = static_cast<uint16_t>(count_of(s));
    if (count_of(s) != -1) continue;
    next[s] = 1;
    table.entries[--high].symbol = static_cast<uint8_t>(s);
  }
  uint32_t at = 0;
  for (size_t s = 0; s < symbols; ++s) {
    for (int i = 0; i < count_of(s); ++i) {
      table.entries[at].symbol = static_cast<uint8_t>(s);
      do at = (at + (size >> 1) + (size >> 3) + 3) & (size - 1);
      while (at >= high);
    }
  }
  for (uint32_t i = 0; i < size; ++i) {
    FseEntry& entry = table.entries[i];
    const uint32_t state = next[entry.symbol]++;
    entry.bits = static_cast<uint8_t>(log - log2_floor(state));
    entry.base = static_cast<uint16_t>((state << entry.bits) - size);
  }
  table.log = log;
}

// The description of a table (4.1.1) at the front of `bytes`; gives its length, or 0.
size_t read_table(Bytes bytes, uint32_t max_symbol, int max_log, FseTable& table) {
  const auto end = static_cast<int64_t>(8 * bytes.size());
  std::array<int16_t, 256> counts{};
  int64_t at = 4;
  const int log = static_cast<int>(bits_at(bytes.data(), 0, 4)) + 5;
  if (log > max_log) return 0;
  int left = 1 << log;
  uint32_t symbol = 0;
  while (left > 0) {
    if (symbol > max_symbol || at > end) return 0;
    // 0 to left + 1; the smaller ones take a bit less.
    const int bits = std::bit_width(static_cast<uint32_t>(left + 1));
    const uint32_t short_ones = (1u << bits) - static_cast<uint32_t>(left + 2);
    const uint32_t low = bits_at(bytes.data(), at, bits - 1);
    uint32_t value = bits_at(bytes.data(), at, bits);
    at += bits;
    if (low < short_ones) {
      value = low;
      --at;
    } else if (value != low) {
      value -= short_ones;
    }
    const int count = static_cast<int>(value) - 1;
    counts[symbol++] = static_cast<int16_t>(count);
    left -= count < 0 ? 1 : count;
    // How many more are zero, in steps of three.
    for (uint32_t zeros = count == 0 ? 3 : 0; zeros == 3;) {
      if (symbol > max_symbol || at > end) return 0;
      zeros = bits_at(bytes.data(), at, 2);
      at += 2;
      symbol += zeros;
    }
  }
  if (left < 0 || symbol > max_symbol + 1 || at > end) return 0;
  build_table({}, std::span(counts).first(symbol), log, table);
  return static_cast<size_t>((at + 7) / 8);
}

// ---- The numbers that sequences are made of (3.1.1.3.2.1)

// A code stands for 2^bits numbers from where those of the code before it end.
struct NumberKind {
  std::span<const int8_t> counts;  // predefined
  int predefined_log;
  int max_log;
  uint32_t max_symbol;
  std::span<const uint8_t> bits;  // of the codes from max_symbol on backwards; below: none
  uint32_t first;                 // number of code 0
};

constexpr int8_t kLengthCounts[] = {4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1,  1,  2,  2,
                                    2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1};
constexpr int8_t kMatchCounts[] = {1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1,  1,  1,  1,  1,  1,  1, 1,
                                   1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,  1,  1,  1,  1,  1,  1, 1,
                                   1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1};
constexpr int8_t kOffsetCounts[] = {1, 1, 1, 1, 1, 1, 2, 2, 2, 1,  1,  1,  1,  1, 1,
                                    1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1};
constexpr uint8_t kLengthBits[] = {1, 1, 1, 1,  2,  2,  3,  3,  4,  6,
                                   7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
constexpr uint8_t kMatchBits[] = {1, 1, 1, 1,  2,  2,  3,  3,  4,  4, 5,
                                  7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

enum { kLength, kOffset, kMatch, kKinds };  // in the order of the tables' descriptions
constexpr NumberKind kNumberKinds[kKinds] = {{kLengthCounts, 6, 9, 35, kLengthBits, 0},
                                             {kOffsetCounts, 5, 8, 31, {}, 0},
                                             {kMatchCounts, 6, 9, 52, kMatchBits, 3}};

struct Number {
  uint32_t first;
  int bits;
};

class Decoder {
 public:
  Decoder(Bytes prefix, std::span<uint8_t> data) : prefix_(prefix), data_(data) {
    for (const int kind : {kLength, kMatch}) {
      const NumberKind& numbers = kNumberKinds[kind];
      uint32_t first = numbers.first;
      const size_t plain = numbers.max_symbol + 1 - numbers.bits.size();
      for (size_t code = 0; code <= numbers.max_symbol; ++code) {
        numbers_[kind][code] = {first, code < plain ? 0 : numbers.bits[code - plain]};
        first += 1u << numbers_[kind][code].bits;
      }
    }
  }

  // REQUIRES: `stored` is as long as the header says.
  bool decode_block(const BlockHeader& header, Bytes stored) {
    if (header.size > kMaxBlockBytes) return false;
    if (header.type != kCompressedBlock) {
      if (header.size > data_.size() - made_) return false;
      if (header.type == kRawBlock) {
        std::copy(stored.begin(), stored.end(), data_.begin() + static_cast<ptrdiff_t>(made_));
      } else {
        std::fill_n(data_.begin() + static_cast<ptrdiff_t>(made_), header.size, stored[0]);
      }
      made_ += header.size;
      return true;
    }
    std::copy(stored.begin(), stored.end(), block_.begin() + kMargin);
    rest_ = Bytes(block_).subspan(kMargin, stored.size());
    return read_literals() && read_sequences();
  }

  bool is_complete() const { return made_ == data_.size(); }

 private:
  // The next bytes of the block; fails where it has not as many.
  bool take(size_t count, Bytes& bytes) {
    if (count > rest_.size()) return false;
    bytes = rest_.first(count);
    rest_ = rest_.subspan(count);
    return true;
  }

  // ---- Literals (3.1.1.3.1)

  bool read_literals() {
    if (rest_.empty()) return false;
    const uint32_t type = rest_[0] & 3u;
    const uint32_t format = rest_[0] >> 2 & 3u;
    Bytes header;
    if (type <= kRepeatedLiteral) {
      const size_t header_bytes = format == 1 ? 2 : format == 3 ? 3 : 1;
      if (!take(header_bytes, header)) return false;
      const int from = header_bytes == 1 ? 3 : 4;
      const uint32_t size = bits_at(header.data(), from, static_cast<int>(8 * header_bytes) - from);
      if (size > kMaxBlockBytes) return false;
      Bytes stored;
      if (!take(type == kRawLiterals ? size : 1, stored)) return false;
      literals_ = {literal_buffer_.data(), size};
      if (type == kRawLiterals) {
        literals_ = stored;
      } else {
        std::memset(literal_buffer_.data(), stored[0], size);
      }
      return true;
    }
    const int size_bits = format < 2 ? 10 : format == 2 ? 14 : 18;
    if (!take(static_cast<size_t>(4 + 2 * size_bits + 7) / 8, header)) return false;
    const uint32_t size = bits_at(header.data(), 4, size_bits);
    const uint32_t stored_size = bits_at(header.data(), 4 + size_bits, size_bits);
    Bytes stored;
    if (size > kMaxBlockBytes || !take(stored_size, stored)) return false;
    if (type == kCompressedLiterals) {
      const size_t code_bytes = read_huffman_code(stored);
      if (code_bytes == 0) return false;
      stored = stored.subspan(code_bytes);
    }
    if (huffman_bits_ == 0) return false;
    literals_ = {literal_buffer_.data(), size};
    if (format == 0) return decode_literals(stored, 0, size);
    // Four streams; the lengths of three stand before them.
    constexpr size_t kJumpBytes = 6;
    if (stored.size() < kJumpBytes) return false;
    Bytes streams = stored.subspan(kJumpBytes);
    const size_t part = (size_t{size} + 3) / 4;
    for (size_t i = 0; i < 4; ++i) {
      const size_t length =
          i < 3 ? stored[2 * i] | uint32_t{stored[2 * i + 1]} << 8 : streams.size();
      if (length > streams.size() || 3 * part > size) return false;
      if (!decode_literals(streams.first(length), i * part, i < 3 ? (i + 1) * part : size)) {
        return false;
      }
      streams = streams.subspan(length);
    }
    return true;
  }

  bool decode_literals(Bytes stream, size_t begin, size_t end) {
    BackwardBits bits(stream);
    for (size_t i = begin; i < end && bits.left >= 0; ++i) {
      const HuffmanEntry entry = huffman_[bits.peek(huffman_bits_)];
      literal_buffer_[i] = entry.symbol;
      bits.left -= entry.bits;
    }
    return bits.left == 0;
  }

  // The description of a Huffman code (4.2.1) at the front of `bytes`; gives its length, or 0.
  size_t read_huffman_code(Bytes bytes) {
    if (bytes.empty()) return 0;
    std::array<uint8_t, 256> weights{};
    size_t count = 0;
    size_t length = bytes[0];
    if (length >= 128) {
      count = length - 127;
      length = (count + 1) / 2;
      if (length >= bytes.size()) return 0;
      for (size_t i = 0; i < count; ++i) {
        weights[i] = i % 2 == 0 ? bytes[1 + i / 2] >> 4 : bytes[1 + i / 2] & 15;
      }
    } else {
      if (length >= bytes.size()) return 0;
      const Bytes stored = bytes.subspan(1, length);
      const size_t table_bytes = read_table(stored, 255, kMaxWeightLog, weight_table_);
      if (table_bytes == 0 || table_bytes >= length) return 0;
      count = read_weights(stored.subspan(table_bytes), weights);
      if (count == 0) return 0;
    }
    huffman_bits_ = 0;
    return build_huffman_table(weights, count) ? length + 1 : 0;
  }

  // Two states take turns; what is read beyond the beginning is zeros.
  size_t read_weights(Bytes stream, std::array<uint8_t, 256>& weights) {
    std::array<uint8_t, 2 * kMargin + 128> padded{};
    std::copy(stream.begin(), stream.end(), padded.begin() + kMargin);
    BackwardBits bits(Bytes(padded).subspan(kMargin, stream.size()));
    uint32_t state = bits.take(weight_table_.log);
    uint32_t other = bits.take(weight_table_.log);
    if (bits.left < 0) return 0;
    for (size_t count = 0; count + 2 < weights.size(); std::swap(state, other)) {
      const FseEntry entry = weight_table_.entries[state];
      weights[count++] = entry.symbol;
      state = entry.base + bits.take(entry.bits);
      if (bits.left >= 0) continue;
      weights[count++] = weight_table_.entries[other].symbol;
      return count;
    }
    return 0;
  }

  // The last symbol's weight is what is missing to a power of two.
  bool build_huffman_table(std::array<uint8_t, 256>& weights, size_t count) {
    uint32_t sum = 0;
    for (size_t s = 0; s < count; ++s) {
      if (weights[s] > kMaxHuffmanBits) return false;
      sum += 1u << weights[s] >> 1;
    }
    if (sum == 0 || count >= weights.size()) return false;
    const int bits = std::bit_width(sum);
    const uint32_t missing = (1u << bits) - sum;
    if (bits > kMaxHuffmanBits || !std::has_single_bit(missing)) return false;
    weights[count] = static_cast<uint8_t>(std::bit_width(missing));
    size_t at = 0;
    for (int weight = 1; weight <= bits; ++weight) {
      for (size_t s = 0; s <= count; ++s) {
        if (weights[s] != weight) continue;
        const HuffmanEntry entry = {static_cast<uint8_t>(s),
                                    static_cast<uint8_t>(bits + 1 - weight)};
        for (uint32_t i = 0; i < 1u << weight >> 1; ++i) huffman_[at++] = entry;
      }
    }
    huffman_bits_ = bits;
    return true;
  }

  // ---- Sequences (3.1.1.3.2)

  bool read_sequences() {
    Bytes header;
    if (!take(1, header)) return false;
    uint32_t count = header[0];
    if (count == 255) {
      if (!take(2, header)) return false;
      count = (header[0] | uint32_t{header[1]} << 8) + 0x7F00;
    } else if (count >= 128) {
      if (!take(1, header)) return false;
      count = (count - 128) << 8 | header[0];
    }
    if (count == 0) return rest_.empty() && append_literals(literals_.size());
    Bytes modes;
    if (!take(1, modes) || (modes[0] & 3) != 0) return false;
    for (int kind = 0; kind < kKinds; ++kind) {
      if (!set_table(kNumberKinds[kind], modes[0] >> (6 - 2 * kind) & 3, tables_[kind]))
        return false;
    }
    return run_sequences(count);
  }

  bool set_table(const NumberKind& kind, uint32_t mode, FseTable& table) {
    if (mode == kPredefined) {
      build_table(kind.counts, {}, kind.predefined_log, table);
    } else if (mode == kOneSymbol) {
      Bytes symbol;
      if (!take(1, symbol) || symbol[0] > kind.max_symbol) return false;
      table.entries[0] = {symbol[0], 0, 0};
      table.log = 0;
    } else if (mode == kDescribed) {
      Bytes description;
      return take(read_table(rest_, kind.max_symbol, kind.max_log, table), description) &&
             !description.empty();
    }
    return table.log >= 0;
  }

  bool run_sequences(uint32_t count) {
    BackwardBits bits(rest_);
    const FseEntry* states[kKinds];
    for (int kind = 0; kind < kKinds; ++kind) {
      states[kind] = &tables_[kind].entries[bits.take(tables_[kind].log)];
    }
    for (;;) {
      if (bits.left < 0) return false;
      const uint32_t offset_code = states[kOffset]->symbol;
      const uint64_t offset_value =
          (uint64_t{1} << offset_code) + bits.take(static_cast<int>(offset_code));
      const Number match = numbers_[kMatch][states[kMatch]->symbol];
      const uint32_t match_length = match.first + bits.take(match.bits);
      const Number literal = numbers_[kLength][states[kLength]->symbol];
      const uint32_t literal_length = literal.first + bits.take(literal.bits);
      if (!append_literals(literal_length) ||
          !append_match(resolve_offset(offset_value, literal_length), match_length)) {
        return false;
      }
      if (--count == 0) break;
      for (const int kind : {kLength, kMatch, kOffset}) {
        states[kind] = &tables_[kind].entries[states[kind]->base + bits.take(states[kind]->bits)];
      }
    }
    return bits.left == 0 && append_literals(literals_.size());
  }

  // The last three offsets are named by their number, or by the next one where no literals stand
  // before the match (3.1.1.5).
  uint64_t resolve_offset(uint64_t value, uint32_t literal_length) {
    if (value > 3) {
      recent_ = {value - 3, recent_[0], recent_[1]};
      return recent_[0];
    }
    const size_t index = static_cast<size_t>(value) - (literal_length == 0 ? 0 : 1);
    const uint64_t offset = index == 3 ? recent_[0] - 1 : recent_[index];
    if (index > 1) recent_[2] = recent_[1];
    if (index > 0) recent_[1] = recent_[0];
    recent_[0] = offset;
    return offset;
  }

  bool append_literals(size_t count) {
    if (count > literals_.size() || count > data_.size() - made_) return false;
    if (count > 0) std::memcpy(data_.data() + made_, literals_.data(), count);
    literals_ = literals_.subspan(count);
    made_ += count;
    return true;
  }

  bool append_match(uint64_t offset, size_t length) {
    if (offset == 0 || offset > made_ + prefix_.size() || length > data_.size() - made_) {
      return false;
    }
    if (offset > made_) {
      const size_t back = static_cast<size_t>(offset) - made_;
      const size_t count = std::min(back, length);
      std::memcpy(data_.data() + made_, prefix_.data() + (prefix_.size() - back), count);
      made_ += count;
      length -= count;
    }
    if (length == 0) return true;
    // One by one: a match may overlap with what it makes.
    uint8_t* to = data_.data() + made_;
    const uint8_t* from = to - offset;
    made_ += length;
    for (; length > 0; --length) *to++ = *from++;
    return true;
  }

  struct HuffmanEntry {
    uint8_t symbol;
    uint8_t bits;
  };

  Bytes prefix_;
  std::span<uint8_t> data_;
  size_t made_ = 0;  // bytes of data_
  Bytes rest_;       // of the block
  Bytes literals_;   // of the block, those that are not in data_ yet
  std::array<uint64_t, 3> recent_ = {1, 4, 8};
  int huffman_bits_ = 0;  // longest code; 0: there is no code yet
  std::array<HuffmanEntry, 1 << kMaxHuffmanBits> huffman_;
  FseTable weight_table_;
  FseTable tables_[kKinds];
  Number numbers_[kKinds][64];
  std::array<uint8_t, kMaxBlockBytes + 2 * kMargin> block_{};
  std::array<uint8_t, kMaxBlockBytes> literal_buffer_;
};

}  // namespace

Result<ZstdFrame> read_zstd_frame(Bytes file) {
  ByteReader reader(file);
  if (reader.take<uint32_t>() != kMagic) {
    return Status::integrity("This is no pack file: it does not begin with a zstd frame.", 0);
  }
  const auto descriptor = reader.take<uint8_t>();
  const bool is_single_segment = (descriptor & 32) != 0;
  const int size_code = descriptor >> 6;
  if (!is_single_segment) reader.take<uint8_t>();  // the window: all that was made stays readable
  if ((descriptor & 11) != 0 || (size_code == 0 && !is_single_segment)) {
    return Status::integrity("The zstd frame needs a dictionary or does not say how much it holds.",
                             sizeof(kMagic));
  }
  ZstdFrame frame;
  if (size_code == 0) {
    frame.content_size = reader.take<uint8_t>();
  } else if (size_code == 1) {
    frame.content_size = reader.take<uint16_t>() + 256u;
  } else if (size_code == 2) {
    frame.content_size = reader.take<uint32_t>();
  } else {
    frame.content_size = reader.take<uint64_t>();
  }
  frame.header_bytes = reader.offset();
  uint64_t room = 0;  // for content
  for (bool is_last = false; !is_last && reader.is_ok();) {
    const Bytes bytes = reader.take_bytes(kBlockHeaderBytes);
    if (bytes.empty()) break;
    const BlockHeader header = read_block_header(bytes.data());
    reader.take_bytes(header.stored_bytes());
    room += kMaxBlockBytes;
    is_last = header.is_last;
  }
  if ((descriptor & 4) != 0) reader.take<uint32_t>();  // the checksum
  if (!reader.is_ok()) {
    return Status::integrity("The pack file ends before its zstd frame does.", file.size());
  }
  if (reader.remaining() != 0) {
    return Status::integrity("The pack file has bytes behind its zstd frame.", reader.offset());
  }
  if (frame.content_size > room) {
    return Status::integrity("The zstd frame says that it holds more than it can.", sizeof(kMagic));
  }
  return frame;
}

bool decompress_zstd_frame(Bytes file, const ZstdFrame& frame, Bytes prefix,
                           std::span<uint8_t> data) {
  const auto decoder = std::make_unique<Decoder>(prefix, data);
  ByteReader reader(file);
  reader.take_bytes(frame.header_bytes);
  for (;;) {
    const BlockHeader header = read_block_header(reader.take_bytes(kBlockHeaderBytes).data());
    if (header.type > kCompressedBlock) return false;
    if (!decoder->decode_block(header, reader.take_bytes(header.stored_bytes()))) return false;
    if (header.is_last) return decoder->is_complete();
  }
}

}  // namespace cento
