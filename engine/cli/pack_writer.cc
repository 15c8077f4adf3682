#include "cli/pack_writer.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "cli/files.h"
#include "cli/manifest.h"

namespace cento::cli {
namespace {

namespace fs = std::filesystem;

// Names of the pack that is there now. A manifest that cannot be read names nothing: then nothing
// is removed.
std::vector<std::string> earlier_files(const fs::path& folder) {
  std::vector<std::string> names;
  const Result<std::string> text = read_file((folder / "manifest.json").string());
  if (!text.is_ok()) return names;
  const Result<Manifest> manifest = parse_manifest(text.value());
  if (!manifest.is_ok()) return names;
  for (const ManifestFile& file : manifest.value().files) names.push_back(file.name);
  return names;
}

}  // namespace

Status write_pack(const BuiltPack& pack, const std::string& folder) {
  const fs::path directory(folder);
  std::error_code error;
  fs::create_directories(directory, error);
  if (!fs::is_directory(directory, error)) {
    return {StatusCode::kIo, "Could not make the folder " + folder + "."};
  }
  std::vector<std::string> stale = earlier_files(directory);
  stale.emplace_back("manifest.json.br");
  for (const PackFile& file : pack.files) {
    CENTO_RETURN_IF_ERROR(write_file_atomically((directory / file.name).string(), file.bytes));
    stale.erase(std::remove(stale.begin(), stale.end(), file.name), stale.end());
  }
  for (const std::string& name : stale) {
    fs::remove(directory / name, error);
    if (error)
      return {StatusCode::kIo, "Could not remove the old " + name + " from " + folder + "."};
  }
  return Status::ok();
}

}  // namespace cento::cli
