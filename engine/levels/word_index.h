// Where each word stands: a positional list for every stem of a pack, over sentences and passages.
// Built on the device from the token stream; retrieval reads everything else out of it.
//
// Words are numbered through the stream (find_search_words, document after document); a sentence
// without words takes one number that no word has. Sentences are numbered as in
// Expression::sentence_starts. Passages are runs of whole sentences: a paragraph, or short
// neighbours of one section together, never across a document's end (levels/passages.h).
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/progress.h"
#include "cento/status.h"
#include "index/bit_stream.h"
#include "index/packed_ints.h"
#include "index/sparse_bit_vector.h"
#include "levels/sentence_starts.h"
#include "levels/term_list.h"
#include "text/document_list.h"
#include "text/stemmer.h"
#include "text/vocabulary.h"

namespace cento {

using TermId = uint32_t;
inline constexpr TermId kNoTerm = ~TermId{0};

// Passages [begin, end).
struct PassageRange {
  uint32_t begin = 0;
  uint32_t end = 0;
  bool operator==(const PassageRange&) const = default;
};

// Immutable. Threads: const methods at once.
//
// Memory: about 4.5 bytes a term, 3 a term for its record, 10 to 14 bits a word of those that have
// places, 5 bytes a passage. All that is known of a term stands in one record of a stream of bits
// (docs/algorithms.md).
class WordIndex {
 public:
  // `starts` are those of all documents. Cost: linear in the text, and a pass over its words for
  // every two million of them; 4 bytes a word beside the result. Errors: kAborted,
  // kResourceExhausted.
  static Result<WordIndex> build(std::span<const TokenId> stream, const Vocabulary& vocabulary,
                                 const DocumentList& documents, const Stemmer& stemmer,
                                 const SentenceStarts& starts, const Progress& progress = {});
  void save(ByteWriter& writer) const;
  // `sentences` is what it must fit. The records are not read: what look-ups find in a damaged one
  // is wrong, but in bounds. Errors: kIntegrity.
  Status load(ByteReader& reader, uint32_t sentences);

  // ---- Terms: the stems, in byte order.
  uint32_t term_count() const { return terms_.size(); }
  // kNoTerm where there is none. Cost: logarithmic.
  TermId find(std::string_view stem) const;
  std::string term(TermId term) const { return terms_.text(term); }  // REQUIRES: it is there
  // The terms within `edits` (insertions, deletions, replacements, swaps of neighbours; of
  // characters, with no part edited twice), nearest first, then most frequent first, then in their
  // order. Cost: a pass over the terms.
  std::vector<TermId> near(std::string_view stem, uint32_t edits, uint32_t limit) const;
  // Passages whose text, title or headings have it.
  uint32_t passage_frequency(TermId term) const { return read_head(term).passages; }
  // Sentences that have it.
  uint32_t sentence_frequency(TermId term) const { return read_head(term).sentences; }
  // Terms of more than half of the passages (of 64 or more) have no places: they tell nothing
  // apart.
  bool has_places(TermId term) const { return keeps_places(read_head(term).passages); }
  // Those of more than a quarter do not tell either which passage answers a question.
  bool is_general(TermId term) const {
    return passage_count() >= kFewPassages && read_head(term).passages > passage_count() / 4;
  }

  // ---- Places
  // Walks the numbers of the words that are the term, ascending.
  class Places {
   public:
    bool at_end() const { return left_ == 0; }
    uint32_t size() const { return left_; }  // places from here on
    uint32_t word() const { return word_; }  // REQUIRES: not at_end()
    void next() {
      if (--left_ > 0) go_to(uint64_t{word_} + bits_.golomb(gap_width_) + 1);
    }

   private:
    friend class WordIndex;
    // Ends where the record is damaged, and so stays in bounds.
    void go_to(uint64_t word) {
      if (word >= words_ || bits_.at() > end_) left_ = 0;
      word_ = static_cast<uint32_t>(word);
    }

