// Which documents a text speaks of, by their titles: what a value has to belong to.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "levels/corpus.h"

namespace cento {

// The names of a pack's documents. A title is a name where the corpus writes it as one: with a
// capital letter (counted: its small-letter form is rare), or in a script without capitals. A
// view on the documents, which must outlive it. Memory: 4 bytes a document. Threads: const methods
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
  std::string_view name(DocId document) const;

  const DocumentList* documents_ = nullptr;
  std::vector<DocId> by_name_;  // then by document
  uint32_t longest_words_ = 0;
};

// The name part of a title: "csv" of "csv — CSV File Reading and Writing", "Congo" of "Congo
// (Kinshasa)".
std::string_view subject_name(std::string_view title);

}  // namespace cento
