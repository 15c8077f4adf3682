// The tables file of a pack: as it lies on the wire, and as what a frame decompresses to.
#include <zstd.h>

#include <cstdint>
#include <vector>

#include "pack/pack_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  cento::PackReader wire;
  (void)wire.open_tables({data, size});

  std::vector<uint8_t> frame(ZSTD_compressBound(size));
  frame.resize(ZSTD_compress(frame.data(), frame.size(), data, size, 1));
  cento::PackReader content;
  if (content.open_tables(frame).is_ok()) (void)content.add_shard(frame);
  return 0;
}
