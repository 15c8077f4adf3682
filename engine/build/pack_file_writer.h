// Writes what only the builder writes of a pack: the tables' sections, compressed frames.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "cento/status.h"
#include "levels/shape_level.h"
#include "pack/pack_format.h"
#include "pack/section_writer.h"
#include "pack/token_codes.h"
#include "text/vocabulary.h"

namespace cento {

// Section VOCB.
std::vector<uint8_t> write_vocabulary(const Vocabulary& vocabulary);

// Section CODE.
std::vector<uint8_t> write_token_codes(const TokenCodes& codes);

// Section shap.
std::vector<uint8_t> write_shapes(const Shapes& shapes);

// One zstd frame that says its size, with `prefix` as the text before it. Memory: some 100 MiB at
// the highest levels. Errors: kInvalidArgument (a level that zstd does not have),
// kResourceExhausted.
Result<std::vector<uint8_t>> compress_pack_file(Bytes data, Bytes prefix, int zstd_level);

}  // namespace cento
