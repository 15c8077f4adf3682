#include "build/base_pack.h"

#include <array>

#include "pack/pack_format.h"
#include "pack/zstd_frame.h"
#include "text/tokenizer.h"

namespace cento {
namespace {

std::vector<Section> sections_of(Bytes tables) {
  constexpr std::array kKnown = {kPackSection, kShardsSection, kVocabularySection, kCodesSection};
  return read_directory(tables, kTablesMagic, kKnown).value();  // a PackReader has read them
}

}  // namespace

Result<BasePack> BasePack::open(std::span<const Bytes> tables_files,
                                std::span<const Bytes> shards) {
  BasePack base;
  for (const Bytes file : tables_files) {
    CENTO_RETURN_IF_ERROR(base.reader.open_tables(file));
    CENTO_ASSIGN_OR_RETURN(base.tables, decompress_pack_file(file, base.root_tables));
    if (base.root_tables.empty()) {
      base.root_tables = base.tables;
      base.root_file.assign(file.begin(), file.end());
    } else {
      base.tables_file.assign(file.begin(), file.end());
    }
  }
  ByteReader section = open_section(base.tables, sections_of(base.tables), kShardsSection);
  const auto digests = section.take_array<Sha256Digest>(base.reader.header().shard_count);
  for (const Bytes file : shards) {
    BaseShard shard;
    shard.file.assign(file.begin(), file.end());
    shard.continues = base.reader.is_inside_document();
    shard.first_document = base.reader.documents().size();
    const uint32_t before = base.reader.stream_length();
    CENTO_RETURN_IF_ERROR(base.reader.add_shard(file));
    // A document that goes on is closed for the time being by a mark that is not in the shard.
    shard.token_count = base.reader.stream_length() - before + (shard.continues ? 1 : 0) -
                        (base.reader.is_inside_document() ? 1 : 0);
    shard.document_count = base.reader.documents().size() - shard.first_document;
    CENTO_ASSIGN_OR_RETURN(const ZstdFrame frame, read_zstd_frame(file));
    shard.raw_bytes = frame.content_size;
    shard.digest = digests[base.shards.size()];
    base.shards.push_back(std::move(shard));
  }
  if (!base.reader.is_complete()) {
    return Status::invalid_argument("The base pack lacks some of its shards.");
  }
  CENTO_ASSIGN_OR_RETURN(base.start, decompress_pack_file(base.shards[0].file, {}));
  return base;
}

TokenCodes BasePack::codes() const {
  ByteReader section = open_section(tables, sections_of(tables), kCodesSection);
  return read_token_codes(section, reader.vocabulary().size()).value();
}

std::span<const TokenId> BasePack::tokens(DocId document) const {
  const DocumentInfo info = reader.documents()[document];
  return std::span(reader.stream()).subspan(info.first_token, info.token_count);
}

std::string BasePack::text(DocId document) const {
  std::string text;
  Tokenizer(reader.vocabulary()).decode(tokens(document), text);
  return text;
}

}  // namespace cento
