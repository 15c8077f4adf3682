// Decompresses zstd frames (RFC 8878, "Zstandard Compression and the 'application/zstd' Media
// Type"). Written anew because browsers download it: zstd's own decoder, built for size, takes 5 kB
// more after Brotli. What a pack never has is left out: frames without their content size, trained
// dictionaries, skippable frames.
#pragma once

#include <cstdint>
#include <span>

#include "base/bytes.h"
#include "cento/status.h"

namespace cento {

struct ZstdFrame {
  size_t header_bytes = 0;  // magic number and frame header
  uint64_t content_size = 0;
};

// What the frame says of itself at its beginning; walks its blocks to see that it is all of `file`
// and that they can hold what it says: 128 KiB each.
// Errors: kIntegrity, with an offset in `file`.
Result<ZstdFrame> read_zstd_frame(Bytes file);

// Decompresses the blocks of a frame into exactly `data`; matches may reach into `prefix`, the text
// before it. False: they are damaged, and `data` holds anything. A checksum behind the blocks is
// not looked at: packs carry SHA-256 digests of what is in their files. Cost: linear. Memory: 300
// kB. REQUIRES: read_zstd_frame(file) gave `frame`; `data` has its content size.
bool decompress_zstd_frame(Bytes file, const ZstdFrame& frame, Bytes prefix,
                           std::span<uint8_t> data);

}  // namespace cento
