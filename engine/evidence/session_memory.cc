#include "evidence/session_memory.h"

#include <algorithm>

namespace cento {
namespace {

constexpr double kSlowGrowth = 1 / 0.998;
constexpr double kFastGrowth = 1 / 0.98;
constexpr double kLargestUnit = 1e100;
constexpr size_t kFirstTable = 1024;

uint32_t hash_of(SessionMemory::NodeId parent, TokenId token) {
  uint64_t hash = (uint64_t{parent} << 16 | token) * 0x9E3779B97F4A7C15u;
  return static_cast<uint32_t>(hash >> 32);
}

}  // namespace

SessionMemory::SessionMemory(uint32_t vocabulary_size, std::span<const uint8_t> class_of,
                             uint32_t max_tokens)
    : class_of_(class_of), max_tokens_(max_tokens), word_number_(vocabulary_size) {
  reset();
}

void SessionMemory::reset() {
  history_.clear();
  nodes_.clear();
  table_.assign(kFirstTable, kNoNode);
  for (const Word& word : words_) word_number_[word.token] = 0;
  words_.clear();
  slow_class_totals_.fill(0);
  slow_total_ = fast_total_ = 0;
  slow_unit_ = fast_unit_ = 1;
  contexts_.fill(kNoNode);
}

void SessionMemory::append(TokenId token) {
  if (history_.size() == max_tokens_) {
    const std::vector<TokenId> recent(history_.end() - max_tokens_ / 2, history_.end());
    reset();
    for (const TokenId old : recent) count(old);
  }
  count(token);
}

void SessionMemory::count(TokenId token) {
  history_.push_back(token);
  if (word_number_[token] == 0) {
    words_.push_back({.token = token});
    word_number_[token] = static_cast<uint32_t>(words_.size());
    nodes_.push_back({.token = token});
    words_.back().node = static_cast<NodeId>(nodes_.size() - 1);
  }
  Word& word = words_[word_number_[token] - 1];
  ++word.count;
  slow_unit_ *= kSlowGrowth;
  fast_unit_ *= kFastGrowth;
  word.slow += slow_unit_;
  word.fast += fast_unit_;
  slow_total_ += slow_unit_;
  fast_total_ += fast_unit_;
  if (!class_of_.empty()) slow_class_totals_[class_of_[token]] += slow_unit_;
  if (fast_unit_ > kLargestUnit) rescale();

  for (size_t k = kMaxSessionContext; k-- > 0;) {  // longest first: a node moves one place up
    if (contexts_[k] == kNoNode) continue;
    const NodeId child = add_child(contexts_[k], token);
    if (k + 1 < kMaxSessionContext) contexts_[k + 1] = child;
  }
  ++nodes_[word.node].count;
  contexts_[0] = word.node;
}

void SessionMemory::advance(Contexts& contexts, TokenId token) const {
  for (size_t k = kMaxSessionContext; k-- > 1;) {
    contexts[k] = contexts[k - 1] == kNoNode ? kNoNode : child(contexts[k - 1], token);
  }
  const Word* known = word(token);
  contexts[0] = known == nullptr ? kNoNode : known->node;
}

SessionMemory::NodeId SessionMemory::child(NodeId parent, TokenId token) const {
  const size_t mask = table_.size() - 1;
  for (size_t slot = hash_of(parent, token) & mask; table_[slot] != kNoNode;
       slot = (slot + 1) & mask) {
    const Node& node = nodes_[table_[slot]];
    if (node.parent == parent && node.token == token) return table_[slot];
  }
  return kNoNode;
}

SessionMemory::NodeId SessionMemory::add_child(NodeId parent, TokenId token) {
  NodeId id = child(parent, token);
  if (id == kNoNode) {
    if (nodes_.size() * 2 >= table_.size()) grow_table();
    id = static_cast<NodeId>(nodes_.size());
    nodes_.push_back(
        {.next_sibling = nodes_[parent].first_child, .parent = parent, .token = token});
    nodes_[parent].first_child = id;
    ++nodes_[parent].distinct;
    const size_t mask = table_.size() - 1;
    size_t slot = hash_of(parent, token) & mask;
    while (table_[slot] != kNoNode) slot = (slot + 1) & mask;
    table_[slot] = id;
  }
  ++nodes_[parent].followed;
  ++nodes_[id].count;
  return id;
}

void SessionMemory::grow_table() {
  table_.assign(table_.size() * 2, kNoNode);
  const size_t mask = table_.size() - 1;
  for (NodeId id = 0; id < nodes_.size(); ++id) {
    if (nodes_[id].parent == kNoNode) continue;  // found through words_
    size_t slot = hash_of(nodes_[id].parent, nodes_[id].token) & mask;
    while (table_[slot] != kNoNode) slot = (slot + 1) & mask;
    table_[slot] = id;
  }
}

void SessionMemory::rescale() {
  for (Word& word : words_) {
    word.slow /= slow_unit_;
    word.fast /= fast_unit_;
  }
  for (double& total : slow_class_totals_) total /= slow_unit_;
  slow_total_ /= slow_unit_;
  fast_total_ /= fast_unit_;
  slow_unit_ = fast_unit_ = 1;
}

}  // namespace cento
