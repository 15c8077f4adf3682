#include "pack/document_section.h"

#include <limits>
#include <string>

#include "pack/pack_format.h"

namespace cento {
namespace {

constexpr uint8_t kMaxHeadingLevel = 6;

std::string take_string(ByteReader& reader, uint32_t length) {
  return std::string(as_text(reader.take_bytes(length)));
}

}  // namespace

Result<ShardDocuments> read_shard_documents(ByteReader& reader, uint32_t heading_floor) {
  ShardDocuments documents;
  const size_t begin = reader.offset();
  const auto continues = reader.take<uint8_t>();
  if (continues > 1) return Status::integrity("The mark of a continued document is 0 or 1.", begin);
  documents.continues = continues == 1;
  const auto count = reader.take<uint32_t>();
  if (count > kMaxShardDocuments) {
    return Status::integrity("More documents begin in the shard than a shard may have.",
                             begin + sizeof(continues));
  }
  const std::vector<uint32_t> id_lengths = take_planes(reader, count);
  const std::vector<uint32_t> url_lengths = take_planes(reader, count);
  const std::vector<uint32_t> title_lengths = take_planes(reader, count);
  const std::vector<uint32_t> heading_counts = take_planes(reader, uint64_t{count} + continues);
  CENTO_RETURN_IF_ERROR(reader.status());

  uint64_t heading_count = 0;
  for (const uint32_t headings : heading_counts) heading_count += headings;
  if (heading_count > kMaxShardHeadings) {
    return Status::integrity("The shard has more headings than a shard may have.", reader.offset());
  }
  documents.headings_offset = reader.offset();
  const std::vector<uint32_t> gaps = take_planes(reader, heading_count);
  const std::vector<uint32_t> lengths = take_planes(reader, heading_count);
  const std::vector<uint32_t> anchor_lengths = take_planes(reader, heading_count);
  const size_t levels_offset = reader.offset();
  const std::vector<uint8_t> levels = reader.take_array<uint8_t>(heading_count);
  CENTO_RETURN_IF_ERROR(reader.status());

  documents.parts.resize(heading_counts.size());
  const std::span<DocumentPart> starting = std::span(documents.parts).subspan(continues);
  for (size_t i = 0; i < count; ++i) starting[i].id = take_string(reader, id_lengths[i]);
  for (size_t i = 0; i < count; ++i) starting[i].url = take_string(reader, url_lengths[i]);
  for (size_t i = 0; i < count; ++i) starting[i].title = take_string(reader, title_lengths[i]);

  size_t next = 0;
  for (size_t part = 0; part < documents.parts.size(); ++part) {
    uint64_t at = part == 0 && documents.continues ? heading_floor : 0;
    for (const size_t end = next + heading_counts[part]; next < end; ++next) {
      Heading heading;
      at += gaps[next];
      heading.begin = static_cast<uint32_t>(at);
      at += lengths[next];
      heading.end = static_cast<uint32_t>(at);
      if (at > std::numeric_limits<uint32_t>::max()) {
        return Status::integrity("A heading lies outside the text of its document.",
                                 documents.headings_offset + next);
      }
      if (levels[next] < 1 || levels[next] > kMaxHeadingLevel) {
        return Status::integrity("The level of a heading is 1 to 6.", levels_offset + next);
      }
      heading.level = levels[next];
      heading.anchor = take_string(reader, anchor_lengths[next]);
      documents.parts[part].headings.push_back(std::move(heading));
    }
  }
  CENTO_RETURN_IF_ERROR(finish_section(reader));
  return documents;
}

}  // namespace cento
