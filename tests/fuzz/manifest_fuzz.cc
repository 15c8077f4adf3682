// A manifest: whatever it says, its names are those of a pack's files and its counts add up.
#include <set>
#include <string>

#include "cli/manifest.h"
#include "fuzz_target.h"

CENTO_FUZZ_TARGET(manifest) {
  using cento::fuzz::require;
  const auto parsed = cento::cli::parse_manifest(cento::as_text(input));
  if (!parsed.is_ok()) {
    require(!parsed.status().message().empty());
    return;
  }
  const cento::cli::Manifest& manifest = parsed.value();
  std::set<std::string> names;
  uint64_t documents = 0;
  uint64_t tokens = 0;
  for (const cento::cli::ManifestFile& file : manifest.files) {
    require(file.name.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyz.-") ==
            std::string::npos);
    require(file.name.find("..") == std::string::npos && names.insert(file.name).second);
    documents += file.documents;
    tokens += file.tokens;
  }
  require(manifest.files.size() >= 2);
  require(documents == manifest.documents && tokens == manifest.tokens);
}
