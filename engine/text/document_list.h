// The documents of a pack: what is known of each, and which tokens of the stream are whose.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "cento/status.h"
#include "text/document.h"

namespace cento {

using DocId = uint32_t;

// A document for a list, or a part of it, with its own strings.
struct DocumentPart {
  std::string id;
  std::string url;
  std::string title;
  std::vector<Heading> headings;
  uint32_t first_token = 0;  // position of its first token in the stream
  uint32_t token_count = 0;  // without the kDocumentEnd that closes it
  uint32_t text_bytes = 0;
};

// A document of a list, which owns what it refers to and must not change meanwhile.
struct DocumentInfo {
  std::string_view id;
  std::string_view url;
  std::string_view title;
  std::span<const Heading> headings;
  uint32_t first_token = 0;
  uint32_t token_count = 0;
  uint32_t text_bytes = 0;
};

// Documents in stream order. The stream is: kDocumentEnd, tokens of document 0, kDocumentEnd,
// tokens of document 1, kDocumentEnd, …: it opens and closes with kDocumentEnd, so that the
// beginning of a document is a context too, and document d begins at first_token(d) = end of d-1
// plus one. Memory: 44 bytes a document, its headings, and its strings, where an id inside of the
// URL and a title like that of the document before are kept once.
class DocumentList {
 public:
  // REQUIRES: part.first_token is one past the end mark of the document before (1 for the first);
  // all strings together are shorter than 4 GiB.
  void append(DocumentPart part);
  // Makes the last document longer by its part in the next shard. REQUIRES: size() > 0.
  void extend_last(DocumentPart part);
  // Gives back the room that was kept for more.
  void shrink_to_fit();

  uint32_t size() const { return static_cast<uint32_t>(documents_.size()); }
  DocumentInfo operator[](DocId document) const;
  // The document that the token at `position` belongs to (an end mark belongs to the document that
  // it closes, the opening one to document 0). REQUIRES: size() > 0. Cost: logarithmic.
  DocId document_at(uint32_t position) const;

  // `load` fills a list that is empty. Errors: kIntegrity where the bytes end early, or documents
  // do not make a stream of `stream_length` tokens or have what is not there.
  void save(ByteWriter& writer) const;
  Status load(ByteReader& reader, uint32_t stream_length);
  uint64_t memory_bytes() const;
  uint64_t string_bytes() const { return strings_.size(); }  // of ids, URLs and titles

 private:
  struct Text {
    uint32_t begin = 0;  // in strings_
    uint32_t size = 0;
  };
  struct Entry {
    Text id;
    Text url;
    Text title;
    uint32_t headings_end;  // in headings_; they begin where those of the document before end
    uint32_t first_token;
    uint32_t token_count;
    uint32_t text_bytes;
  };

  std::string_view view(Text text) const {
    return std::string_view(strings_).substr(text.begin, text.size);
  }
  // Adds a string that does not stand behind `from` already.
  Text keep(std::string_view text, size_t from);
  void add_headings(std::vector<Heading> headings);
  // Whether the documents follow each other through it, with nothing that is not there.
  bool makes_stream(uint32_t length) const;

  std::vector<Entry> documents_;
  std::vector<Heading> headings_;  // of all documents
  std::string strings_;
};

}  // namespace cento
