#include "build/pack_file_writer.h"

#include <zstd.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>

#include "pack/pack_reader.h"

namespace cento {
namespace {

// A token as the section sorts it: without the space that leads it.
struct SortedToken {
  std::string_view key;
  bool spaced;
  uint32_t run;
};

size_t shared_length(std::string_view a, std::string_view b) {
  const size_t limit = std::min(a.size(), b.size());
  size_t length = 0;
  while (length < limit && a[length] == b[length]) ++length;
  return length;
}

}  // namespace

std::vector<uint8_t> write_vocabulary(const Vocabulary& vocabulary) {
  // A run is a stretch of ids whose tokens ascend, all with or all without a space in front.
  std::vector<SortedToken> tokens;
  std::vector<uint8_t> run_is_spaced;
  for (uint32_t id = kFirstMergedToken; id < vocabulary.size(); ++id) {
    std::string_view key = vocabulary.text(static_cast<TokenId>(id));
    const bool spaced = key.front() == ' ';
    if (spaced) key.remove_prefix(1);
    if (tokens.empty() || tokens.back().spaced != spaced || key < tokens.back().key) {
      run_is_spaced.push_back(spaced ? 1 : 0);
    }
    tokens.push_back({key, spaced, static_cast<uint32_t>(run_is_spaced.size() - 1)});
  }
  std::sort(tokens.begin(), tokens.end(), [](const SortedToken& a, const SortedToken& b) {
    return a.key != b.key ? a.key < b.key : a.spaced < b.spaced;
  });

  ByteWriter writer;
  writer.put(static_cast<uint32_t>(tokens.size()));
  writer.put(static_cast<uint16_t>(run_is_spaced.size()));
  writer.put_bytes(run_is_spaced);
  for (const SortedToken& token : tokens) writer.put(static_cast<uint8_t>(token.run));
  for (const SortedToken& token : tokens) writer.put(static_cast<uint8_t>(token.run >> 8));
  ByteWriter strings;
  std::string_view previous;
  for (const SortedToken& token : tokens) {
    const size_t shared = shared_length(previous, token.key);
    writer.put(static_cast<uint8_t>(shared));
    strings.put_bytes(as_bytes(token.key.substr(shared)));
    strings.put(uint8_t{0});
    previous = token.key;
  }
  writer.put_bytes(strings.buffer());
  return writer.take();
}

std::vector<uint8_t> write_token_codes(const TokenCodes& codes) {
  ByteWriter writer;
  writer.put(static_cast<uint8_t>(codes.one_byte_tokens().size()));
  writer.put_array(codes.one_byte_tokens());
  return writer.take();
}

std::vector<uint8_t> write_shapes(const Shapes& shapes) {
  ByteWriter writer;
  for (const ShapeMerge& merge : shapes.merges()) writer.put(static_cast<uint8_t>(merge.left));
  for (const ShapeMerge& merge : shapes.merges()) writer.put(static_cast<uint8_t>(merge.left >> 8));
  for (const ShapeMerge& merge : shapes.merges()) writer.put(static_cast<uint8_t>(merge.right));
  for (const ShapeMerge& merge : shapes.merges())
    writer.put(static_cast<uint8_t>(merge.right >> 8));
  return writer.take();
}

Result<std::vector<uint8_t>> compress_pack_file(Bytes data, Bytes prefix, int zstd_level) {
  if (zstd_level < 1 || zstd_level > ZSTD_maxCLevel()) {
    return Status::invalid_argument("zstd levels go from 1 to " + std::to_string(ZSTD_maxCLevel()) +
                                    ".");
  }
  const std::unique_ptr<ZSTD_CCtx, size_t (*)(ZSTD_CCtx*)> context(ZSTD_createCCtx(),
                                                                   ZSTD_freeCCtx);
  std::vector<uint8_t> file(ZSTD_compressBound(data.size()));
  size_t size = 0;
  if (context) {
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, zstd_level);
    ZSTD_CCtx_refPrefix(context.get(), prefix.data(), prefix.size());
    size = ZSTD_compress2(context.get(), file.data(), file.size(), data.data(), data.size());
  }
  if (!context || ZSTD_isError(size)) {
    return Status(StatusCode::kResourceExhausted, "There is no memory for zstd.");
  }
  file.resize(size);
  file.shrink_to_fit();
  return file;
}

}  // namespace cento
