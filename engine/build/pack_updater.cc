#include "build/pack_updater.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>

#include "build/pack_assembly.h"
#include "build/pack_file_writer.h"
#include "build/shard_cutter.h"
#include "build/vocabulary_growth.h"
#include "pack/section_writer.h"
#include "text/tokenizer.h"

namespace cento {
namespace {

// When a full build is advised. Tables that fit a little worse cost little: new text must take this
// much more than the base's, and be a tenth of the pack.
constexpr double kMostTokensPerByte = 1.3;
constexpr double kMostByteTokens = 0.05;  // more than in the base
constexpr double kMinNewText = 0.1;
constexpr double kMostPassedOver = 0.5;

constexpr uint32_t kNone = ~uint32_t{0};

// New documents beside those of the base.
struct Match {
  std::vector<uint32_t> document_of;  // by document of the base; kNone where it is gone
  std::vector<bool> is_kept;          // by document of the base
  std::vector<uint32_t> added;        // documents that the base does not have, in their order
};

bool is_same(const Document& document, const DocumentInfo& info, const std::string& text) {
  return document.url == info.url && document.title == info.title && document.text == text &&
         std::equal(document.headings.begin(), document.headings.end(), info.headings.begin(),
                    info.headings.end());
}

Match match(std::span<const Document> documents, const BasePack& base) {
  const DocumentList& list = base.reader.documents();
  std::vector<uint32_t> by_id(list.size());
  for (uint32_t d = 0; d < list.size(); ++d) by_id[d] = d;
  std::sort(by_id.begin(), by_id.end(),
            [&](uint32_t a, uint32_t b) { return list[a].id < list[b].id; });
  Match found{std::vector<uint32_t>(list.size(), kNone), std::vector<bool>(list.size()), {}};
  for (uint32_t d = 0; d < documents.size(); ++d) {
    const auto at =
        std::lower_bound(by_id.begin(), by_id.end(), std::string_view(documents[d].id),
                         [&](uint32_t i, std::string_view id) { return list[i].id < id; });
    if (at == by_id.end() || list[*at].id != documents[d].id) {
      found.added.push_back(d);
      continue;
    }
    found.document_of[*at] = d;
    found.is_kept[*at] = is_same(documents[d], list[*at], base.text(*at));
  }
  return found;
}

// Tokens that can be appended without new codes for the others (see TokenCodes).
uint32_t room_for_tokens(const TokenCodes& codes, uint32_t vocabulary_size) {
  const auto one_byte = static_cast<uint32_t>(codes.one_byte_tokens().size());
  const uint32_t two_bytes = (256 - one_byte) * 256;
  const uint32_t others = vocabulary_size - one_byte;
  return (others <= two_bytes ? two_bytes - others : kMaxVocabulary - vocabulary_size);
}

class Update {
 public:
  Update(std::vector<Document> documents, const BasePack& base, const PackOptions& options,
         const Progress& progress)
      : documents_(std::move(documents)),
        base_(base),
        options_(options),
        progress_(progress),
        match_(match(documents_, base)),
        class_of_(base.reader.classes()) {}

  Result<UpdatedPack> run() {
    CENTO_RETURN_IF_ERROR(check_start());
    CENTO_RETURN_IF_ERROR(spell());
    const TokenCodes base_codes = base_.codes();
    const std::span<const TokenId> one_byte = base_codes.one_byte_tokens();
    const TokenCodes codes({one_byte.begin(), one_byte.end()}, vocabulary_->size());
    ShardCutter cutter(documents_, tokens_, *vocabulary_, codes,
                       {.first_shard_bytes = options_.first_shard_bytes,
                        .max_file_bytes = options_.max_file_bytes,
                        .zstd_level = options_.zstd_level});
    CENTO_RETURN_IF_ERROR(cut(cutter));
    CENTO_RETURN_IF_ERROR(assemble());
    measure();
    return UpdatedPack{std::move(built_), std::move(figures_)};
  }

 private:
  // A shard as it will be listed: one of the base's, or new.
  struct Listed {
    std::vector<uint8_t> file;
    uint64_t raw_bytes;
    Sha256Digest digest;
    uint32_t document_count;
    uint32_t token_count;
  };

  uint32_t start_documents() const { return base_.shards[0].document_count; }
  bool start_goes_on() const { return base_.shards.size() > 1 && base_.shards[1].continues; }

