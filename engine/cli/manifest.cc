#include "cli/manifest.h"

#include <cstdio>

#include "cli/json_members.h"
#include "pack/pack_reader.h"

namespace cento::cli {
namespace {

constexpr uint64_t kMaxCount = uint64_t{1} << 53;  // what JavaScript holds exactly

Status fault(const std::string& what) { return Status::integrity("manifest.json: " + what + "."); }

Status status_of(const JsonMembers& members) {
  return members.fault().empty() ? Status::ok() : fault(members.fault());
}

// What comes where: base tables if the first file says so, the tables, the shards.
struct Place {
  const char* role;
  std::string stem;  // of the file's name
};

Place place_of(size_t index, bool has_base) {
  if (has_base && index == 0) return {"base", "tables"};
  const size_t tables = has_base ? 1 : 0;
  if (index == tables) return {"tables", "tables"};
  char number[32];
  std::snprintf(number, sizeof number, "shard-%04zu", index - tables - 1);
  return {"shard", number};
}

Result<ManifestFile> parse_file(const Json& entry, size_t index, bool has_base) {
  JsonMembers members(entry, "files[" + std::to_string(index) + "]");
  const Place place = place_of(index, has_base);
  if (members.text("role") != place.role) {
    members.refuse("role", '"' + std::string(place.role) + '"');
  }
  ManifestFile file;
  file.is_shard = place.role == std::string_view("shard");
  file.bytes = members.count("bytes", 1, kMaxFileBytes);
  file.raw_bytes = members.count("rawBytes", 1, kMaxFileBytes);
  file.sha256 = members.hex("sha256", 64);
  if (file.is_shard) {
    file.documents = members.count("documents", 0, kMaxStreamTokens);
    file.tokens = members.count("tokens", 0, kMaxStreamTokens);
  }
  file.name = members.text("file");
  CENTO_RETURN_IF_ERROR(status_of(members));
  // The content's hash is part of the name.
  const std::string name = place.stem + '.' + file.sha256.substr(0, 16) + ".zst";
  if (file.name != name) members.refuse("file", '"' + name + '"');
  CENTO_RETURN_IF_ERROR(status_of(members));
  return file;
}

// Looked at before all else: a later version may mean anything by the other keys.
Status check_version(JsonMembers& root) {
  if (root.text("format") != "cento-pack") root.refuse("format", "\"cento-pack\"");
  const uint64_t version = root.count("version", 1, kMaxCount);
  CENTO_RETURN_IF_ERROR(status_of(root));
  if (version <= kPackFormatVersion) return Status::ok();
  return {StatusCode::kVersionMismatch, "The pack has format version " + std::to_string(version) +
                                            ", and this program reads up to " +
                                            std::to_string(kPackFormatVersion) +
                                            ": use a newer cento."};
}

Result<Manifest> parse_root(const Json& json) {
  if (!json.is_object()) return fault("this is not a JSON object");
  JsonMembers root(json, "");
  CENTO_RETURN_IF_ERROR(check_version(root));
  Manifest manifest;
  manifest.pack_id = root.hex("packId", 32);
  manifest.name = root.text("name");
  manifest.title = root.text("title");
  manifest.licence = root.text("licence");
  manifest.language = root.text("language");
  JsonMembers counts = root.object("counts");
  manifest.documents = counts.count("documents", 1, kMaxStreamTokens);
  manifest.tokens = counts.count("tokens", 1, kMaxStreamTokens);
  manifest.vocabulary = counts.count("vocabulary", kFirstMergedToken, kMaxVocabulary);
  manifest.text_bytes = counts.count("textBytes", 1, kMaxCount);
  manifest.classes = counts.count("classes", 0, kMaxVocabulary);
  manifest.shapes = counts.count("shapes", 0, kMaxVocabulary);
  root.merge(counts);
  const Json& files = root.array("files");
  const bool has_base = !files.empty() && files[0].is_object() && files[0].contains("role") &&
                        files[0]["role"] == "base";
  if (files.size() < (has_base ? 3 : 2))
    root.refuse("files", "one tables file and at least one shard");
  CENTO_RETURN_IF_ERROR(status_of(root));
  uint64_t documents = 0;
  uint64_t tokens = 0;
  for (const Json& entry : files) {
    CENTO_ASSIGN_OR_RETURN(ManifestFile file, parse_file(entry, manifest.files.size(), has_base));
    documents += file.documents;
    tokens += file.tokens;
    manifest.files.push_back(std::move(file));
  }
  if (documents != manifest.documents)
    return fault("counts.documents is not the sum of its files'");
  if (tokens != manifest.tokens) return fault("counts.tokens is not the sum of its files'");
  return manifest;
}

}  // namespace

Result<Manifest> parse_manifest(std::string_view json) {
  try {
    return parse_root(Json::parse(json));
  } catch (const Json::exception& error) {
    return Status::integrity("manifest.json: this is not JSON.", fault_offset(error));
  }
}

}  // namespace cento::cli
