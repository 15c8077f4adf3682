#include "build/shard_cutter.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>

#include "build/pack_file_writer.h"
#include "build/start_chooser.h"
#include "pack/pack_reader.h"

namespace cento {
namespace {

constexpr int kAttempts = 5;  // to fill a shard

bool is_continuation_byte(char byte) { return (static_cast<uint8_t>(byte) & 0xC0) == 0x80; }

}  // namespace

ShardCutter::ShardCutter(std::span<const Document> documents,
                         std::span<const std::vector<TokenId>> tokens, const Vocabulary& vocabulary,
                         const TokenCodes& codes, const ShardLimits& limits)
    : documents_(documents),
      tokens_(tokens),
      vocabulary_(vocabulary),
      codes_(codes),
      limits_(limits),
      order_(documents.size()) {
  for (uint32_t d = 0; d < order_.size(); ++d) order_[d] = d;
}

Result<std::vector<Shard>> ShardCutter::cut(const Progress& progress) {
  std::vector<uint64_t> costs;
  for (uint32_t d = 0; d < documents_.size(); ++d) {
    uint64_t cost = 0;
    take_part(d, 0, std::numeric_limits<uint64_t>::max(), cost);
    costs.push_back(cost);
  }
  const StartChooser chooser(tokens_, std::move(costs));
  const Plan plan_start = [&](uint64_t budget) {
    Parts parts;
    for (const uint32_t d : chooser.choose(budget)) {
      parts.push_back({d, 0, static_cast<uint32_t>(tokens_[d].size())});
    }
    return parts.empty() ? plan_next(budget) : parts;
  };
  const Plan plan_rest = [&](uint64_t budget) { return plan_next(budget); };

  std::vector<Shard> shards;
  while (next_ < order_.size()) {
    if (!report(progress, "compressing", next_, order_.size())) return Status::aborted();
    const bool is_first = shards.empty();
    const uint32_t limit = is_first ? std::min(limits_.first_shard_bytes, limits_.max_file_bytes)
                                    : limits_.max_file_bytes;
    Parts parts;
    CENTO_ASSIGN_OR_RETURN(Shard shard, fit(is_first ? plan_start : plan_rest, limit,
                                            is_first ? Bytes() : Bytes(shards[0].data), parts));
    if (is_first) {
      ++shard.token_count;  // the opening mark
      std::vector<bool> is_in_start(documents_.size());
      for (const Part& part : parts) is_in_start[part.document] = true;
      std::stable_partition(order_.begin(), order_.end(),
                            [&](uint32_t d) { return is_in_start[d]; });
    }
    advance(parts);
    shards.push_back(std::move(shard));
  }
  return shards;
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

ShardCutter::Parts ShardCutter::plan_next(uint64_t budget) const {
  Parts parts;
  uint32_t begin = next_token_;
  for (size_t i = next_; i < order_.size(); ++i, begin = 0) {
    const uint32_t document = order_[i];
    uint64_t cost = 0;
    Part part = take_part(document, begin, budget, cost);
    if (cost > budget) {
      if (parts.empty()) {
        mend_cut(part);
        parts.push_back(part);
      }
      break;
    }
    parts.push_back(part);
    budget -= cost;
  }
  return parts;
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

bool ShardCutter::is_everything(const Parts& parts) const {
  const Part& last = parts.back();
  return parts.size() == order_.size() - next_ && last.end == tokens_[last.document].size();
}

void ShardCutter::advance(const Parts& parts) {
  const Part& last = parts.back();
  next_ += parts.size();
  next_token_ = 0;
  if (last.end < tokens_[last.document].size()) {
    --next_;
    next_token_ = last.end;
  }
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

Result<Shard> ShardCutter::fit(const Plan& plan, uint32_t limit, Bytes prefix, Parts& fitted) {
  std::optional<Shard> best;
  Parts tried;
  uint64_t too_little = 0;
  uint64_t too_much = kMaxFileBytes;
  uint64_t budget = limit * data_bytes_ / file_bytes_;
  for (int attempt = 1; too_little + 1 < too_much; ++attempt) {
    budget = std::clamp(budget, too_little + 1, too_much - 1);
    Parts parts = plan(budget);
    if (best && parts == tried) break;
    CENTO_ASSIGN_OR_RETURN(Shard shard, write(parts, prefix));
    const bool fits = shard.file.size() <= limit && shard.data.size() <= kMaxFileBytes &&
                      shard.document_count <= kMaxShardDocuments &&
                      shard.heading_count <= kMaxShardHeadings;
    data_bytes_ = shard.data.size();
    file_bytes_ = shard.file.size();
    tried = parts;
    if (fits) {
      too_little = budget;
      const bool is_full = shard.file.size() >= limit - limit / 32;
      if (!best || shard.data.size() > best->data.size()) {
        best = std::move(shard);
        fitted = std::move(parts);
      }
      if (is_full || attempt >= kAttempts || is_everything(fitted)) break;
    } else {
      too_much = budget;
      if (best && attempt >= kAttempts) break;
    }
    // A little less than what would fill it, then halves.
    budget = attempt < kAttempts ? budget * limit / file_bytes_ * 127 / 128 : too_much / 2;
  }
  if (!best) {
    return Status::invalid_argument("What is known of document \"" +
                                    documents_[tried.front().document].id +
                                    "\" is larger than a file of the pack may be.");
  }
  return *std::move(best);
}

}  // namespace cento
