#include "build/pack_assembly.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

namespace cento {
namespace {

constexpr size_t kNameHashDigits = 16;
constexpr size_t kPackIdDigits = 32;

Status check_headings(const Document& document) {
  uint32_t floor = 0;
  for (const Heading& heading : document.headings) {
    if (heading.begin < floor || heading.end < heading.begin ||
        heading.end > document.text.size() || heading.level < 1 || heading.level > 6) {
      return Status::invalid_argument("The headings of document \"" + document.id +
                                      "\" are not ascending places of its text of levels 1 to 6.");
    }
    floor = heading.end;
  }
  return Status::ok();
}

}  // namespace

Status check_documents(std::span<const Document> documents) {
  std::vector<std::string_view> ids;
  bool has_text = false;
  for (const Document& document : documents) {
    if (document.text.size() > std::numeric_limits<uint32_t>::max()) {
      return Status(StatusCode::kResourceExhausted,
                    "Document \"" + document.id + "\" is longer than 4 GiB. Divide it.");
    }
    CENTO_RETURN_IF_ERROR(check_headings(document));
    ids.push_back(document.id);
    has_text = has_text || !document.text.empty();
  }
  if (!has_text) return Status::invalid_argument("There is no document with text to build from.");
  std::sort(ids.begin(), ids.end());
  if (const auto twin = std::adjacent_find(ids.begin(), ids.end()); twin != ids.end()) {
    return Status::invalid_argument("Two documents have the id \"" + std::string(*twin) + "\".");
  }
  return Status::ok();
}

std::vector<uint8_t> write_digests(std::span<const Sha256Digest> of_shards) {
  ByteWriter writer;
  for (const Sha256Digest& digest : of_shards) writer.put_bytes(digest);
  return writer.take();
}

void PackAssembly::add(std::string_view stem, std::vector<uint8_t> bytes, ManifestFile listed) {
  listed.sha256 = to_hex(sha256(bytes));
  listed.name = std::string(stem) + '.' + listed.sha256.substr(0, kNameHashDigits) + ".zst";
  listed.bytes = bytes.size();
  built_.files.push_back({listed.name, std::move(bytes)});
  list_.push_back(std::move(listed));
}

void PackAssembly::add_base_tables(std::vector<uint8_t> file, uint64_t raw_bytes) {
  add("tables", std::move(file), {.role = FileRole::kBase, .raw_bytes = raw_bytes});
}

void PackAssembly::add_tables(std::vector<uint8_t> file, Bytes tables) {
  pack_id_ = to_hex(sha256(tables)).substr(0, kPackIdDigits);
  add("tables", std::move(file), {.role = FileRole::kTables, .raw_bytes = tables.size()});
}

void PackAssembly::add_shard(std::vector<uint8_t> file, uint64_t raw_bytes, uint32_t document_count,
                             uint32_t token_count) {
  const std::string digits = std::to_string(shard_count_++);
  const std::string number = std::string(4 - std::min<size_t>(4, digits.size()), '0') + digits;
  add("shard-" + number, std::move(file),
      {.role = FileRole::kShard,
       .raw_bytes = raw_bytes,
       .document_count = document_count,
       .token_count = token_count});
}

BuiltPack PackAssembly::finish(PackHeader header, uint32_t vocabulary_size, uint32_t class_count,
                               uint32_t shape_count) {
  header.pack_id = pack_id_;
  built_.document_count = header.document_count;
  built_.token_count = header.token_count;
  built_.text_bytes = header.text_bytes;
  const std::string manifest =
      write_manifest(header, vocabulary_size, class_count, shape_count, list_);
  built_.files.push_back({"manifest.json", {manifest.begin(), manifest.end()}});
  for (const PackFile& file : built_.files) built_.wire_bytes += file.bytes.size();
  return std::move(built_);
}

}  // namespace cento