  // What shard 0 has to keep, and what is passed over in it.
  Status check_start() {
    const uint32_t count = start_documents();
    uint32_t kept = 0;
    for (uint32_t d = 0; d < count; ++d) kept += match_.is_kept[d] ? 1 : 0;
    if (kept == 0 || (start_goes_on() && !match_.is_kept[count - 1])) {
      return Status::invalid_argument(
          "Nothing that the base's first shard must keep is left: build without --base.");
    }
    // Parts of the file that were passed over before have no document in the base.
    const std::vector<uint32_t>& before = base_.reader.dropped();
    uint32_t part = 0;
    for (uint32_t d = 0; d < count; ++part) {
      const bool was_dropped = std::binary_search(before.begin(), before.end(), part);
      if (was_dropped || !match_.is_kept[d]) dropped_.push_back(part);
      if (!was_dropped) ++d;
    }
    for (const uint32_t d : before) {
      if (d >= part) dropped_.push_back(d);
    }
    return Status::ok();
  }

  // Grows the vocabulary and spells all documents in it.
  Status spell() {
    const DocumentList& list = base_.reader.documents();
    std::vector<bool> is_new(documents_.size(), true);
    std::vector<SpelledText> kept;
    tokens_.resize(documents_.size());
    for (uint32_t d = 0; d < list.size(); ++d) {
      if (!match_.is_kept[d]) continue;
      const uint32_t document = match_.document_of[d];
      is_new[document] = false;
      const std::span<const TokenId> tokens = base_.tokens(d);
      tokens_[document].assign(tokens.begin(), tokens.end());
      kept.push_back({documents_[document].text, tokens});
    }
    std::vector<std::string_view> added;
    for (uint32_t d = 0; d < documents_.size(); ++d) {
      if (is_new[d]) added.push_back(documents_[d].text);
    }
    const Vocabulary& vocabulary = base_.reader.vocabulary();
    const std::vector<std::string> appended =
        appended_tokens(vocabulary, added, kept, room_for_tokens(base_.codes(), vocabulary.size()));
    CENTO_ASSIGN_OR_RETURN(vocabulary_, append(vocabulary, appended));
    figures_.appended_tokens = static_cast<uint32_t>(appended.size());

    const Tokenizer tokenizer(*vocabulary_);
    std::vector<std::vector<TokenId>> new_tokens;
    uint64_t bytes = 0;
    uint64_t token_count = 0;
    uint64_t byte_count = 0;
    const auto is_byte = [](TokenId token) { return token < kFirstMergedToken; };
    for (uint32_t d = 0; d < documents_.size(); ++d) {
      if (!report(progress_, "encoding", d, documents_.size())) return Status::aborted();
      if (!is_new[d]) continue;
      tokenizer.encode(documents_[d].text, tokens_[d]);
      bytes += documents_[d].text.size();
      token_count += tokens_[d].size();
      byte_count +=
          static_cast<uint64_t>(std::count_if(tokens_[d].begin(), tokens_[d].end(), is_byte));
      new_tokens.push_back(tokens_[d]);
    }
    if (!class_of_.empty()) {
      append_classes(base_.reader.stream(), new_tokens, vocabulary_->size(), class_of_);
    }
    const std::vector<TokenId>& stream = base_.reader.stream();
    const uint64_t base_tokens = stream.size() - list.size() - 1;
    const auto base_bytes =
        static_cast<uint64_t>(std::count_if(stream.begin(), stream.end(), is_byte)) - list.size() -
        1;
    const auto share = [](uint64_t part, uint64_t whole) {
      return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
    };
    figures_.tokens_per_byte = share(token_count, bytes);
    figures_.byte_tokens = share(byte_count, token_count);
    figures_.base_tokens_per_byte = share(base_tokens, base_.reader.header().text_bytes);
    figures_.base_byte_tokens = share(base_bytes, base_tokens);
    new_bytes_of_text_ = bytes;
    return Status::ok();
  }

  // Whether all documents of shard s stay, and those that it shares with a shard that changes are
  // whole there.
  std::vector<bool> shards_that_stay(const ShardCutter& cutter) const {
    const std::vector<BaseShard>& shards = base_.shards;
    std::vector<bool> stays(shards.size(), true);
    for (size_t s = 1; s < shards.size(); ++s) {
      const uint32_t first = shards[s].first_document - (shards[s].continues ? 1 : 0);
      const uint32_t end = shards[s].first_document + shards[s].document_count;
      for (uint32_t d = first; d < end; ++d) stays[s] = stays[s] && match_.is_kept[d];
    }
    if (shards.size() > 1 && !appended().empty() &&
        shards.back().raw_bytes < cutter.least_bytes()) {
      stays.back() = false;
    }
    for (size_t s = 2; s < shards.size(); ++s) {
      if (shards[s].continues && !stays[s - 1]) stays[s] = false;
    }
    for (size_t s = shards.size() - 1; s >= 2; --s) {
      if (shards[s].continues && !stays[s]) stays[s - 1] = false;
    }
    return stays;
  }

