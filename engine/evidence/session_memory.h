// What the session has said so far, counted: contexts of up to eight tokens, and which tokens are
// recent.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "evidence/experts.h"
#include "levels/class_level.h"
#include "text/vocabulary.h"

namespace cento {

// A tree of the session's runs of 1 to kMaxSessionContext + 1 tokens with their counts, and a
// record for each token that occurred. Memory: about 240 bytes a token of the session. Beyond
// `max_tokens` the older half is forgotten. Lifetime: the class map must outlive it.
class SessionMemory {
 public:
  static constexpr uint32_t kMaxTokens = 1u << 16;
  using NodeId = uint32_t;
  static constexpr NodeId kNoNode = ~NodeId{0};

  // A run of tokens, the last of which is `token`.
  struct Node {
    uint32_t count = 0;     // times that it stood
    uint32_t followed = 0;  // times that a token followed: the sum of its children's counts
    uint32_t distinct = 0;  // children
    NodeId first_child = kNoNode;
    NodeId next_sibling = kNoNode;
    NodeId parent = kNoNode;
    TokenId token = 0;
  };
  // A token of the session. Weights are relative to `slow_total()` and `fast_total()`.
  struct Word {
    TokenId token;
    uint32_t count = 0;
    double slow = 0;
    double fast = 0;
    NodeId node = kNoNode;
  };
  // The nodes of the last 1 to kMaxSessionContext tokens, kNoNode where that run is new.
  using Contexts = std::array<NodeId, kMaxSessionContext>;

  // `class_of` may be empty. REQUIRES: otherwise, one class for each token of the vocabulary.
  SessionMemory(uint32_t vocabulary_size, std::span<const uint8_t> class_of,
                uint32_t max_tokens = kMaxTokens);

  // Counts `token` after all contexts. Cost: nine look-ups in a hash table.
  void append(TokenId token);
  void reset();

  uint32_t size() const { return static_cast<uint32_t>(history_.size()); }
  const Contexts& contexts() const { return contexts_; }
  // Where the contexts are after one more token, without counting it.
  void advance(Contexts& contexts, TokenId token) const;

  const Node& node(NodeId id) const { return nodes_[id]; }
  // kNoNode where the token did not follow. Cost: one look-up in a hash table.
  NodeId child(NodeId parent, TokenId token) const;
  std::span<const Word> words() const { return words_; }
  // Null for tokens that did not occur.
  const Word* word(TokenId token) const {
    const uint32_t number = word_number_[token];
    return number == 0 ? nullptr : &words_[number - 1];
  }
  double slow_total() const { return slow_total_; }
  double fast_total() const { return fast_total_; }
  double slow_class_total(uint8_t token_class) const { return slow_class_totals_[token_class]; }

 private:
  void count(TokenId token);
  NodeId add_child(NodeId parent, TokenId token);
  void grow_table();
  void rescale();

  std::span<const uint8_t> class_of_;
  uint32_t max_tokens_;
  std::vector<TokenId> history_;
  std::vector<Node> nodes_;
  std::vector<NodeId> table_;  // open addressing by (parent, token); kNoNode is a free slot
  std::vector<Word> words_;
  std::vector<uint32_t> word_number_;  // by token: 1 + its place in words_
  std::array<double, kMaxClasses> slow_class_totals_{};
  double slow_total_ = 0;
  double fast_total_ = 0;
  double slow_unit_ = 1;  // what the next token weighs; grows, so that nothing need be decayed
  double fast_unit_ = 1;
  Contexts contexts_;
};

}  // namespace cento
