// Puts a built pack into a folder that a web server may be serving from meanwhile.
#pragma once

#include <string>

#include "build/pack_builder.h"
#include "cento/status.h"

namespace cento::cli {

// Writes each file atomically, the manifest last, and then removes what only the folder's earlier
// manifest named, and the compressed twin of that manifest. Every other file of the folder is left
// alone. Makes the folder where there is none. Errors: kIo; the earlier pack is then still whole.
Status write_pack(const BuiltPack& pack, const std::string& folder);

}  // namespace cento::cli
