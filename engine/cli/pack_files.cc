#include "cli/pack_files.h"

#include <filesystem>
#include <system_error>

#include "base/sha256.h"
#include "cli/files.h"
#include "cli/progress_line.h"
#include "cli/stopwatch.h"

namespace cento::cli {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kMaxManifestBytes = uint64_t{4} << 20;

Result<std::string> read_manifest(const std::string& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    return Status(StatusCode::kNotFound, "There is no folder " + folder + ".");
  }
  Result<std::string> text =
      read_file((fs::path(folder) / "manifest.json").string(), kMaxManifestBytes);
  if (!text.is_ok() && text.status().code() == StatusCode::kNotFound) {
    return Status(StatusCode::kNotFound, "No manifest.json in " + folder +
                                             ": build a pack with 'cento build INPUT --out " +
                                             folder + "'.");
  }
  return text;
}

Result<std::string> read_pack_file(const std::string& folder, const ManifestFile& file) {
  // One byte more than announced is enough to see that a file is too long.
  Result<std::string> content = read_file((fs::path(folder) / file.name).string(), file.bytes);
  const std::string remedy = " Copy or build the pack again.";
  if (!content.is_ok()) {
    const Status& status = content.status();
    if (status.code() == StatusCode::kResourceExhausted) {
      return Status::integrity(status.message() + remedy, file.bytes);
    }
    if (status.code() == StatusCode::kNotFound) {
      return Status(StatusCode::kNotFound, status.message() + remedy);
    }
    return status;
  }
  const size_t length = content.value().size();
  if (length != file.bytes) {
    return Status::integrity(file.name + " ends too early: it has " + std::to_string(length) +
                                 " of " + std::to_string(file.bytes) + " bytes." + remedy,
                             length);
  }
  if (to_hex(sha256(as_bytes(content.value()))) != file.sha256) {
    return Status::integrity(file.name + " is damaged: its SHA-256 is not the manifest's." +
                             remedy);
  }
  return content;
}

// What the manifest says to people must be what the files say to the engine.
Status check_counts(const Manifest& manifest, const PackSummary& summary) {
  const bool same = manifest.pack_id == summary.pack_id && manifest.name == summary.name &&
                    manifest.title == summary.title && manifest.licence == summary.licence &&
                    manifest.language == summary.language &&
                    manifest.documents == summary.documents && manifest.tokens == summary.tokens &&
                    manifest.vocabulary == summary.vocabulary &&
                    manifest.text_bytes == summary.text_bytes;
  if (same) return Status::ok();
  return Status::integrity("manifest.json does not describe the files of this pack.");
}

}  // namespace

Result<PackFiles> PackFiles::open(const std::string& folder) {
  CENTO_ASSIGN_OR_RETURN(const std::string text, read_manifest(folder));
  PackFiles pack;
  CENTO_ASSIGN_OR_RETURN(pack.manifest_, parse_manifest(text));
  pack.wire_bytes_ = text.size();
  for (const ManifestFile& file : pack.manifest_.files) {
    CENTO_ASSIGN_OR_RETURN(std::string content, read_pack_file(folder, file));
    pack.wire_bytes_ += content.size();
    pack.contents_.push_back(std::move(content));
  }
  return pack;
}

Status PackFiles::in_file(const Status& status, const std::string& name) {
  return {status.code(), name + ": " + status.message(), status.offset()};
}

Result<MountedPack> mount_pack(const std::string& folder) {
  CENTO_ASSIGN_OR_RETURN(PackFiles files, PackFiles::open(folder));
  MountedPack pack{std::move(files), {}, std::make_unique<Engine>(), 0};
  {
    ProgressLine progress;
    Expresser expresser;
    CENTO_RETURN_IF_ERROR(pack.files.feed(expresser));
    const Stopwatch stopwatch;
    CENTO_ASSIGN_OR_RETURN(pack.image, expresser.express(progress.function()));
    pack.express_seconds = stopwatch.seconds();
  }
  CENTO_RETURN_IF_ERROR(pack.files.feed_tables(*pack.engine));
  CENTO_RETURN_IF_ERROR(pack.engine->mount(pack.image));
  CENTO_RETURN_IF_ERROR(check_counts(pack.files.manifest(), pack.engine->summary()));
  return pack;
}

}  // namespace cento::cli
