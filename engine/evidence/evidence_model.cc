#include "evidence/evidence_model.h"

#include <algorithm>
#include <string>

#include "base/sort.h"

namespace cento {

EvidenceModel::EvidenceModel(const Vocabulary& vocabulary, const PatternIndex& tokens,
                             const PatternIndex* classes, std::span<const uint8_t> class_of,
                             Shares shares)
    : vocabulary_(&vocabulary),
      tokens_(&tokens),
      classes_(classes),
      class_of_(class_of),
      shares_(shares) {
  // Row 0 is the start of the stream, before which nothing stands; then come the rows behind each
  // token, by token.
  rows_.reserve(vocabulary.size() + 1);
  rows_.push_back(1);
  for (const uint32_t count : tokens.symbol_counts()) rows_.push_back(rows_.back() + count);
  sort_members();
}

bool EvidenceModel::is_wrap(TokenId token) const {
  const std::string_view text = vocabulary_->text(token);
  if (text.empty() || (text[0] != '\n' && text[0] != ' ')) return false;
  return text.find_first_not_of("\n ") == std::string_view::npos &&
         std::count(text.begin(), text.end(), '\n') == 1;
}

TokenId EvidenceModel::spaced(TokenId token) const {
  const std::string_view text = vocabulary_->text(token);
  if (text.empty() || text[0] == '\n' || text[0] == ' ') return token;
  return vocabulary_->find(std::string(1, ' ').append(text)).value_or(token);
}

TokenId EvidenceModel::unspaced(TokenId token) const {
  const std::string_view text = vocabulary_->text(token);
  if (text.size() < 2 || text[0] != ' ' || text[1] == '\n' || text[1] == ' ') return token;
  return vocabulary_->find(text.substr(1)).value_or(token);
}

void EvidenceModel::sort_members() {
  const uint32_t class_count = has_classes() ? classes_->alphabet() : 1;
  const auto class_of = [this](uint32_t token) -> uint32_t {
    return has_classes() ? class_of_[token] : 0;
  };
  class_counts_.assign(class_count, 0);
  first_member_.assign(class_count + 1, 0);
  for (uint32_t token = 0; token < vocabulary_->size(); ++token) {
    class_counts_[class_of(token)] += token_count(static_cast<TokenId>(token));
    ++first_member_[class_of(token) + 1];
  }
  for (uint32_t c = 0; c < class_count; ++c) first_member_[c + 1] += first_member_[c];
  // Sorted as numbers: class, then falling count, then id.
  std::vector<uint64_t> keys;
  keys.reserve(vocabulary_->size());
  for (uint32_t token = 0; token < vocabulary_->size(); ++token) {
    const uint64_t rare = ~token_count(static_cast<TokenId>(token));
    keys.push_back(uint64_t{class_of(token)} << 48 | (rare & 0xFFFFFFFF) << 16 | token);
  }
  sort_numbers(keys);
  members_.reserve(keys.size());
  for (const uint64_t key : keys) members_.push_back(static_cast<TokenId>(key & 0xFFFF));
}

uint64_t EvidenceModel::memory_bytes() const {
  return sizeof *this + rows_.capacity() * sizeof(uint32_t) +
         class_counts_.capacity() * sizeof(uint32_t) + members_.capacity() * sizeof(TokenId) +
         first_member_.capacity() * sizeof(uint32_t);
}

}  // namespace cento
