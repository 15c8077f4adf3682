#include "text/document_list.h"

#include <algorithm>
#include <iterator>

namespace cento {

DocId DocumentList::document_at(uint32_t position) const {
  const auto after = std::upper_bound(
      documents_.begin(), documents_.end(), position,
      [](uint32_t at, const DocumentInfo& document) { return at < document.first_token; });
  return after == documents_.begin() ? 0 : static_cast<DocId>(after - documents_.begin() - 1);
}

// std::vector::shrink_to_fit does nothing in libstdc++ without exceptions.
void DocumentList::shrink_to_fit() {
  std::vector<DocumentInfo>(std::make_move_iterator(documents_.begin()),
                            std::make_move_iterator(documents_.end()))
      .swap(documents_);
}

uint64_t DocumentList::memory_bytes() const {
  uint64_t bytes = documents_.capacity() * sizeof(DocumentInfo);
  for (const DocumentInfo& document : documents_) {
    bytes += document.id.capacity() + document.url.capacity() + document.title.capacity();
    bytes += document.headings.capacity() * sizeof(Heading);
    for (const Heading& heading : document.headings) bytes += heading.anchor.capacity();
  }
  return bytes;
}

}  // namespace cento
