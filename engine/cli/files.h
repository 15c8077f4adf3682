// Reading and writing of whole files. Messages name the file and what to do.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "cento/status.h"

namespace cento::cli {

// The bytes of a file, or of standard input for "-". Errors: kNotFound, kIo,
// kResourceExhausted (more than `max_bytes`).
Result<std::string> read_file(const std::string& path, uint64_t max_bytes = UINT64_MAX);

// Puts a file in place in one step: readers see the old bytes or the new ones, never a part.
// Errors: kIo, after which `path` is as it was before.
Status write_file_atomically(const std::string& path, Bytes bytes);

}  // namespace cento::cli
