#include "pack/section_writer.h"

#include <algorithm>
#include <span>
#include <string>

namespace cento {
namespace {

void put_strings(std::span<const DocumentPart> documents, std::string DocumentPart::*member,
                 ByteWriter& writer) {
  for (const DocumentPart& document : documents) writer.put_bytes(as_bytes(document.*member));
}

void put_lengths(std::span<const DocumentPart> documents, std::string DocumentPart::*member,
                 ByteWriter& writer) {
  std::vector<uint32_t> lengths;
  for (const DocumentPart& document : documents) {
    lengths.push_back(static_cast<uint32_t>((document.*member).size()));
  }
  put_planes(lengths, writer);
}

}  // namespace

std::vector<uint8_t> write_pack_header(const PackHeader& header) {
  ByteWriter writer;
  writer.put(header.document_count);
  writer.put(header.token_count);
  writer.put(header.shard_count);
  writer.put(header.text_bytes);
  for (const std::string* text : {&header.name, &header.title, &header.licence, &header.language}) {
    writer.put(static_cast<uint32_t>(text->size()));
    writer.put_bytes(as_bytes(*text));
  }
  return writer.take();
}

std::vector<uint8_t> PackFileWriter::finish(const PackMagic& magic) const {
  ByteWriter writer;
  writer.put_array<char>(magic);
  writer.put(kFirstPackFormatVersion);
  writer.put(static_cast<uint32_t>(sections_.size()));
  size_t offset = kPackPreambleBytes + sections_.size() * kPackDirectoryEntryBytes;
  for (const auto& [tag, content] : sections_) {
    writer.put(tag);
    writer.put(static_cast<uint32_t>(offset));
    writer.put(static_cast<uint32_t>(content.size()));
    offset += content.size();
  }
  for (const auto& [tag, content] : sections_) writer.put_bytes(content);
  return writer.take();
}

std::vector<uint8_t> write_shard_documents(const ShardDocuments& documents,
                                           uint32_t heading_floor) {
  const std::span<const DocumentPart> parts = documents.parts;
  const std::span<const DocumentPart> starting = parts.subspan(documents.continues ? 1 : 0);
  ByteWriter writer;
  writer.put(static_cast<uint8_t>(documents.continues ? 1 : 0));
  writer.put(static_cast<uint32_t>(starting.size()));
  put_lengths(starting, &DocumentPart::id, writer);
  put_lengths(starting, &DocumentPart::url, writer);
  put_lengths(starting, &DocumentPart::title, writer);

  std::vector<uint32_t> counts;
  std::vector<uint32_t> gaps;
  std::vector<uint32_t> lengths;
  std::vector<uint32_t> anchor_lengths;
  std::vector<uint8_t> levels;
  std::string anchors;
  uint32_t at = documents.continues ? heading_floor : 0;
  for (const DocumentPart& part : parts) {
    counts.push_back(static_cast<uint32_t>(part.headings.size()));
    for (const Heading& heading : part.headings) {
      gaps.push_back(heading.begin - at);
      lengths.push_back(heading.end - heading.begin);
      anchor_lengths.push_back(static_cast<uint32_t>(heading.anchor.size()));
      levels.push_back(heading.level);
      anchors += heading.anchor;
      at = heading.end;
    }
    at = 0;
  }
  put_planes(counts, writer);
  put_planes(gaps, writer);
  put_planes(lengths, writer);
  put_planes(anchor_lengths, writer);
  writer.put_bytes(levels);
  put_strings(starting, &DocumentPart::id, writer);
  put_strings(starting, &DocumentPart::url, writer);
  put_strings(starting, &DocumentPart::title, writer);
  writer.put_bytes(as_bytes(anchors));
  return writer.take();
}

std::vector<uint8_t> store_pack_file(Bytes data) {
  constexpr uint32_t kMagic = 0xFD2FB528;
  constexpr uint8_t kSizedSegment = 0xA0;  // one segment; its size in four bytes
  constexpr size_t kBlockBytes = 1u << 17;
  ByteWriter writer;
  writer.put(kMagic);
  writer.put(kSizedSegment);
  writer.put(static_cast<uint32_t>(data.size()));
  do {
    const size_t length = std::min(kBlockBytes, data.size());
    const uint32_t header = static_cast<uint32_t>(length << 3) | (length == data.size() ? 1 : 0);
    writer.put(static_cast<uint16_t>(header));
    writer.put(static_cast<uint8_t>(header >> 16));
    writer.put_bytes(data.first(length));
    data = data.subspan(length);
  } while (!data.empty());
  return writer.take();
}

}  // namespace cento
