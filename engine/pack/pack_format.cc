#include "pack/pack_format.h"

#include <algorithm>
#include <string>

#include "pack/pack_reader.h"
#include "pack/zstd_frame.h"

namespace cento {
namespace {

constexpr uint32_t kPlanes = 4;
constexpr size_t kZstdSizeOffset = 4;  // about: where the frame's header begins to say its size
constexpr size_t kVersionOffset = sizeof(PackMagic);

std::string tag_name(SectionTag tag) {
  std::string name;
  for (int i = 0; i < 4; ++i) {
    const auto letter = static_cast<char>(tag >> (8 * i));
    name += letter >= ' ' && letter <= '~' ? letter : '?';
  }
  return name;
}

bool may_be_skipped(SectionTag tag) {
  const auto first = static_cast<char>(tag);
  return first >= 'a' && first <= 'z';
}

}  // namespace

Result<std::vector<uint8_t>> decompress_pack_file(Bytes file, Bytes prefix) {
  CENTO_ASSIGN_OR_RETURN(const ZstdFrame frame, read_zstd_frame(file));
  const uint64_t size = frame.content_size;
  if (size > kMaxFileBytes) {
    return Status::integrity("The pack file would decompress to " + std::to_string(size) +
                                 " bytes, more than the " + std::to_string(kMaxFileBytes) +
                                 " that are allowed.",
                             kZstdSizeOffset);
  }
  std::vector<uint8_t> data(static_cast<size_t>(size));
  if (!decompress_zstd_frame(file, frame, prefix, data)) {
    return Status::integrity("The pack file's zstd frame is damaged.", 0);
  }
  return data;
}

Result<std::vector<Section>> read_directory(Bytes data, const PackMagic& magic,
                                            std::span<const SectionTag> known) {
  ByteReader reader(data);
  if (as_text(reader.take_bytes(magic.size())) != std::string_view(magic.data(), magic.size())) {
    return Status::integrity("This is not the kind of pack file that belongs here.", 0);
  }
  const auto version = reader.take<uint32_t>();
  const auto count = reader.take<uint32_t>();
  CENTO_RETURN_IF_ERROR(reader.status());
  if (version > kPackFormatVersion) {
    return Status(StatusCode::kVersionMismatch,
                  "The pack has format version " + std::to_string(version) +
                      "; this engine reads up to version " + std::to_string(kPackFormatVersion) +
                      ". Update the engine.",
                  kVersionOffset);
  }
  if (version == 0) return Status::integrity("There is no format version 0.", kVersionOffset);
  if (count > kMaxSections) {
    return Status::integrity("The file has more sections than a pack file may have.",
                             kVersionOffset + sizeof(version));
  }
  std::vector<Section> sections;
  uint64_t end = kPackPreambleBytes + uint64_t{count} * kPackDirectoryEntryBytes;
  for (uint32_t i = 0; i < count; ++i) {
    const size_t at = reader.offset();
    const Section section{reader.take<uint32_t>(), reader.take<uint32_t>(),
                          reader.take<uint32_t>()};
    CENTO_RETURN_IF_ERROR(reader.status());
    if (section.offset != end ||
        section.length > data.size() - std::min<uint64_t>(end, data.size())) {
      return Status::integrity("Section " + tag_name(section.tag) + " does not lie in its place.",
                               at);
    }
    end += section.length;
    const auto same_tag = [&](const Section& other) { return other.tag == section.tag; };
    if (std::any_of(sections.begin(), sections.end(), same_tag)) {
      return Status::integrity("There are two sections " + tag_name(section.tag) + ".", at);
    }
    if (!may_be_skipped(section.tag) &&
        std::find(known.begin(), known.end(), section.tag) == known.end()) {
      return Status(StatusCode::kVersionMismatch,
                    "The pack needs section " + tag_name(section.tag) + ", which format version " +
                        std::to_string(kPackFormatVersion) +
                        " as this engine knows it does not have. Update the engine.",
                    at);
    }
    sections.push_back(section);
  }
  if (end != data.size()) return Status::integrity("There are bytes behind the last section.", end);
  for (const SectionTag tag : known) {
    if (!has_section(sections, tag)) {
      return Status::integrity("Section " + tag_name(tag) + " is missing.", kPackPreambleBytes);
    }
  }
  return sections;
}

bool has_section(std::span<const Section> sections, SectionTag tag) {
  return std::any_of(sections.begin(), sections.end(),
                     [&](const Section& section) { return section.tag == tag; });
}

ByteReader open_section(Bytes data, std::span<const Section> sections, SectionTag tag) {
  const auto section = std::find_if(sections.begin(), sections.end(),
                                    [&](const Section& other) { return other.tag == tag; });
  ByteReader reader(data.first(size_t{section->offset} + section->length));
  reader.take_bytes(section->offset);
  return reader;
}

Status finish_section(const ByteReader& reader) {
  CENTO_RETURN_IF_ERROR(reader.status());
  if (reader.remaining() > 0) {
    return Status::integrity("A section is longer than what it holds.", reader.offset());
  }
  return Status::ok();
}

std::vector<uint32_t> take_planes(ByteReader& reader, uint64_t count) {
  const std::vector<uint8_t> bytes = reader.take_array<uint8_t>(count * kPlanes);
  std::vector<uint32_t> values(bytes.size() / kPlanes);
  for (size_t i = 0; i < bytes.size(); ++i) {
    values[i % values.size()] |= uint32_t{bytes[i]} << (8 * (i / values.size()));
  }
  return values;
}

void put_planes(std::span<const uint32_t> values, ByteWriter& writer) {
  for (uint32_t plane = 0; plane < kPlanes; ++plane) {
    for (const uint32_t value : values) writer.put(static_cast<uint8_t>(value >> (8 * plane)));
  }
}

}  // namespace cento
