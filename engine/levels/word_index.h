// Where each word stands: a positional list for every stem of a pack, over sentences and passages.
// Built on the device from the token stream; retrieval reads everything else out of it.
//
// Words are numbered through the stream (find_search_words, document after document), sentences as
// in Expression::sentence_starts, and passages are runs of whole sentences: a paragraph, or short
// neighbours of one section together, never across a document's end.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/progress.h"
#include "cento/status.h"
#include "index/bit_vector.h"
#include "index/packed_ints.h"
#include "index/sparse_bit_vector.h"
#include "text/document_list.h"
#include "text/stemmer.h"
#include "text/vocabulary.h"

namespace cento {

using TermId = uint32_t;
inline constexpr TermId kNoTerm = ~TermId{0};

// Passages [begin, end).
struct PassageRange {
  uint32_t begin;
  uint32_t end;
};

// Immutable. Threads: const methods at once.
class WordIndex {
 public:
  // `sentence_starts` and `paragraph_starts` as in Expression. Cost: linear in the text. Errors:
  // kAborted.
  static Result<WordIndex> build(std::span<const TokenId> stream, const Vocabulary& vocabulary,
                                 const DocumentList& documents, const Stemmer& stemmer,
                                 const SparseBitVector& sentence_starts,
                                 const RankBitVector& paragraph_starts,
                                 const Progress& progress = {});
  void save(ByteWriter& writer) const;
  // `sentences` and `documents` are what it must fit. Errors: kIntegrity.
  static Result<WordIndex> load(ByteReader& reader, uint32_t sentences, uint32_t documents);

  // ---- Terms: the stems, in byte order.
  uint32_t term_count() const;
  TermId find(std::string_view stem) const;  // kNoTerm where there is none
  std::string_view term(TermId term) const;
  // The terms within `edits` (insertions, deletions, replacements, swaps of neighbours), nearest
  // first, then most frequent first. Cost: a pass over the terms.
  std::vector<TermId> near(std::string_view stem, uint32_t edits, uint32_t limit) const;
  // Passages whose text, title or headings have it.
  uint32_t passage_frequency(TermId term) const;
  // Sentences that have it.
  uint32_t sentence_frequency(TermId term) const;
  // Terms of more than a quarter of the passages (of many) have no places: they tell nothing apart.
  bool has_places(TermId term) const;

  // ---- Places
  // Walks the numbers of the words that are the term, ascending.
  class Places {
   public:
    bool at_end() const { return left_ == 0; }
    uint32_t word() const { return word_; }  // REQUIRES: not at_end()
    void next();

   private:
    friend class WordIndex;
    const uint8_t* bytes_ = nullptr;
    uint32_t left_ = 0;
    uint32_t word_ = 0;
  };
  Places places(TermId term) const;
  // Passages under a title or heading with the term, ascending and disjoint.
  void labelled(TermId term, std::vector<PassageRange>& out) const;

  // ---- Structure
  uint32_t word_count() const;
  uint32_t sentence_count() const;
  uint32_t passage_count() const;
  uint32_t sentence_of_word(uint32_t word) const;
  uint32_t first_word(uint32_t sentence) const;  // word_count() for sentence_count()
  uint32_t passage_of_sentence(uint32_t sentence) const;
  uint32_t first_sentence(uint32_t passage) const;  // sentence_count() for passage_count()
  // Words of the title and the headings over a passage, for its length.
  uint64_t memory_bytes() const;
};

}  // namespace cento
