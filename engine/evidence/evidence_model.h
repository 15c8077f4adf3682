// What the evidence counts in one mounted pack, beside its indexes: tables by token and by class.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "evidence/shares.h"
#include "index/pattern_index.h"
#include "levels/class_level.h"
#include "text/vocabulary.h"

namespace cento {

// Immutable. Lifetime: vocabulary, indexes and class map must outlive it. Memory: 11 bytes a
// token of the vocabulary. Threads: const methods at once.
class EvidenceModel {
 public:
  // `classes` may be null: a pack without classes. REQUIRES: otherwise `class_of` has a class for
  // each token of the vocabulary, below classes->alphabet().
  EvidenceModel(const Vocabulary& vocabulary, const PatternIndex& tokens,
                const PatternIndex* classes, std::span<const uint8_t> class_of, Shares shares);

  const Vocabulary& vocabulary() const { return *vocabulary_; }
  const PatternIndex& tokens() const { return *tokens_; }
  const Shares& shares() const { return shares_; }
  uint32_t vocabulary_size() const { return vocabulary_->size(); }

  // Level 0. How often the token stands, and the rows of the context that it is.
  uint32_t token_count(TokenId token) const { return rows_[token + 1u] - rows_[token]; }
  RowRange token_rows(TokenId token) const { return {rows_[token], rows_[token + 1u]}; }

  // N1+(•token) and its sum over all tokens.
  uint32_t continuation_count(TokenId token) const { return tokens_->continuation_count(token); }
  uint32_t continuation_total() const { return tokens_->continuation_total(); }

  // Level 1. A pack without classes has one that holds every token.
  bool has_classes() const { return classes_ != nullptr; }
  const PatternIndex& classes() const { return *classes_; }  // REQUIRES: has_classes()
  uint32_t class_groups() const { return static_cast<uint32_t>(class_counts_.size()); }
  std::span<const uint8_t> class_of() const { return class_of_; }  // REQUIRES: has_classes()
  uint32_t class_count(uint32_t token_class) const { return class_counts_[token_class]; }
  uint32_t class_total() const { return tokens_->size(); }
  // The token's share of its class.
  double share_of_class(TokenId token) const {
    const uint32_t count = class_counts_[has_classes() ? class_of_[token] : 0];
    return count == 0 ? 0 : double(token_count(token)) / count;
  }
  // The tokens of a class, most frequent first.
  std::span<const TokenId> members(uint32_t token_class) const {
    return std::span(members_).subspan(first_member_[token_class],
                                       first_member_[token_class + 1] - first_member_[token_class]);
  }

  // Wrapped lines. A token that is one line break and perhaps an indent:
  bool is_wrap(TokenId token) const;
  // The token with a space before it; itself where there is none such. Cost: one hash look-up.
  TokenId spaced(TokenId token) const;
  // The token without the space that it begins with; itself where there is none such.
  TokenId unspaced(TokenId token) const;

  uint64_t memory_bytes() const;

 private:
  void sort_members();

  const Vocabulary* vocabulary_;
  const PatternIndex* tokens_;
  const PatternIndex* classes_;
  std::span<const uint8_t> class_of_;
  Shares shares_;
  std::vector<uint32_t> rows_;  // by token, and one more
  std::vector<uint32_t> class_counts_;
  std::vector<TokenId> members_;  // by class, then falling count, then id
  std::vector<uint32_t> first_member_;
};

}  // namespace cento