  // Documents that come behind those of the base: changed ones of shard 0, then new ones.
  std::vector<uint32_t> appended() const {
    std::vector<uint32_t> order;
    for (uint32_t d = 0; d < start_documents(); ++d) {
      if (!match_.is_kept[d] && match_.document_of[d] != kNone) {
        order.push_back(match_.document_of[d]);
      }
    }
    order.insert(order.end(), match_.added.begin(), match_.added.end());
    return order;
  }

  Status cut(ShardCutter& cutter) {
    const std::vector<bool> stays = shards_that_stay(cutter);
    keep(0);
    std::vector<uint32_t> stretch;
    uint32_t first_token = 0;
    for (size_t s = 1; s < base_.shards.size(); ++s) {
      const BaseShard& shard = base_.shards[s];
      if (stays[s]) {
        CENTO_RETURN_IF_ERROR(write_stretch(stretch, first_token, cutter));
        keep(s);
        continue;
      }
      if (s == 1 && shard.continues) {
        const uint32_t last = start_documents() - 1;
        stretch.push_back(match_.document_of[last]);
        const uint32_t in_start = base_.shards[0].token_count - 1;  // without the opening mark
        first_token = in_start + 1 - base_.reader.documents()[last].first_token;
      }
      for (uint32_t d = shard.first_document; d < shard.first_document + shard.document_count;
           ++d) {
        if (match_.document_of[d] != kNone) stretch.push_back(match_.document_of[d]);
      }
    }
    const std::vector<uint32_t> behind = appended();
    stretch.insert(stretch.end(), behind.begin(), behind.end());
    return write_stretch(stretch, first_token, cutter);
  }

  void keep(size_t s) {
    const BaseShard& shard = base_.shards[s];
    Listed listed{shard.file, shard.raw_bytes, shard.digest, shard.document_count,
                  shard.token_count};
    if (s == 0) {
      for (uint32_t d = 0; d < start_documents(); ++d) {
        if (match_.is_kept[d]) continue;
        --listed.document_count;
        listed.token_count -= static_cast<uint32_t>(base_.tokens(d).size()) + 1;
      }
    }
    listed_.push_back(std::move(listed));
  }

  Status write_stretch(std::vector<uint32_t>& stretch, uint32_t& first_token, ShardCutter& cutter) {
    std::vector<Shard> shards;
    CENTO_RETURN_IF_ERROR(cutter.cut_stretch(stretch, first_token, base_.start, shards, progress_));
    for (Shard& shard : shards) {
      listed_.push_back({std::move(shard.file), shard.data.size(), sha256(shard.data),
                         shard.document_count, shard.token_count});
    }
    stretch.clear();
    first_token = 0;
    return Status::ok();
  }

  PackHeader header() const {
    PackHeader header;
    header.name = options_.name;
    header.title = options_.title.empty() ? options_.name : options_.title;
    header.licence = options_.licence;
    header.language = options_.language;
    header.document_count = static_cast<uint32_t>(documents_.size());
    header.shard_count = static_cast<uint32_t>(listed_.size());
    header.token_count = 1;
    for (const std::vector<TokenId>& tokens : tokens_) {
      header.token_count += static_cast<uint32_t>(tokens.size()) + 1;
    }
    for (const Document& document : documents_) header.text_bytes += document.text.size();
    return header;
  }

  // The sections of the base's tables with what is different.
  Result<std::vector<uint8_t>> write_tables(const PackHeader& header) const {
    constexpr std::array kKnown = {kPackSection, kShardsSection, kVocabularySection, kCodesSection};
    CENTO_ASSIGN_OR_RETURN(const std::vector<Section> sections,
                           read_directory(base_.tables, kTablesMagic, kKnown));
    PackFileWriter writer;
    for (const Section& section : sections) {
      if (section.tag == kDroppedSection) continue;
      writer.add(section.tag, write_section(section, header));
    }
    if (!dropped_.empty()) {
      ByteWriter dropped;
      dropped.put_array<uint32_t>(dropped_);
      writer.add(kDroppedSection, dropped.take());
    }
    std::vector<uint8_t> tables = writer.finish(kTablesMagic);
    tables[sizeof(PackMagic)] = static_cast<uint8_t>(kPackFormatVersion);
    return tables;
  }

