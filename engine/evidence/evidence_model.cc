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
  for (uint32_t token = 0; token < vocabulary.size(); ++token) {
    rows_.push_back(rows_.back() +
                    tokens.extend(tokens.all(), static_cast<TokenId>(token)).count());
  }
  find_spaced();
  sort_members();
}

void EvidenceModel::find_spaced() {
  spaced_.resize(vocabulary_->size());
  unspaced_.resize(vocabulary_->size());
  is_wrap_.resize(vocabulary_->size());
  for (uint32_t id = 0; id < vocabulary_->size(); ++id) {
    spaced_[id] = unspaced_[id] = static_cast<TokenId>(id);
  }
  std::string with_space;
  for (uint32_t id = 0; id < vocabulary_->size(); ++id) {
    const auto token = static_cast<TokenId>(id);
    const std::string_view text = vocabulary_->text(token);
    if (text.empty()) continue;
    if (text[0] == '\n' || text[0] == ' ') {
      const bool is_blank = text.find_first_not_of("\n ") == std::string_view::npos;
      is_wrap_[token] = is_blank && std::count(text.begin(), text.end(), '\n') == 1 ? 1 : 0;
      continue;
    }
    with_space.assign(1, ' ').append(text);
    if (const auto found = vocabulary_->find(with_space)) {
      spaced_[token] = *found;
      unspaced_[*found] = token;
    }
  }
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
         first_member_.capacity() * sizeof(uint32_t) + spaced_.capacity() * sizeof(TokenId) +
         unspaced_.capacity() * sizeof(TokenId) + is_wrap_.capacity();
}

}  // namespace cento
