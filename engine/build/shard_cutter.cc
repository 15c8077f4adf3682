#include "build/shard_cutter.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "build/pack_file_writer.h"
#include "pack/pack_reader.h"
#include "text/hash.h"

namespace cento {
namespace {

constexpr int kAttempts = 5;  // to fill shard 0

// Behind shard 0, in bytes before compression, of which a sixth to a half is left. Small shards
// compress worse; but of a large pack an update of one page should be a small part.
constexpr uint64_t kShardBytes = 3 << 19;
constexpr uint64_t kLargePackBytes = 8 << 20;
constexpr uint64_t kLargePackShardBytes = 400 << 10;

bool is_continuation_byte(char byte) { return (static_cast<uint8_t>(byte) & 0xC0) == 0x80; }

bool fits(const Shard& shard, uint32_t max_bytes) {
  return shard.file.size() <= max_bytes && shard.data.size() <= kMaxFileBytes &&
         shard.document_count <= kMaxShardDocuments && shard.heading_count <= kMaxShardHeadings;
}

}  // namespace

ShardCutter::ShardCutter(std::span<const Document> documents,
                         std::span<const std::vector<TokenId>> tokens, const Vocabulary& vocabulary,
                         const TokenCodes& codes, const ShardLimits& limits)
    : documents_(documents),
      tokens_(tokens),
      vocabulary_(vocabulary),
      codes_(codes),
      limits_(limits) {
  uint64_t total = 0;
  for (uint32_t d = 0; d < documents_.size(); ++d) {
    uint64_t cost = 0;
    take_part(d, 0, std::numeric_limits<uint64_t>::max(), cost);
    costs_.push_back(cost);
    total += cost;
  }
  const uint64_t aim =
      std::min<uint64_t>(total < kLargePackBytes ? kShardBytes : kLargePackShardBytes,
                         uint64_t{limits_.max_file_bytes} * 3 / 2);
  least_bytes_ = std::max<uint64_t>(aim / 2, 1);
  most_bytes_ = aim * 3 / 2;
}

Result<std::vector<Shard>> ShardCutter::cut(const Progress& progress) {
  if (!report(progress, "compressing", 0, documents_.size())) return Status::aborted();
  std::vector<Shard> shards;
  Parts start;
  CENTO_ASSIGN_OR_RETURN(Shard shard, fit_start(start));
  ++shard.token_count;  // the opening mark
  shards.push_back(std::move(shard));

  std::vector<bool> is_in_start(documents_.size());
  for (const Part& part : start) is_in_start[part.document] = true;
  const Part& last = start.back();
  const bool goes_on = last.end < tokens_[last.document].size();
  if (goes_on) is_in_start[last.document] = false;
  std::vector<uint32_t> rest;
  for (uint32_t d = 0; d < documents_.size(); ++d) {
    if (!is_in_start[d]) rest.push_back(d);
  }
  if (goes_on)
    std::rotate(rest.begin(), std::find(rest.begin(), rest.end(), last.document), rest.end());
  const std::vector<uint8_t> prefix = shards[0].data;
  CENTO_RETURN_IF_ERROR(cut_stretch(rest, goes_on ? last.end : 0, prefix, shards, progress));
  return shards;
}

Status ShardCutter::cut_stretch(std::span<const uint32_t> order, uint32_t first_token, Bytes prefix,
                                std::vector<Shard>& shards, const Progress& progress) {
  Parts parts;
  uint64_t bytes = 0;  // of the parts
  const auto flush = [&]() -> Status {
    const Parts full = std::exchange(parts, {});
    bytes = 0;
    return full.empty() ? Status::ok() : write_shards(full, prefix, shards);
  };
  uint32_t begin = first_token;
  for (size_t i = 0; i < order.size(); ++i, begin = 0) {
    if (!report(progress, "compressing", i, order.size())) return Status::aborted();
    const uint32_t document = order[i];
    const bool is_full = bytes + costs_[document] > most_bytes_;
    if (is_full || (bytes >= least_bytes_ && is_cut(document))) CENTO_RETURN_IF_ERROR(flush());
    for (bool is_whole = false; !is_whole;) {
      uint64_t cost = 0;
      Part part = take_part(document, begin, most_bytes_, cost);
      if (cost > most_bytes_) mend_cut(part);
      parts.push_back(part);
      bytes += cost;
      begin = part.end;
      is_whole = begin == tokens_[document].size();
      if (!is_whole) CENTO_RETURN_IF_ERROR(flush());
    }
  }
  return flush();
}

Status ShardCutter::write_shards(const Parts& parts, Bytes prefix,
                                 std::vector<Shard>& shards) const {
  CENTO_ASSIGN_OR_RETURN(Shard shard, write(parts, prefix));
  if (fits(shard, limits_.max_file_bytes)) {
    shards.push_back(std::move(shard));
    return Status::ok();
  }
  // Two halves: of the documents, or of the only one.
  const auto half = static_cast<std::ptrdiff_t>(parts.size() / 2);
  Parts first(parts.begin(), parts.begin() + half);
  Parts second(parts.begin() + half, parts.end());
  if (first.empty()) {
    Part part = parts.front();
    part.end = part.begin + (part.end - part.begin) / 2;
    mend_cut(part);
    if (part.end == parts.front().end) return too_much_metadata(part.document);
    first.push_back(part);
    second.front().begin = part.end;
  }
  CENTO_RETURN_IF_ERROR(write_shards(first, prefix, shards));
  return write_shards(second, prefix, shards);
}

bool ShardCutter::is_cut(uint32_t document) const {
  // Large documents are cut at more often: a cut comes after so many bytes on average.
  const uint64_t chance = (std::min(costs_[document], least_bytes_) << 32) / least_bytes_;
  return hash_bytes(documents_[document].id) < chance;
}

ShardCutter::Parts ShardCutter::plan_start(const StartChooser& chooser, uint64_t budget) const {
  Parts parts;
  for (const uint32_t d : chooser.choose(budget)) {
    parts.push_back({d, 0, static_cast<uint32_t>(tokens_[d].size())});
  }
  if (!parts.empty()) return parts;
  // No document is small enough: the beginning of the first one.
  uint64_t cost = 0;
  parts.push_back(take_part(0, 0, budget, cost));
  mend_cut(parts.front());
  return parts;
}

uint64_t ShardCutter::strings_cost(const Part& part) const {
  constexpr uint32_t kColumnBytes = 16;  // of fixed width
  const Document& document = documents_[part.document];
  if (part.begin > 0) return kColumnBytes;
  return kColumnBytes + document.id.size() + document.url.size() + document.title.size();
}

uint64_t ShardCutter::heading_cost(const Heading& heading) const {
  constexpr uint32_t kColumnBytes = 13;
  return kColumnBytes + heading.anchor.size();
}

size_t ShardCutter::text_bytes(uint32_t document, uint32_t token_count) const {
  size_t bytes = 0;
  for (uint32_t i = 0; i < token_count; ++i) bytes += vocabulary_.text(tokens_[document][i]).size();
  return bytes;
}

ShardCutter::Part ShardCutter::take_part(uint32_t document, uint32_t begin, uint64_t budget,
                                         uint64_t& cost) const {
  const std::vector<TokenId>& tokens = tokens_[document];
  Part part{document, begin, begin};
  cost = strings_cost(part) + codes_.length(kDocumentEnd);
  size_t text_end = text_bytes(document, begin);
  const std::vector<Heading>& headings = documents_[document].headings;
  auto heading = std::find_if(headings.begin(), headings.end(),
                              [&](const Heading& h) { return begin == 0 || h.end > text_end; });
  while (part.end < tokens.size()) {
    const TokenId token = tokens[part.end];
    text_end += vocabulary_.text(token).size();
    cost += codes_.length(token);
    for (; heading != headings.end() && heading->end <= text_end; ++heading) {
      cost += heading_cost(*heading);
    }
    if (cost > budget) break;
    ++part.end;
  }
  return part;
}

void ShardCutter::mend_cut(Part& part) const {
  const std::vector<TokenId>& tokens = tokens_[part.document];
  const auto least = std::min(part.begin + 1, static_cast<uint32_t>(tokens.size()));
  // Not inside a character, so that a reader that has only the first part has text.
  while (part.end > least && part.end < tokens.size() &&
         is_continuation_byte(vocabulary_.text(tokens[part.end]).front())) {
    --part.end;
  }
  part.end = std::max(part.end, least);
}

Status ShardCutter::too_much_metadata(uint32_t document) const {
  return Status::invalid_argument("What is known of document \"" + documents_[document].id +
                                  "\" is larger than a file of the pack may be.");
}

Result<Shard> ShardCutter::write(const Parts& parts, Bytes prefix) const {
  ShardDocuments documents;
  uint32_t heading_floor = 0;
  Shard shard;
  ByteWriter codes;
  for (const Part& part : parts) {
    const Document& document = documents_[part.document];
    const std::vector<TokenId>& tokens = tokens_[part.document];
    const size_t text_begin = text_bytes(part.document, part.begin);
    size_t text_end = text_begin;
    for (uint32_t i = part.begin; i < part.end; ++i) {
      text_end += vocabulary_.text(tokens[i]).size();
      codes_.encode(tokens[i], codes);
    }
    shard.token_count += part.end - part.begin;
    if (part.end == tokens.size()) {
      codes_.encode(kDocumentEnd, codes);
      ++shard.token_count;
    }
    DocumentPart info;
    if (part.begin == 0) {
      info.id = document.id;
      info.url = document.url;
      info.title = document.title;
      ++shard.document_count;
    } else {
      documents.continues = true;
    }
    // A heading is told where it ends.
    for (const Heading& heading : document.headings) {
      if (heading.end > text_end) break;
      if (part.begin > 0 && heading.end <= text_begin) {
        heading_floor = heading.end;
      } else {
        info.headings.push_back(heading);
        ++shard.heading_count;
      }
    }
    documents.parts.push_back(std::move(info));
  }
  PackFileWriter writer;
  writer.add(kDocumentsSection, write_shard_documents(documents, heading_floor));
  writer.add(kTokensSection, codes.take());
  shard.data = writer.finish(kShardMagic);
  CENTO_ASSIGN_OR_RETURN(shard.file, compress_pack_file(shard.data, prefix, limits_.zstd_level));
  return shard;
}

Result<Shard> ShardCutter::fit_start(Parts& fitted) const {
  const StartChooser chooser(tokens_, costs_);
  const uint32_t limit = std::min(limits_.first_shard_bytes, limits_.max_file_bytes);
  std::optional<Shard> best;
  Parts tried;
  uint64_t too_little = 0;
  uint64_t too_much = kMaxFileBytes;
  uint64_t budget = uint64_t{limit} * 3 / 2;
  for (int attempt = 1; too_little + 1 < too_much; ++attempt) {
    budget = std::clamp(budget, too_little + 1, too_much - 1);
    Parts parts = plan_start(chooser, budget);
    if (best && parts == tried) break;
    CENTO_ASSIGN_OR_RETURN(Shard shard, write(parts, {}));
    const uint64_t file_bytes = shard.file.size();
    tried = parts;
    if (fits(shard, limit)) {
      too_little = budget;
      const bool is_full = file_bytes >= limit - limit / 32 || parts.size() == documents_.size();
      if (!best || shard.data.size() > best->data.size()) {
        best = std::move(shard);
        fitted = std::move(parts);
      }
      if (is_full || attempt >= kAttempts) break;
    } else {
      too_much = budget;
      if (best && attempt >= kAttempts) break;
    }
    // A little less than what would fill it, then halves.
    budget = attempt < kAttempts ? budget * limit / file_bytes * 127 / 128 : too_much / 2;
  }
  if (!best) return too_much_metadata(tried.front().document);
  return *std::move(best);
}

}  // namespace cento
