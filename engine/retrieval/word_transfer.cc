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
                           const std::vector<TransferWord>& words)
    : questions_(questions), buckets_(buckets) {
  words_.reserve(words.size());
  for (const TransferWord& word : words) {
    const TransferCount count = fit(word.count);
    words_.push_back({static_cast<uint32_t>(letters_.size()), static_cast<uint16_t>(count.asked),
                      static_cast<uint16_t>(count.found),
                      static_cast<uint8_t>(word.folded.size())});
    letters_ += word.folded;
  }
}

uint32_t WordTransfer::bucket_of(uint32_t sentences, uint32_t all) {
  uint32_t bucket = 0;
  const uint64_t many = std::max(sentences, 1u);
  while (bucket + 1 < kBuckets && (many << (bucket + 1)) <= all) ++bucket;
  return bucket;
}

const WordTransfer::Word* WordTransfer::find(std::string_view folded) const {
  const auto at = std::lower_bound(
      words_.begin(), words_.end(), folded,
      [this](const Word& word, std::string_view other) { return this->folded(word) < other; });
  return at != words_.end() && this->folded(*at) == folded ? &*at : nullptr;
}

double WordTransfer::chance(std::string_view folded, uint32_t sentences, uint32_t all) const {
  const TransferCount& bucket = buckets_[bucket_of(sentences, all)];
  const double shared = (bucket.found + kPriorStrength * kPrior) / (bucket.asked + kPriorStrength);
  const Word* word = find(folded);
  if (word == nullptr) return shared;
  return (word->found + kStrength * shared) / (word->asked + kStrength);
}

bool WordTransfer::is_question_word(std::string_view folded) const {
  const Word* word = find(folded);
  return word != nullptr && uint64_t{word->asked} * kAskingShare >= questions_ &&
         word->found * kAskingChance < word->asked;
}

void WordTransfer::save(ByteWriter& writer) const {
  writer.put(questions_);
  for (const TransferCount& bucket : buckets_) {
    writer.put(bucket.asked);
    writer.put(bucket.found);
  }
  writer.put(static_cast<uint32_t>(words_.size()));
  put_columns(
      words_.size(), [&](size_t i) { return words_[i].asked; }, writer);
  put_columns(
      words_.size(), [&](size_t i) { return words_[i].found; }, writer);
  for (const Word& word : words_) writer.put(word.length);
  writer.put_bytes(as_bytes(letters_));
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
    Word& word = words_[i];
    word.begin = static_cast<uint32_t>(letters_.size());
    word.asked = static_cast<uint16_t>(columns[i] | columns[count + i] << 8);
    word.found = static_cast<uint16_t>(columns[2 * count + i] | columns[3 * count + i] << 8);
    word.length = columns[4 * count + i];
    letters_ += as_text(reader.take_bytes(word.length));
    if (word.found > word.asked || word.length == 0 ||
        (i > 0 && folded(word) <= folded(words_[i - 1]))) {
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

std::vector<TransferWord> WordTransfer::words() const {
  std::vector<TransferWord> words;
  words.reserve(words_.size());
  for (const Word& word : words_) {
    words.push_back({std::string(folded(word)), {word.asked, word.found}});
  }
  return words;
}

uint64_t WordTransfer::memory_bytes() const {
  return words_.capacity() * sizeof(Word) + letters_.capacity();
}

}  // namespace cento
