#include <array>
#include <string>
#include <utility>

#include "base/sha256.h"
#include "cento/layer.h"
#include "pack/pack_format.h"
#include "pack/pack_reader.h"
#include "pack/section_writer.h"
#include "pack/token_codes.h"
#include "pack/vocabulary_section.h"
#include "text/tokenizer.h"

namespace cento {
namespace {

// What a layer takes over from its base.
struct Base {
  std::vector<uint8_t> data;  // decompressed tables
  std::vector<Section> sections;
  Vocabulary vocabulary;
  TokenCodes codes;
};

}  // namespace

struct LayerWriter::Impl {
  std::unique_ptr<Base> base;
  ShardDocuments documents;
  ByteWriter codes;
  std::vector<TokenId> tokens;  // of the document at hand
  uint32_t token_count = 1;     // the opening mark
  uint64_t text_bytes = 0;
  std::vector<uint8_t> tables;
  std::vector<uint8_t> shard;
};

LayerWriter::LayerWriter() : impl_(std::make_unique<Impl>()) {}
LayerWriter::~LayerWriter() = default;

Status LayerWriter::open_tables(std::span<const uint8_t> file) {
  constexpr std::array kKnown = {kPackSection, kShardsSection, kVocabularySection, kCodesSection};
  const Bytes before =
      impl_->base ? Bytes(impl_->base->data) : Bytes();  // tables add to base tables
  CENTO_ASSIGN_OR_RETURN(std::vector<uint8_t> data, decompress_pack_file(file, before));
  CENTO_ASSIGN_OR_RETURN(std::vector<Section> sections, read_directory(data, kTablesMagic, kKnown));
  ByteReader strings = open_section(data, sections, kVocabularySection);
  CENTO_ASSIGN_OR_RETURN(Vocabulary vocabulary, read_vocabulary(strings));
  ByteReader bytes = open_section(data, sections, kCodesSection);
  CENTO_ASSIGN_OR_RETURN(TokenCodes codes, read_token_codes(bytes, vocabulary.size()));
  impl_ = std::make_unique<Impl>();
  impl_->base = std::make_unique<Base>(
      Base{std::move(data), std::move(sections), std::move(vocabulary), std::move(codes)});
  return Status::ok();
}

Status LayerWriter::add(std::string_view id, std::string_view title, std::string_view url,
                        std::string_view text) {
  if (!impl_->base) return Status::invalid_argument("The tables of the base come first.");
  impl_->tokens.clear();
  Tokenizer(impl_->base->vocabulary).encode(text, impl_->tokens);
  impl_->tokens.push_back(kDocumentEnd);
  for (const TokenId token : impl_->tokens) impl_->base->codes.encode(token, impl_->codes);
  impl_->token_count += static_cast<uint32_t>(impl_->tokens.size());
  impl_->text_bytes += text.size();
  DocumentPart& part = impl_->documents.parts.emplace_back();
  part.id = id;
  part.title = title;
  part.url = url;
  return Status::ok();
}

Status LayerWriter::finish(const LayerHeader& header) {
  const std::vector<DocumentPart>& parts = impl_->documents.parts;
  if (parts.empty()) return Status::invalid_argument("A layer has at least one document.");
  PackFileWriter shard;
  shard.add(kDocumentsSection, write_shard_documents(impl_->documents, 0));
  shard.add(kTokensSection, impl_->codes.buffer());
  const std::vector<uint8_t> shard_data = shard.finish(kShardMagic);
  if (shard_data.size() > kMaxFileBytes || parts.size() > kMaxShardDocuments) {
    return Status(StatusCode::kResourceExhausted, "There is more text than a layer may hold.");
  }
  PackHeader pack;
  pack.name = header.name;
  pack.title = header.title;
  pack.licence = header.licence;
  pack.language = header.language;
  pack.document_count = static_cast<uint32_t>(parts.size());
  pack.shard_count = 1;
  pack.token_count = impl_->token_count;
  pack.text_bytes = impl_->text_bytes;
  const Sha256Digest digest = sha256(shard_data);
  PackFileWriter tables;
  tables.add(kPackSection, write_pack_header(pack));
  tables.add(kShardsSection, {digest.begin(), digest.end()});
  for (const Section& section : impl_->base->sections) {
    if (section.tag == kDroppedSection) continue;  // of the base's own shard 0
    if (section.tag == kPackSection || section.tag == kShardsSection) continue;
    const Bytes content = Bytes(impl_->base->data).subspan(section.offset, section.length);
    tables.add(section.tag, {content.begin(), content.end()});
  }
  impl_->tables = store_pack_file(tables.finish(kTablesMagic));
  impl_->shard = store_pack_file(shard_data);
  return Status::ok();
}

const std::vector<uint8_t>& LayerWriter::tables() const { return impl_->tables; }
const std::vector<uint8_t>& LayerWriter::shard() const { return impl_->shard; }

}  // namespace cento
