// How often a word of a question turns up in the sentence that answers it, counted from pairs of
// questions and answers: "what" hardly ever, a name nearly always.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "cento/status.h"

namespace cento {

// How often something was asked for, and how often the sentence that answers had it.
struct TransferCount {
  uint32_t asked = 0;
  uint32_t found = 0;  // at most `asked`
  bool operator==(const TransferCount&) const = default;
};

struct TransferWord {
  std::string folded;
  TransferCount count;
  bool operator==(const TransferWord&) const = default;
};

// Immutable. The default one has no counts: every word gets the same chance, so that its weight is
// its rarity alone. Threads: const methods at once.
class WordTransfer {
 public:
  // Words by how rare they are: bucket b has those of about one in 2^b sentences; the last one is
  // of all rarer ones.
  static constexpr uint32_t kBuckets = 16;
  using Buckets = std::array<TransferCount, kBuckets>;
  static constexpr uint32_t kMaxWords = 1u << 16;

  WordTransfer() = default;
  // `words` are in byte order, none twice, of 1 to 255 bytes. Counts of more than 65,535 are kept
  // in proportion. REQUIRES: words.size() ≤ kMaxWords.
  WordTransfer(uint32_t questions, const Buckets& buckets, const std::vector<TransferWord>& words);
  // Reads the whole rest. Errors: kIntegrity with the byte offset.
  Status load(ByteReader& reader);
  void save(ByteWriter& writer) const;

  static uint32_t bucket_of(uint32_t sentences, uint32_t all);

  // `folded` is a word of a question that `sentences` of `all` sentences have. The count of the
  // word itself, shrunk to that of its bucket of frequency (strength 8); above 0 and below 1.
  double chance(std::string_view folded, uint32_t sentences, uint32_t all) const;
  // Whether the word asks ("who", "how"): frequent in questions, rare in answers.
  bool is_question_word(std::string_view folded) const;
  bool is_counted() const { return questions_ > 0; }  // whether there is a table
  uint64_t memory_bytes() const;

  uint32_t questions() const { return questions_; }
  const Buckets& buckets() const { return buckets_; }
  std::vector<TransferWord> words() const;  // a copy, in byte order

 private:
  struct Word {
    uint32_t begin;  // in letters_
    uint16_t asked;
    uint16_t found;
    uint8_t length;
  };

  std::string_view folded(const Word& word) const {
    return std::string_view(letters_).substr(word.begin, word.length);
  }
  const Word* find(std::string_view folded) const;

  uint32_t questions_ = 0;
  Buckets buckets_{};
  std::vector<Word> words_;
  std::string letters_;  // of all words
};

}  // namespace cento
