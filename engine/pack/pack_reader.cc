#include "pack/pack_reader.h"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <limits>
#include <span>
#include <utility>

#include "base/give_back.h"
#include "base/sort.h"
#include "pack/document_section.h"
#include "pack/pack_format.h"
#include "pack/vocabulary_section.h"

namespace cento {
namespace {

// Tokens that room is made for before they come: growing a large stream leaves holes in memory.
constexpr uint32_t kMostReserved = uint32_t{1} << 24;

constexpr size_t kPackIdDigits = 32;

std::string take_string(ByteReader& reader) {
  const auto length = reader.take<uint32_t>();
  return std::string(as_text(reader.take_bytes(length)));
}

Status read_pack_header(ByteReader& reader, PackHeader& header) {
  const size_t begin = reader.offset();
  header.document_count = reader.take<uint32_t>();
  header.token_count = reader.take<uint32_t>();
  header.shard_count = reader.take<uint32_t>();
  header.text_bytes = reader.take<uint64_t>();
  header.name = take_string(reader);
  header.title = take_string(reader);
  header.licence = take_string(reader);
  header.language = take_string(reader);
  CENTO_RETURN_IF_ERROR(finish_section(reader));
  if (header.document_count == 0 || header.shard_count == 0 ||
      header.token_count > kMaxStreamTokens || header.token_count <= header.document_count ||
      header.text_bytes > kMaxTokenBytes * header.token_count + kFreeTextBytes) {
    return Status::integrity("The counts of the pack contradict each other or its limits.", begin);
  }
  return Status::ok();
}

Status read_shard_digests(ByteReader& reader, uint32_t shard_count,
                          std::vector<Sha256Digest>& digests) {
  if (reader.remaining() != uint64_t{shard_count} * sizeof(Sha256Digest)) {
    return Status::integrity("There is not one digest for each shard.", reader.offset());
  }
  digests = reader.take_array<Sha256Digest>(shard_count);
  return Status::ok();
}

// Section shap: the merges that make shapes of classes.
Result<Shapes> read_shapes(ByteReader& reader, uint32_t class_count) {
  const uint64_t at = reader.offset();
  const size_t count = reader.remaining() / 4;
  const Bytes planes = reader.take_bytes(4 * count);
  CENTO_RETURN_IF_ERROR(finish_section(reader));
  std::vector<ShapeMerge> merges(count);
  for (size_t i = 0; i < count; ++i) {
    merges[i].left = static_cast<ShapeId>(planes[i] | planes[count + i] << 8);
    merges[i].right = static_cast<ShapeId>(planes[2 * count + i] | planes[3 * count + i] << 8);
  }
  Result<Shapes> shapes = Shapes::create(class_count, std::move(merges));
  if (!shapes.is_ok()) return Status::integrity(shapes.status().message(), at);
  return shapes;
}

}  // namespace

// What a shard adds.
struct PackReader::ShardContent {
  std::vector<uint8_t> data;  // decompressed
  bool continues = false;
  bool ends_inside_document = false;
  std::vector<DocumentPart> parts;  // with token_count and text_bytes of the part
  std::vector<TokenId> tokens;
  uint64_t text_bytes = 0;
};

PackReader::PackReader() = default;
PackReader::~PackReader() = default;
PackReader::PackReader(PackReader&&) noexcept = default;
PackReader& PackReader::operator=(PackReader&&) noexcept = default;

Status PackReader::open_tables(Bytes file) {
  constexpr std::array kKnown = {kPackSection, kShardsSection, kVocabularySection, kCodesSection};
  // Tables that need no prefix do not look at it.
  const Bytes base = shards_read_ == 0 ? Bytes(prefix_) : Bytes();
  CENTO_ASSIGN_OR_RETURN(std::vector<uint8_t> data, decompress_pack_file(file, base));
  CENTO_ASSIGN_OR_RETURN(const std::vector<Section> sections,
                         read_directory(data, kTablesMagic, kKnown));
  PackReader opened;
  ByteReader pack = open_section(data, sections, kPackSection);
  CENTO_RETURN_IF_ERROR(read_pack_header(pack, opened.header_));
  opened.header_.pack_id = to_hex(sha256(data)).substr(0, kPackIdDigits);
  ByteReader shards = open_section(data, sections, kShardsSection);
  CENTO_RETURN_IF_ERROR(
      read_shard_digests(shards, opened.header_.shard_count, opened.shard_digests_));
  ByteReader strings = open_section(data, sections, kVocabularySection);
  CENTO_ASSIGN_OR_RETURN(Vocabulary vocabulary, read_vocabulary(strings));
  ByteReader codes = open_section(data, sections, kCodesSection);
  CENTO_ASSIGN_OR_RETURN(TokenCodes token_codes, read_token_codes(codes, vocabulary.size()));

  if (has_section(sections, kClassesSection)) {
    ByteReader classes = open_section(data, sections, kClassesSection);
    opened.classes_ = classes.take_array<uint8_t>(vocabulary.size());
    CENTO_RETURN_IF_ERROR(finish_section(classes));
    opened.class_count_ = *std::max_element(opened.classes_.begin(), opened.classes_.end()) + 1u;
  }
  if (has_section(sections, kShapesSection)) {
    ByteReader shapes = open_section(data, sections, kShapesSection);
    CENTO_ASSIGN_OR_RETURN(opened.shapes_, read_shapes(shapes, opened.class_count_));
  }
  if (has_section(sections, kDiscourseSection)) {
    ByteReader discourse = open_section(data, sections, kDiscourseSection);
    CENTO_RETURN_IF_ERROR(opened.discourse_.load(discourse));
  }
  if (has_section(sections, kSharesSection)) {
    ByteReader shares = open_section(data, sections, kSharesSection);
    if (shares.remaining() > kMaxSharesBytes) {
      return Status::integrity("The table of shares is larger than 64 KiB.", shares.offset());
    }
    opened.shares_table_ = shares.take_array<uint8_t>(shares.remaining());
  }
  if (has_section(sections, kStemmerSection)) {
    ByteReader stemmer = open_section(data, sections, kStemmerSection);
    CENTO_RETURN_IF_ERROR(opened.stemmer_.load(stemmer));
  }
  if (has_section(sections, kAliasesSection)) {
    ByteReader aliases = open_section(data, sections, kAliasesSection);
    CENTO_RETURN_IF_ERROR(opened.aliases_.load(aliases));
  }
  if (has_section(sections, kQuestionWordsSection)) {
    ByteReader words = open_section(data, sections, kQuestionWordsSection);
    CENTO_RETURN_IF_ERROR(opened.word_transfer_.load(words));
  }
  if (has_section(sections, kQuestionSpansSection)) {
    ByteReader spans = open_section(data, sections, kQuestionSpansSection);
    CENTO_RETURN_IF_ERROR(opened.span_tables_.load(spans));
    CENTO_RETURN_IF_ERROR(finish_section(spans));
  }

  if (has_section(sections, kDroppedSection)) {
    ByteReader dropped = open_section(data, sections, kDroppedSection);
    opened.dropped_ = dropped.take_array<uint32_t>(dropped.remaining() / sizeof(uint32_t));
    CENTO_RETURN_IF_ERROR(finish_section(dropped));
  }

  opened.prefix_ = std::move(data);
  opened.vocabulary_ = std::make_unique<Vocabulary>(std::move(vocabulary));
  opened.codes_ = std::make_unique<TokenCodes>(std::move(token_codes));
  opened.tables_read_ = true;
  *this = std::move(opened);
  return Status::ok();
}

Status PackReader::read_shard(Bytes file, ShardContent& content) const {
  constexpr std::array kKnown = {kDocumentsSection, kTokensSection};
  CENTO_ASSIGN_OR_RETURN(content.data,
                         decompress_pack_file(file, shards_read_ == 0 ? Bytes() : Bytes(prefix_)));
  const Bytes data = content.data;
  if (const Sha256Digest digest = sha256(data); digest != shard_digests_[shards_read_]) {
    const auto other = std::find(shard_digests_.begin(), shard_digests_.end(), digest);
    const std::string expected = "shard " + std::to_string(shards_read_) + " of this pack";
    return Status::integrity(
        other == shard_digests_.end()
            ? "The file is not " + expected + ": its SHA-256 differs from that in the tables."
            : "The file is shard " + std::to_string(other - shard_digests_.begin()) + ", not " +
                  expected + ".",
        0);
  }
  CENTO_ASSIGN_OR_RETURN(const std::vector<Section> sections,
                         read_directory(data, kShardMagic, kKnown));
  ByteReader metadata = open_section(data, sections, kDocumentsSection);
  const size_t metadata_begin = metadata.offset();
  const bool has_heading = inside_document_ && !documents_[documents_.size() - 1].headings.empty();
  const uint32_t heading_floor =
      has_heading ? documents_[documents_.size() - 1].headings.back().end : 0;
  CENTO_ASSIGN_OR_RETURN(ShardDocuments documents, read_shard_documents(metadata, heading_floor));
  if (documents.continues != inside_document_ || documents.parts.empty()) {
    return Status::integrity("The shard does not go on where the one before it ended.",
                             metadata_begin);
  }
  ByteReader codes = open_section(data, sections, kTokensSection);
  const size_t codes_begin = codes.offset();
  CENTO_RETURN_IF_ERROR(codes_->decode(codes, content.tokens));

  content.continues = documents.continues;
  content.parts = std::move(documents.parts);
  CENTO_RETURN_IF_ERROR(measure_parts(codes_begin, content));
  CENTO_RETURN_IF_ERROR(check_headings(content, documents.headings_offset));
  if (shards_read_ == 0) CENTO_RETURN_IF_ERROR(drop_documents(content));
  CENTO_RETURN_IF_ERROR(check_ids(content, metadata_begin));
  return check_totals(content);
}

uint64_t PackReader::text_bytes_before(const ShardContent& content, size_t part) const {
  return part == 0 && content.continues ? documents_[documents_.size() - 1].text_bytes : 0;
}

// Document ends cut the tokens into the parts.
Status PackReader::measure_parts(size_t codes_begin, ShardContent& content) const {
  auto token = content.tokens.begin();
  for (size_t p = 0; p < content.parts.size(); ++p) {
    if (token == content.tokens.end()) {
      return Status::integrity("A document has neither text nor an end.", codes_begin);
    }
    uint64_t bytes = 0;
    const auto begin = token;
    for (; token != content.tokens.end() && *token != kDocumentEnd; ++token) {
      bytes += vocabulary_->text(*token).size();
    }
    if (bytes + text_bytes_before(content, p) > std::numeric_limits<uint32_t>::max()) {
      return Status::integrity("A document is longer than 4 GiB.", codes_begin);
    }
    content.parts[p].token_count = static_cast<uint32_t>(token - begin);
    content.parts[p].text_bytes = static_cast<uint32_t>(bytes);
    content.text_bytes += bytes;
    content.ends_inside_document = token == content.tokens.end();
    if (!content.ends_inside_document) ++token;
  }
  if (token != content.tokens.end()) {
    return Status::integrity("There are tokens behind the last document.", codes_begin);
  }
  return Status::ok();
}

Status PackReader::check_headings(const ShardContent& content, size_t headings_offset) const {
  size_t at = headings_offset;
  for (size_t p = 0; p < content.parts.size(); ++p) {
    const uint64_t text_end = text_bytes_before(content, p) + content.parts[p].text_bytes;
    for (const Heading& heading : content.parts[p].headings) {
      if (heading.end > text_end) {
        return Status::integrity("A heading lies outside the text of its document.", at);
      }
      ++at;
    }
  }
  return Status::ok();
}

Status PackReader::drop_documents(ShardContent& content) const {
  if (dropped_.empty()) return Status::ok();
  std::vector<DocumentPart> parts;
  std::vector<TokenId> tokens;
  auto next = dropped_.begin();
  auto token = content.tokens.begin();
  for (uint32_t p = 0; p < content.parts.size(); ++p) {
    DocumentPart& part = content.parts[p];
    const bool goes_on = p + 1 == content.parts.size() && content.ends_inside_document;
    const auto end = token + part.token_count + (goes_on ? 0 : 1);
    if (next != dropped_.end() && *next == p && !goes_on) {
      ++next;
      content.text_bytes -= part.text_bytes;
    } else {
      tokens.insert(tokens.end(), token, end);
      parts.push_back(std::move(part));
    }
    token = end;
  }
  // They are in ascending order, or one is left over.
  if (next != dropped_.end() || parts.empty()) {
    return Status::integrity("The tables pass over documents that are not in shard 0, or all.", 0);
  }
  content.parts = std::move(parts);
  content.tokens = std::move(tokens);
  return Status::ok();
}

Status PackReader::check_ids(const ShardContent& content, size_t metadata_begin) const {
  std::vector<std::string_view> ids;
  for (size_t p = content.continues ? 1 : 0; p < content.parts.size(); ++p) {
    ids.push_back(content.parts[p].id);
  }
  stable_sort(std::span(ids), std::less<>());
  const auto is_known = [&](std::string_view id) {
    const auto at = std::lower_bound(
        documents_by_id_.begin(), documents_by_id_.end(), id,
        [&](DocId document, std::string_view other) { return documents_[document].id < other; });
    return at != documents_by_id_.end() && documents_[*at].id == id;
  };
  if (std::adjacent_find(ids.begin(), ids.end()) != ids.end() ||
      std::any_of(ids.begin(), ids.end(), is_known)) {
    return Status::integrity("Two documents have the same id.", metadata_begin);
  }
  return Status::ok();
}

Status PackReader::check_totals(const ShardContent& content) const {
  const uint64_t document_count =
      uint64_t{documents_.size()} + content.parts.size() - (content.continues ? 1 : 0);
  // The tokens so far, with the opening mark, without the closing mark of a document that goes on.
  const uint64_t token_count = (shards_read_ == 0 ? 1 : stream_length()) -
                               uint64_t{inside_document_ ? 1u : 0u} + content.tokens.size();
  const uint64_t text_bytes = text_bytes_ + content.text_bytes;
  const bool is_last = shards_read_ + 1 == header_.shard_count;
  const bool fits =
      is_last ? document_count == header_.document_count && token_count == header_.token_count &&
                    text_bytes == header_.text_bytes && !content.ends_inside_document
              : document_count <= header_.document_count && token_count < header_.token_count &&
                    text_bytes <= header_.text_bytes;
  uint64_t string_bytes = documents_.string_bytes();
  for (const DocumentPart& part : content.parts) {
    string_bytes += part.id.size() + part.url.size() + part.title.size();
  }
  if (!fits || string_bytes > kMaxStringBytes) {
    return Status::integrity("The shards do not hold what the tables announce.", 0);
  }
  return Status::ok();
}

Status PackReader::add_shard(Bytes file) {
  if (!tables_read_)
    return Status::invalid_argument("The tables of a pack come before its shards.");
  if (!codes_) return Status::invalid_argument("All shards of the pack have been read.");
  ShardContent content;
  CENTO_RETURN_IF_ERROR(read_shard(file, content));
  append_stream(content);
  append_documents(content);
  text_bytes_ += content.text_bytes;
  inside_document_ = content.ends_inside_document;
  if (shards_read_ == 0) prefix_ = std::move(content.data);
  ++shards_read_;
  if (is_complete()) forget_how_to_read();
  return Status::ok();
}

// Sets first_token of the documents too.
void PackReader::append_stream(ShardContent& content) {
  if (shards_read_ == 0) {
    stream_.reserve(std::min(header_.token_count, kMostReserved));
    stream_.push_back(kDocumentEnd);
  } else if (content.continues) {
    stream_.pop_back();  // the mark that closed the document for the time being
  }
  uint32_t at = stream_length();
  for (DocumentPart& part : content.parts) {
    part.first_token = at;
    at += part.token_count + 1;
  }
  if (content.ends_inside_document) content.tokens.push_back(kDocumentEnd);
  stream_.insert(stream_.end(), content.tokens.begin(), content.tokens.end());
}

void PackReader::append_documents(ShardContent& content) {
  auto part = content.parts.begin();
  if (content.continues) {
    documents_.extend_last(std::move(*part));
    ++part;
  }
  for (; part != content.parts.end(); ++part) {
    documents_by_id_.push_back(documents_.size());
    documents_.append(std::move(*part));
  }
  stable_sort(std::span(documents_by_id_),
              [&](DocId a, DocId b) { return documents_[a].id < documents_[b].id; });
}

void PackReader::forget_how_to_read() {
  give_back(prefix_);
  give_back(documents_by_id_);
  codes_.reset();
  documents_.shrink_to_fit();
}

uint64_t PackReader::memory_bytes() const {
  return (vocabulary_ ? vocabulary_->memory_bytes() : 0) + documents_.memory_bytes() +
         (codes_ ? codes_->memory_bytes() : 0) + documents_by_id_.capacity() * sizeof(DocId) +
         stream_.capacity() * sizeof(TokenId) + prefix_.capacity() + classes_.capacity() +
         shapes_.memory_bytes() + discourse_.memory_bytes() + shares_table_.capacity() +
         stemmer_.memory_bytes() + word_transfer_.memory_bytes() + span_tables_.memory_bytes() +
         aliases_.memory_bytes() + dropped_.capacity() * sizeof(uint32_t) +
         shard_digests_.capacity() * sizeof(Sha256Digest);
}

}  // namespace cento
