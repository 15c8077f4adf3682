// Section DOCS of a shard: what is known of the documents whose text it holds.
#pragma once

#include <vector>

#include "base/bytes.h"
#include "cento/status.h"
#include "text/document_list.h"

namespace cento {

// Bounds on what a shard may describe, so that a small hostile file cannot ask for much memory.
inline constexpr uint32_t kMaxShardDocuments = 1u << 20;  // that begin in it
inline constexpr uint32_t kMaxShardHeadings = 1u << 20;

// A shard holds a sequence of parts of documents. All but the first and the last are whole.
struct ShardDocuments {
  // The first part goes on with the last document of the shard before; its id, url and title are
  // empty here, and its headings are those that end in this part.
  bool continues = false;
  std::vector<DocumentPart> parts;  // first_token, token_count and text_bytes are left 0
  size_t headings_offset = 0;  // in the file, of the first heading: heading i is i bytes further
};

// `heading_floor` is where the last heading so far of a document that goes on ends; 0 if none.
// Headings are ascending, disjoint and below 4 GiB; whether they lie inside the text is not known
// here. Errors: kIntegrity.
Result<ShardDocuments> read_shard_documents(ByteReader& reader, uint32_t heading_floor);

}  // namespace cento