    BitReader bits_;
    uint64_t end_ = 0;    // of the record's bits
    uint32_t words_ = 0;  // all there are
    uint32_t left_ = 0;
    uint32_t word_ = 0;
    uint32_t gap_width_ = 0;
  };
  // None where the term has no places.
  Places places(TermId term) const;
  // Appends the passages under a title or heading with the term, ascending and disjoint.
  void labelled(TermId term, std::vector<PassageRange>& out) const;

  // ---- Structure
  uint32_t word_count() const { return sentences_.size(); }
  uint32_t sentence_count() const { return sentences_.ones(); }
  uint32_t passage_count() const { return passages_.ones(); }
  // All of these: some steps. REQUIRES: the number is below its count.
  uint32_t sentence_of_word(uint32_t word) const { return sentences_.rank1(word + 1) - 1; }
  // word_count() for sentence_count().
  uint32_t first_word(uint32_t sentence) const {
    return sentence < sentence_count() ? sentences_.select1(sentence) : word_count();
  }
  uint32_t passage_of_sentence(uint32_t sentence) const {
    return passages_.rank1(sentence + 1) - 1;
  }
  // sentence_count() for passage_count().
  uint32_t first_sentence(uint32_t passage) const {
    return passage < passage_count() ? passages_.select1(passage) : sentence_count();
  }
  // The first word of each passage, and word_count().
  const std::vector<uint32_t>& passage_words() const { return passage_words_; }
  // Through the first words of sentences.
  SparseBitVector::Walk walk_sentences() const { return SparseBitVector::Walk(sentences_); }
  // Words of the title and the headings over a passage, for its length.
  uint32_t label_words(uint32_t passage) const { return label_words_.get(passage); }
  uint64_t memory_bytes() const;

 private:
  friend class WordIndexBuilder;
  static constexpr uint32_t kMaxRecordBits = 1u << 31;  // as SparseBitVector requires it
  static constexpr uint32_t kNarrowingBits = 3;
  static constexpr uint32_t kMostNarrowing = (1u << kNarrowingBits) - 1;
  static constexpr uint32_t kFewPassages = 64;
  static constexpr uint32_t kGeneralShare = 2;  // a term of more than 1/2 of the passages

  // How the record of a term begins.
  struct Head {
    BitReader bits;  // behind the head
    uint32_t words = 0;
    uint32_t sentences = 0;
    uint32_t passages = 0;
    uint32_t ranges = 0;  // of passages that have it in their labels
  };

  bool keeps_places(uint32_t passages) const {
    return passage_count() < kFewPassages || passages <= passage_count() / kGeneralShare;
  }
  // What it says fits the index: that of a damaged record is made to.
  Head read_head(TermId term) const;
  // From one range of the labels to the next, the first from {}. False where there is none.
  bool next_range(Head& head, PassageRange& range) const;
  // Writes what read_head and the others read.
  void write_record(const Head& head, std::span<const PassageRange> ranges,
                    std::span<const uint32_t> places, BitWriter& records) const;
  void find_passage_words();
  // By how much the code of the gaps is narrower than their mean, for the fewest bits.
  uint32_t choose_narrowing(std::span<const uint32_t> places) const;
  // Bits of the number of a word, and the greatest width of the code of the gaps between `words`.
  uint32_t word_width() const { return PackedInts::width_for(word_count()); }
  uint32_t mean_gap_width(uint32_t words) const {
    return PackedInts::width_for(word_count() / std::max(words, 1u));
  }

  TermList terms_;
  // A stream of bits (index/bit_stream.h).
  std::vector<uint64_t> records_ = std::vector<uint64_t>(BitWriter::kSpareWords);
  SparseBitVector record_starts_;  // one bit a bit of it: a record begins
  SparseBitVector sentences_;      // one bit a word: it is the first of a sentence
  SparseBitVector passages_;       // one bit a sentence: it is the first of a passage
  PackedInts label_words_;         // of each passage
  std::vector<uint32_t> passage_words_ = {0};
};

}  // namespace cento
