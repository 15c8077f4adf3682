// Reads the files of a pack (format: docs/format.md): the tables file first, then shards in order.
//
// A pack file is hostile until proved otherwise: every length, count, offset and id is checked
// before it is used, and memory is taken only after the sizes that ask for it were checked against
// the file.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/sha256.h"
#include "cento/status.h"
#include "levels/discourse_level.h"
#include "levels/shape_level.h"
#include "pack/token_codes.h"
#include "retrieval/aliases.h"
#include "retrieval/span_tables.h"
#include "retrieval/word_transfer.h"
#include "text/document_list.h"
#include "text/stemmer.h"
#include "text/vocabulary.h"

namespace cento {

inline constexpr uint32_t kPackFormatVersion = 2;  // the newest that is read
// What tables without base tables, and all shards, are written in.
inline constexpr uint32_t kFirstPackFormatVersion = 1;
inline constexpr uint64_t kMaxFileBytes = uint64_t{64} << 20;  // of one decompressed pack file
inline constexpr uint32_t kMaxStreamTokens = 1u << 30;         // of one pack
// Tokens are about four bytes on the average: what announces much more is made to exhaust memory.
inline constexpr uint64_t kMaxTokenBytes = 64;         // on the average
inline constexpr uint64_t kFreeTextBytes = 1u << 20;   // that small packs have beyond it
inline constexpr uint64_t kMaxStringBytes = 1u << 30;  // ids, URLs and titles of one pack
inline constexpr uint32_t kMaxSharesBytes = 1u << 16;  // of section `shar`

// What the tables file says of the pack as a whole.
struct PackHeader {
  std::string pack_id;  // 32 hexadecimal digits: begins the SHA-256 of the decompressed tables,
                        // which hold the digests of the shards
  std::string name;
  std::string title;
  std::string licence;   // SPDX expression or a short sentence; may be empty
  std::string language;  // BCP 47
  uint32_t document_count = 0;
  uint32_t shard_count = 0;
  uint32_t token_count = 0;  // of the whole stream, end marks included
  uint64_t text_bytes = 0;
};

// Accumulates a pack from its files. After `open_tables` and k shards it holds exactly what these
// say, so that an engine can start with the first ones. A call that fails leaves what was there
// before. Memory: vocabulary, documents and 2 bytes a token.
// Threads: none; one thread at a time.
class PackReader {
 public:
  PackReader();
  ~PackReader();
  PackReader(PackReader&&) noexcept;
  PackReader& operator=(PackReader&&) noexcept;

  // `file` is the compressed tables file. Starts anew where a pack was read before. Of a pack with
  // base tables these come first, and then its own, which are compressed with them as prefix.
  // Errors: kIntegrity, kVersionMismatch.
  Status open_tables(Bytes file);
  // The compressed shard number `shards_read()`. Errors: kIntegrity, kInvalidArgument (no tables
  // yet, or more shards than the tables announce).
  Status add_shard(Bytes file);

  const PackHeader& header() const { return header_; }
  const Vocabulary& vocabulary() const { return *vocabulary_; }  // REQUIRES: open_tables succeeded
  const DocumentList& documents() const { return documents_; }
  // The class of each token; empty where the pack has no classes.
  const std::vector<uint8_t>& classes() const { return classes_; }
  uint32_t class_count() const { return class_count_; }  // 1 + the largest class; 0 without any
  // The shapes that those classes form; empty where the pack has none.
  const Shapes& shapes() const { return shapes_; }
  // Which sentence follows which; says nothing where the pack has no such tables.
  const DiscourseTables& discourse() const { return discourse_; }
  // The mixture's shares, as the evidence room writes and checks them; empty where there are none.
  const std::vector<uint8_t>& shares_table() const { return shares_table_; }
  // Every word is its own stem where the pack has no rules.
  const Stemmer& stemmer() const { return stemmer_; }
  // How often words of questions stand in answers; without counts where the pack has none.
  // What people ask in other words; empty where the pack has none.
  const Aliases& aliases() const { return aliases_; }
  const WordTransfer& word_transfer() const { return word_transfer_; }
  // What answers look like in their sentences; without counts where the pack has none.
  const SpanTables& span_tables() const { return span_tables_; }
  // Parts of shard 0 that are passed over, by their number there, ascending: documents that
  // were edited or removed since it was written.
  const std::vector<uint32_t>& dropped() const { return dropped_; }
  uint32_t shards_read() const { return shards_read_; }
  // Whether the last document goes on in the next shard.
  bool is_inside_document() const { return inside_document_; }
  bool is_complete() const { return tables_read_ && shards_read_ == header_.shard_count; }

  // The stream so far (see DocumentList), always opened and closed by kDocumentEnd.
  const std::vector<TokenId>& stream() const { return stream_; }
  uint32_t stream_length() const { return static_cast<uint32_t>(stream_.size()); }
  // Gives back what only reading more files needs. No file can be read afterwards.
  void forget_how_to_read();
  uint64_t memory_bytes() const;

 private:
  struct ShardContent;
  // Decodes and checks a shard without changing anything.
  Status read_shard(Bytes file, ShardContent& content) const;
  Status measure_parts(size_t codes_begin, ShardContent& content) const;
  Status check_headings(const ShardContent& content, size_t headings_offset) const;
  Status check_ids(const ShardContent& content, size_t metadata_begin) const;
  Status check_totals(const ShardContent& content) const;
  // Takes what `dropped_` names out of shard 0.
  Status drop_documents(ShardContent& content) const;
  // Bytes of a part's document in earlier shards.
  uint64_t text_bytes_before(const ShardContent& content, size_t part) const;

  void append_stream(ShardContent& content);
  void append_documents(ShardContent& content);

  PackHeader header_;
  std::vector<Sha256Digest> shard_digests_;  // of the decompressed shards
  std::unique_ptr<Vocabulary> vocabulary_;   // its address outlives a move
  std::unique_ptr<TokenCodes> codes_;
  std::vector<uint8_t> classes_;
  uint32_t class_count_ = 0;
  Shapes shapes_;
  DiscourseTables discourse_;
  std::vector<uint8_t> shares_table_;
  Stemmer stemmer_;
  Aliases aliases_;
  WordTransfer word_transfer_;
  SpanTables span_tables_;
  std::vector<uint32_t> dropped_;
  DocumentList documents_;
  std::vector<DocId> documents_by_id_;  // sorted
  std::vector<TokenId> stream_;
  // The zstd prefix of what comes next: decompressed tables, then decompressed shard 0.
  std::vector<uint8_t> prefix_;
  uint64_t text_bytes_ = 0;
  uint32_t shards_read_ = 0;
  bool inside_document_ = false;  // the last document goes on in the next shard
  bool tables_read_ = false;
};

}  // namespace cento
