#include "index/wavelet_matrix.h"

#include <algorithm>
#include <cstring>
#include <numeric>

#include "index/blocks.h"

namespace cento {

WaveletMatrix::Code::Code(std::vector<uint32_t> counts)
    : counts_(std::move(counts)), lengths_(huffman_code_lengths(counts_, kMaxDepth)) {
  const std::vector<uint32_t>& leaves = lengths_.codes_of_length;
  if (leaves.empty()) {
    inner_nodes_.push_back(0);
    node_counts_.emplace_back();
    return;
  }
  uint32_t nodes = 1;
  for (const uint32_t leaf_count : leaves) {
    inner_nodes_.push_back(nodes - leaf_count);
    nodes = 2 * inner_nodes_.back();
  }
  node_counts_.resize(leaves.size());
  size_t place = lengths_.symbols.size();
  for (size_t depth = leaves.size(); depth-- > 0;) {
    const uint32_t inner = inner_nodes_[depth];
    std::vector<uint32_t>& of_node = node_counts_[depth];
    of_node.resize(inner + leaves[depth]);
    for (size_t node = of_node.size(); node-- > inner;) {
      of_node[node] = counts_[lengths_.symbols[--place]];
    }
    for (uint32_t node = 0; node < inner; ++node) {
      of_node[node] = node_counts_[depth + 1][node] + node_counts_[depth + 1][inner + node];
    }
  }
}

std::vector<uint32_t> WaveletMatrix::Code::words() const {
  std::vector<uint32_t> words(counts_.size());
  size_t place = 0;
  for (size_t depth = 0; depth < lengths_.codes_of_length.size(); ++depth) {
    for (uint32_t leaf = 0; leaf < lengths_.codes_of_length[depth]; ++leaf) {
      uint32_t node = inner_nodes_[depth] + leaf;
      uint32_t& word = words[lengths_.symbols[place++]];
      for (size_t up = depth; up-- > 0;) {
        if (node < inner_nodes_[up]) continue;
        node -= inner_nodes_[up];
        word |= uint32_t{1} << (31 - up);
      }
    }
  }
  return words;
}

WaveletMatrix::WaveletMatrix(const Code& code)
    : levels_(code.inner_nodes_.size()),
      symbols_(code.lengths_.symbols),
      places_(code.counts_.size(), static_cast<uint16_t>(symbols_.size())) {
  std::vector<uint32_t> smaller(code.counts_.size() + 1);  // occurrences of smaller symbols
  std::partial_sum(code.counts_.begin(), code.counts_.end(), smaller.begin() + 1);
  size_ = smaller.back();
  offsets_.reserve(symbols_.size());
  for (size_t depth = 0; depth < levels_.size(); ++depth) {
    Level& level = levels_[depth];
    level.inner_nodes = code.inner_nodes_[depth];
    level.leaves_before = static_cast<uint32_t>(offsets_.size());
    uint32_t position = 0;
    for (size_t node = 0; node < code.node_counts_[depth].size(); ++node) {
      if (depth > 0 && node == levels_[depth - 1].inner_nodes) levels_[depth - 1].zeros = position;
      if (node >= level.inner_nodes) {
        const uint16_t symbol = symbols_[offsets_.size()];
        places_[symbol] = static_cast<uint16_t>(offsets_.size());
        offsets_.push_back(smaller[symbol] - position);  // may wrap; so does its sum
      }
      position += code.node_counts_[depth][node];
    }
  }
}

namespace {

// The number of positions of the inner nodes.
uint32_t level_size(const std::vector<uint32_t>& node_counts, uint32_t inner_nodes) {
  return std::accumulate(node_counts.begin(), node_counts.begin() + inner_nodes, uint32_t{0});
}

}  // namespace

WaveletMatrix WaveletMatrix::build(const Code& code, std::span<uint32_t> sequence) {
  WaveletMatrix result(code);
  uint32_t most_ones = 0;
  for (size_t depth = 0; depth + 1 < result.levels_.size(); ++depth) {
    const uint32_t size = level_size(code.node_counts_[depth], code.inner_nodes_[depth]);
    most_ones = std::max(most_ones, size - result.levels_[depth].zeros);
  }
  std::vector<uint32_t> ones(size_t{most_ones} + 1);  // every word is written before it is counted
  for (size_t depth = 0; depth + 1 < result.levels_.size(); ++depth) {
    Level& level = result.levels_[depth];
    const uint32_t size = level_size(code.node_counts_[depth], level.inner_nodes);
    RankBitVectorBuilder bits(size);
    uint32_t zero_count = 0;
    uint32_t one_count = 0;
    in_blocks(static_cast<int32_t>(size), [&](int32_t block_begin, int32_t block_end) {
      uint32_t zeros = zero_count;
      uint32_t others = one_count;
      for (int32_t begin = block_begin; begin < block_end; begin += 32) {
        const int32_t end = std::min(begin + 32, block_end);
        uint32_t word = 0;
        for (int32_t i = begin; i < end; ++i) {  // without branches
          const uint32_t rest = sequence[i];
          const uint32_t bit = rest >> 31;
          word |= bit << (i - begin);
          sequence[zeros] = rest << 1;
          ones[others] = rest << 1;
          zeros += bit ^ 1;
          others += bit;
        }
        bits.push_word(word);
      }
      zero_count = zeros;
      one_count = others;
    });
    std::copy_n(ones.begin(), one_count, sequence.begin() + zero_count);
    level.bits = std::move(bits).finish();
  }
  return result;
}

std::vector<uint32_t> WaveletMatrix::symbol_counts() const {
  std::vector<uint32_t> counts(alphabet());
  if (symbols_.empty()) return counts;
  std::vector<uint32_t> nodes = {size_};  // the positions of each, level by level
  for (const Level& level : levels_) {
    for (size_t node = level.inner_nodes; node < nodes.size(); ++node) {
      counts[symbols_[level.leaves_before + node - level.inner_nodes]] = nodes[node];
    }
    std::vector<uint32_t> next(size_t{2} * level.inner_nodes);
    uint32_t end = 0;
    uint32_t ones = 0;
    for (uint32_t node = 0; node < level.inner_nodes; ++node) {
      end += nodes[node];
      const uint32_t ones_before = ones;
      ones = level.bits.rank1(end);
      next[level.inner_nodes + node] = ones - ones_before;
      next[node] = nodes[node] - next[level.inner_nodes + node];
    }
    nodes = std::move(next);
  }
  return counts;
}

void WaveletMatrix::save(ByteWriter& writer) const {
  writer.put(alphabet());
  writer.put_array<uint32_t>(symbol_counts());
  for (const Level& level : levels_) level.bits.save(writer);
}

Status WaveletMatrix::load(ByteReader& reader) {
  const size_t start = reader.offset();
  const uint32_t alphabet = reader.take<uint32_t>();
  if (alphabet > 65536) return Status::integrity("The alphabet is too large.", start);
  std::vector<uint32_t> counts = reader.take_array<uint32_t>(alphabet);
  CENTO_RETURN_IF_ERROR(reader.status());
  const uint64_t size = std::accumulate(counts.begin(), counts.end(), uint64_t{0});
  if (size >= uint64_t{1} << 31) return Status::integrity("The counts are too large.", start);
  const Code code(std::move(counts));
  *this = WaveletMatrix(code);
  for (size_t depth = 0; depth + 1 < levels_.size(); ++depth) {
    Level& level = levels_[depth];
    const size_t level_start = reader.offset();
    CENTO_RETURN_IF_ERROR(
        level.bits.load(reader, level_size(code.node_counts_[depth], level.inner_nodes)));
    uint32_t end = 0;
    uint32_t ones = 0;
    for (uint32_t node = 0; node < level.inner_nodes; ++node) {
      end += code.node_counts_[depth][node];
      ones += code.node_counts_[depth + 1][level.inner_nodes + node];
      if (level.bits.rank1(end) != ones) {
        return Status::integrity("A level of the index does not fit its counts.", level_start);
      }
    }
  }
  return Status::ok();
}

uint64_t WaveletMatrix::memory_bytes() const {
  uint64_t bytes = levels_.capacity() * sizeof(Level) + symbols_.capacity() * sizeof(uint16_t) +
                   offsets_.capacity() * sizeof(uint32_t) + places_.capacity() * sizeof(uint16_t);
  for (const Level& level : levels_) bytes += level.bits.memory_bytes();
  return bytes;
}

}  // namespace cento
