#include "text/vocabulary.h"

#include <algorithm>
#include <bit>

namespace cento {
namespace {

constexpr size_t kShortestMerged = 2;
constexpr size_t kLongestMerged = 255;

}  // namespace

Vocabulary::Vocabulary(size_t merged) {
  const size_t count = kFirstMergedToken + merged;
  ends_.reserve(count);
  block_starts_.reserve(count / kBlock + 1);
  ends_.push_back(0);  // kDocumentEnd has no bytes
  block_starts_.push_back(0);
  // At most three quarters full, so that probes stay short and always meet a free slot.
  hash_table_.assign(std::bit_ceil(count + count / 3), kDocumentEnd);
  for (uint32_t byte = 0; byte < 256; ++byte) append(std::string(1, static_cast<char>(byte)));
}

Result<Vocabulary> Vocabulary::create(const std::vector<std::string>& merged) {
  if (merged.size() > kMaxVocabulary - kFirstMergedToken) {
    return Status::invalid_argument("A vocabulary holds at most 65,536 tokens.");
  }
  Vocabulary vocabulary(merged.size());
  size_t bytes = vocabulary.strings_.size();
  for (const std::string& text : merged) bytes += text.size();
  vocabulary.strings_.reserve(bytes);
  for (const std::string& text : merged) {
    if (text.size() < kShortestMerged || text.size() > kLongestMerged) {
      return Status::invalid_argument("A token has 2 to 255 bytes.");
    }
    if (!vocabulary.append(text)) {
      return Status::invalid_argument("The tokens of a vocabulary must differ from each other.");
    }
  }
  return vocabulary;
}

bool Vocabulary::append(std::string_view text) {
  const size_t mask = hash_table_.size() - 1;
  size_t slot = hash_bytes(text) & mask;
  while (hash_table_[slot] != kDocumentEnd) {
    if (this->text(hash_table_[slot]) == text) return false;
    slot = (slot + 1) & mask;
  }
  hash_table_[slot] = static_cast<TokenId>(size());
  if (ends_.size() % kBlock == 0) block_starts_.push_back(static_cast<uint32_t>(strings_.size()));
  strings_ += text;
  ends_.push_back(static_cast<uint16_t>(strings_.size() - block_starts_.back()));
  longest_ = std::max(longest_, static_cast<uint32_t>(text.size()));
  return true;
}

uint64_t Vocabulary::memory_bytes() const {
  return strings_.capacity() + ends_.capacity() * sizeof(uint16_t) +
         block_starts_.capacity() * sizeof(uint32_t) + hash_table_.capacity() * sizeof(TokenId);
}

}  // namespace cento
