// The documents of a pack: what is known of each, and which tokens of the stream are whose.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/document.h"

namespace cento {

using DocId = uint32_t;

struct DocumentInfo {
  std::string id;
  std::string url;
  std::string title;
  std::vector<Heading> headings;
  uint32_t first_token = 0;  // position of its first token in the stream
  uint32_t token_count = 0;  // without the kDocumentEnd that closes it
  uint32_t text_bytes = 0;
};

// Documents in stream order. The stream is: kDocumentEnd, tokens of document 0, kDocumentEnd,
// tokens of document 1, kDocumentEnd, …: it opens and closes with kDocumentEnd, so that the
// beginning of a document is a context too, and document d begins at first_token(d) = end of d-1
// plus one.
class DocumentList {
 public:
  // REQUIRES: info.first_token is one past the end mark of the document before (1 for the first).
  void append(DocumentInfo info) { documents_.push_back(std::move(info)); }
  // Gives back the room that was kept for more.
  void shrink_to_fit();
  // Replaces the last document's length, for one that goes on in the next shard.
  DocumentInfo& last() { return documents_.back(); }

  uint32_t size() const { return static_cast<uint32_t>(documents_.size()); }
  const DocumentInfo& operator[](DocId document) const { return documents_[document]; }
  // The document that the token at `position` belongs to (an end mark belongs to the document that
  // it closes, the opening one to document 0). REQUIRES: size() > 0. Cost: logarithmic.
  DocId document_at(uint32_t position) const;
  uint64_t memory_bytes() const;

 private:
  std::vector<DocumentInfo> documents_;
};

}  // namespace cento
