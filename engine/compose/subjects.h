// Which documents a text speaks of, by their titles: what a value has to belong to.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "levels/corpus.h"

namespace cento {

// The names of a pack's documents. A title is a name where the corpus writes it as one: with a
// capital letter (counted: its small-letter form is rare), or in a script without capitals. A
// view on the documents, which must outlive it. Memory: 12 bytes a document. Threads: const methods
// at once.
class SubjectIndex {
 public:
  SubjectIndex() = default;
  // Cost: two look-ups in the index for each document.
  explicit SubjectIndex(const Corpus& corpus);

  // The documents that `text` names, ascending; the longest names win ("South Sudan" is not
  // "Sudan").
  std::vector<DocId> find(std::string_view text) const;
  uint64_t memory_bytes() const;

 private:
  // Where the name stands in a document's title.
  struct Name {
    DocId document;
    uint16_t begin;
    uint16_t size;
  };
  std::string_view text_of(const Name& name) const;

  const DocumentList* documents_ = nullptr;
  std::vector<Name> by_name_;  // by their texts, then by document
  uint32_t longest_words_ = 0;
};

// The name part of a title: "csv" of "csv — CSV File Reading and Writing", "Congo" of "Congo
// (Kinshasa)".
std::string_view subject_name(std::string_view title);

}  // namespace cento
