#include "index/huffman.h"

#include "base/sort.h"

namespace cento {
namespace {

// The number of codes of each length in a Huffman code for `weights`, which are sorted in ascending
// order: with two queues (van Leeuwen 1976), one of leaves, one of inner nodes.
std::vector<uint32_t> count_lengths(const std::vector<uint64_t>& weights) {
  const size_t leaves = weights.size();
  const size_t nodes = 2 * leaves - 1;
  std::vector<uint64_t> weight(weights);
  weight.resize(nodes);
  std::vector<uint32_t> parent(nodes);
  size_t leaf = 0;
  size_t inner = leaves;
  for (size_t node = leaves; node < nodes; ++node) {
    for (int child = 0; child < 2; ++child) {
      const bool take_leaf = leaf < leaves && (inner == node || weight[leaf] <= weight[inner]);
      const size_t taken = take_leaf ? leaf++ : inner++;
      weight[node] += weight[taken];
      parent[taken] = static_cast<uint32_t>(node);
    }
  }
  std::vector<uint32_t> depth(nodes);
  std::vector<uint32_t> lengths;
  for (size_t node = nodes; node-- > 0;) {
    if (node + 1 < nodes) depth[node] = depth[parent[node]] + 1;
    if (node >= leaves) continue;
    if (depth[node] >= lengths.size()) lengths.resize(depth[node] + 1);
    ++lengths[depth[node]];
  }
  return lengths;
}

}  // namespace

CodeLengths huffman_code_lengths(std::span<const uint32_t> counts, uint32_t max_length) {
  CodeLengths result;
  std::vector<uint64_t> keys;  // by descending count, then by symbol
  for (size_t symbol = 0; symbol < counts.size(); ++symbol) {
    if (counts[symbol] > 0) keys.push_back(uint64_t{~counts[symbol]} << 16 | symbol);
  }
  if (keys.empty()) return result;
  sort_numbers(keys);
  for (const uint64_t key : keys) result.symbols.push_back(static_cast<uint16_t>(key));
  std::vector<uint64_t> weights;
  weights.reserve(result.symbols.size());
  for (auto it = result.symbols.rbegin(); it != result.symbols.rend(); ++it) {
    weights.push_back(counts[*it]);
  }
  while (true) {
    result.codes_of_length = count_lengths(weights);
    if (result.codes_of_length.size() <= max_length + 1) return result;
    for (uint64_t& weight : weights) weight = (weight + 1) / 2;
  }
}

}  // namespace cento
