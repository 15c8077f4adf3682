#include "retrieval/word_transfer.h"

#include <algorithm>
#include <utility>

namespace cento {
namespace {

constexpr double kStrength = 8;
// What a bucket is shrunk to, with a strength of its own: a bucket that was hardly asked for says
// nothing. Without counts it is all there is, and ln(p / (1 - p)) = 0.
constexpr double kPrior = 0.5;
constexpr double kPriorStrength = 2;
constexpr uint32_t kMaxCount = 0xFFFF;
// A word that asks: of one question in a hundred, and in one answer of four.
constexpr uint32_t kAskingShare = 100;
constexpr uint32_t kAskingChance = 4;

TransferCount fit(TransferCount count) {
  if (count.asked <= kMaxCount) return count;
  const uint64_t found = uint64_t{count.found} * kMaxCount / count.asked;
  return {kMaxCount, static_cast<uint32_t>(found)};
}

// A column of 16-bit numbers as two planes of bytes, which zstd makes less of.
template <typename Value>
void put_columns(size_t count, const Value& value, ByteWriter& writer) {
  for (uint32_t shift = 0; shift < 16; shift += 8) {
    for (size_t i = 0; i < count; ++i) writer.put(static_cast<uint8_t>(value(i) >> shift));
  }
}

}  // namespace

WordTransfer::WordTransfer(uint32_t questions, const Buckets& buckets,
                           std::vector<TransferWord> words)
    : questions_(questions), buckets_(buckets), words_(std::move(words)) {
  for (TransferWord& word : words_) word.count = fit(word.count);
}

uint32_t WordTransfer::bucket_of(uint32_t sentences, uint32_t all) {
  uint32_t bucket = 0;
  const uint64_t many = std::max(sentences, 1u);
  while (bucket + 1 < kBuckets && (many << (bucket + 1)) <= all) ++bucket;
  return bucket;
}

const TransferWord* WordTransfer::find(std::string_view folded) const {
  const auto at = std::lower_bound(
      words_.begin(), words_.end(), folded,
      [](const TransferWord& word, std::string_view other) { return word.folded < other; });
  return at != words_.end() && at->folded == folded ? &*at : nullptr;
}

double WordTransfer::chance(std::string_view folded, uint32_t sentences, uint32_t all) const {
  const TransferCount& bucket = buckets_[bucket_of(sentences, all)];
  const double shared = (bucket.found + kPriorStrength * kPrior) / (bucket.asked + kPriorStrength);
  const TransferWord* word = find(folded);
  if (word == nullptr) return shared;
  return (word->count.found + kStrength * shared) / (word->count.asked + kStrength);
}

bool WordTransfer::is_question_word(std::string_view folded) const {
  const TransferWord* word = find(folded);
  return word != nullptr && uint64_t{word->count.asked} * kAskingShare >= questions_ &&
         word->count.found * kAskingChance < word->count.asked;
}

void WordTransfer::save(ByteWriter& writer) const {
  writer.put(questions_);
  for (const TransferCount& bucket : buckets_) {
    writer.put(bucket.asked);
    writer.put(bucket.found);
  }
  writer.put(static_cast<uint32_t>(words_.size()));
  put_columns(
      words_.size(), [&](size_t i) { return words_[i].count.asked; }, writer);
  put_columns(
      words_.size(), [&](size_t i) { return words_[i].count.found; }, writer);
  for (const TransferWord& word : words_) writer.put(static_cast<uint8_t>(word.folded.size()));
  for (const TransferWord& word : words_) writer.put_bytes(as_bytes(word.folded));
}

Status WordTransfer::load(ByteReader& reader) {
  const size_t begin = reader.offset();
  questions_ = reader.take<uint32_t>();
  for (TransferCount& bucket : buckets_) {
    bucket.asked = reader.take<uint32_t>();
    bucket.found = reader.take<uint32_t>();
    if (bucket.found > bucket.asked) {
      return Status::integrity("A word answers more often than it is asked for.", begin);
    }
  }
  const auto count = reader.take<uint32_t>();
  CENTO_RETURN_IF_ERROR(reader.status());
  if (questions_ == 0 || count > kMaxWords) {
    return Status::integrity("The table of question words has no questions or too many words.",
                             begin);
  }
  const size_t words_begin = reader.offset();
  const Bytes columns = reader.take_bytes(uint64_t{count} * 5);
  CENTO_RETURN_IF_ERROR(reader.status());
  words_.resize(count);
  for (size_t i = 0; i < count; ++i) {
    TransferWord& word = words_[i];
    word.count.asked = columns[i] | uint32_t{columns[count + i]} << 8;
    word.count.found = columns[2 * count + i] | uint32_t{columns[3 * count + i]} << 8;
    word.folded = as_text(reader.take_bytes(columns[4 * count + i]));
    if (word.count.found > word.count.asked || word.folded.empty() ||
        (i > 0 && word.folded <= words_[i - 1].folded)) {
      return Status::integrity(
          "The words of questions do not ascend, or answer more often than "
          "they are asked for.",
          words_begin);
    }
  }
  CENTO_RETURN_IF_ERROR(reader.status());
  if (reader.remaining() != 0) {
    return Status::integrity("The table of question words goes on after its end.", reader.offset());
  }
  return Status::ok();
}

uint64_t WordTransfer::memory_bytes() const {
  uint64_t bytes = words_.capacity() * sizeof(TransferWord);
  for (const TransferWord& word : words_) {
    if (word.folded.size() > 15) bytes += word.folded.capacity() + 1;
  }
  return bytes;
}

}  // namespace cento