  std::vector<uint8_t> write_section(const Section& section, const PackHeader& header) const {
    if (section.tag == kPackSection) return write_pack_header(header);
    if (section.tag == kShardsSection) {
      std::vector<Sha256Digest> digests;
      for (const Listed& shard : listed_) digests.push_back(shard.digest);
      return write_digests(digests);
    }
    if (section.tag == kVocabularySection) return write_vocabulary(*vocabulary_);
    if (section.tag == kClassesSection) return class_of_;
    const Bytes bytes = Bytes(base_.tables).subspan(section.offset, section.length);
    return {bytes.begin(), bytes.end()};
  }

  // Nothing is new: then the pack is the base, and nobody downloads tables.
  bool is_base(const PackHeader& now) const {
    const PackHeader& then = base_.reader.header();
    const bool is_same_header = now.name == then.name && now.title == then.title &&
                                now.licence == then.licence && now.language == then.language;
    return is_same_header && match_.added.empty() &&
           std::all_of(match_.is_kept.begin(), match_.is_kept.end(), [](bool k) { return k; });
  }

  Status assemble() {
    const PackHeader header = this->header();
    PackAssembly assembly;
    if (is_base(header) && base_.tables_file.empty()) {
      assembly.add_tables(base_.root_file, base_.root_tables);
    } else {
      std::vector<uint8_t> tables = base_.tables;
      std::vector<uint8_t> file = base_.tables_file;
      if (!is_base(header)) {
        CENTO_ASSIGN_OR_RETURN(tables, write_tables(header));
        CENTO_ASSIGN_OR_RETURN(file,
                               compress_pack_file(tables, base_.root_tables, options_.zstd_level));
      }
      assembly.add_base_tables(base_.root_file, base_.root_tables.size());
      assembly.add_tables(std::move(file), tables);
    }
    for (Listed& shard : listed_) {
      assembly.add_shard(std::move(shard.file), shard.raw_bytes, shard.document_count,
                         shard.token_count);
    }
    built_ = assembly.finish(header, vocabulary_->size(), base_.reader.class_count(),
                             base_.reader.shapes().size());
    return Status::ok();
  }

  void measure() {
    std::set<Sha256Digest> base_files = {sha256(base_.root_file), sha256(base_.tables_file)};
    for (const BaseShard& shard : base_.shards) base_files.insert(sha256(shard.file));
    for (const PackFile& file : built_.files) {
      if (base_files.contains(sha256(file.bytes))) {
        ++figures_.kept_files;
      } else {
        figures_.new_bytes += file.bytes.size();
      }
    }
    for (uint32_t d = 0; d < match_.is_kept.size(); ++d) {
      if (match_.is_kept[d]) {
        ++figures_.kept;
      } else {
        ++(match_.document_of[d] == kNone ? figures_.removed : figures_.changed);
      }
    }
    figures_.added = static_cast<uint32_t>(match_.added.size());
    const auto in_start = static_cast<double>(start_documents() + base_.reader.dropped().size());
    figures_.passed_over = static_cast<double>(dropped_.size()) / in_start;
    const double text = static_cast<double>(built_.text_bytes);
    const bool is_much = static_cast<double>(new_bytes_of_text_) > kMinNewText * text;
    if (is_much && figures_.tokens_per_byte > kMostTokensPerByte * figures_.base_tokens_per_byte) {
      figures_.drift = "the new text takes many more tokens than the base's";
    } else if (is_much && figures_.byte_tokens > figures_.base_byte_tokens + kMostByteTokens) {
      figures_.drift = "the base's vocabulary lacks much of what the new text is written in";
    } else if (figures_.passed_over > kMostPassedOver) {
      figures_.drift = "most of what the first shard holds is no longer part of the pack";
    }
  }

  std::vector<Document> documents_;
  const BasePack& base_;
  const PackOptions& options_;
  const Progress& progress_;
  Match match_;
  std::optional<Vocabulary> vocabulary_;
  std::vector<uint8_t> class_of_;
  std::vector<std::vector<TokenId>> tokens_;  // of documents_
  std::vector<uint32_t> dropped_;             // parts of shard 0
  std::vector<Listed> listed_;
  BuiltPack built_;
  UpdateFigures figures_;
  uint64_t new_bytes_of_text_ = 0;
};

}  // namespace

Result<UpdatedPack> update_pack(std::vector<Document> documents, const BasePack& base,
                                const PackOptions& options, const Progress& progress) {
  CENTO_RETURN_IF_ERROR(check_documents(documents));
  return Update(std::move(documents), base, options, progress).run();
}

}  // namespace cento
