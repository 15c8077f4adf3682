// The decoder of zstd frames, against zstd's own: as the input is, and for what zstd makes of it.
#include <zstd.h>

#include <vector>

#include "fuzz_target.h"
#include "pack/zstd_frame.h"

namespace {

using cento::Bytes;
using cento::fuzz::require;

constexpr size_t kMaxContent = 1u << 18;

// What zstd itself makes of a frame behind a prefix; false where it refuses it.
bool decompress_by_zstd(Bytes file, Bytes prefix, std::vector<uint8_t>& data) {
  static ZSTD_DCtx* const context = ZSTD_createDCtx();
  ZSTD_DCtx_reset(context, ZSTD_reset_session_and_parameters);
  ZSTD_DCtx_refPrefix(context, prefix.data(), prefix.size());
  const size_t size =
      ZSTD_decompressDCtx(context, data.data(), data.size(), file.data(), file.size());
  return !ZSTD_isError(size) && size == data.size();
}

void check_frame(Bytes file, Bytes prefix) {
  const auto frame = cento::read_zstd_frame(file);
  if (!frame.is_ok() || frame.value().content_size > kMaxContent) return;
  std::vector<uint8_t> ours(static_cast<size_t>(frame.value().content_size));
  std::vector<uint8_t> theirs(ours.size());
  if (!cento::decompress_zstd_frame(file, frame.value(), prefix, ours)) return;
  // Either may refuse what the other takes: ours looks at no window and no checksum, zstd (since
  // 1.5.5) not at what is left of a stream of literals.
  if (decompress_by_zstd(file, prefix, theirs)) require(ours == theirs);
}

void check_round_trip(Bytes content, Bytes prefix, int level) {
  static ZSTD_CCtx* const context = ZSTD_createCCtx();
  ZSTD_CCtx_reset(context, ZSTD_reset_session_and_parameters);
  ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level);
  ZSTD_CCtx_refPrefix(context, prefix.data(), prefix.size());
  std::vector<uint8_t> file(ZSTD_compressBound(content.size()));
  file.resize(ZSTD_compress2(context, file.data(), file.size(), content.data(), content.size()));
  const auto frame = cento::read_zstd_frame(file);
  require(frame.is_ok() && frame.value().content_size == content.size());
  std::vector<uint8_t> data(content.size());
  require(cento::decompress_zstd_frame(file, frame.value(), prefix, data));
  require(std::equal(data.begin(), data.end(), content.begin(), content.end()));
}

}  // namespace

CENTO_FUZZ_TARGET(frame) {
  cento::fuzz::Pieces pieces(input);
  const int level = pieces.byte() % 20;
  const Bytes prefix = pieces.counted();
  const Bytes rest = pieces.rest();
  check_frame(rest, prefix);
  if (level > 0) check_round_trip(rest, prefix, level);
}
