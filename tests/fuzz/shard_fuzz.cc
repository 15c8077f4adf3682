// The shards of a pack behind tables that tell their digests and counts, and are good but for
// sections that the input has, so that mutations meet the readers of their sections. A pack that is
// read as a whole answers, and its answers are proved.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/sha256.h"
#include "fuzz_pack.h"
#include "golden/golden_files.h"
#include "pack/pack_format.h"
#include "pack/pack_reader.h"
#include "pack/section_writer.h"

namespace {

using cento::Bytes;
using cento::fuzz::Pieces;
using cento::fuzz::require;

using File = std::vector<uint8_t>;

// The decompressed tables of a golden pack, so that its shards can be seeds.
struct Tables {
  File data;
  std::vector<cento::Section> sections;
};

const Tables& good_tables() {
  static const Tables* const instance = [] {
    auto* made = new Tables;
    made->data =
        cento::decompress_pack_file(cento::test::golden_files("lighthouses-stems-v1")[0].bytes, {})
            .value();
    made->sections = cento::read_directory(made->data, cento::kTablesMagic,
                                           std::vector<cento::SectionTag>{
                                               cento::kPackSection, cento::kShardsSection,
                                               cento::kVocabularySection, cento::kCodesSection})
                         .value();
    return made;
  }();
  return *instance;
}

// Sections that the tables have instead of the good ones: what answers are composed with.
constexpr std::array kOverridden = {
    cento::kDroppedSection,   cento::kClassesSection,       cento::kShapesSection,
    cento::kDiscourseSection, cento::kSharesSection,        cento::kStemmerSection,
    cento::kAliasesSection,   cento::kQuestionWordsSection, cento::kQuestionSpansSection};

struct Override {
  cento::SectionTag tag;
  Bytes content;
};

File tables_for(const std::vector<File>& shards, const cento::PackHeader& header,
                const std::vector<Override>& overrides) {
  cento::PackFileWriter writer;
  writer.add(cento::kPackSection, write_pack_header(header));
  std::vector<uint8_t> digests;
  for (const File& shard : shards) {
    const cento::Sha256Digest digest = cento::sha256(shard);
    digests.insert(digests.end(), digest.begin(), digest.end());
  }
  digests.resize(size_t{header.shard_count} * sizeof(cento::Sha256Digest));
  writer.add(cento::kShardsSection, std::move(digests));
  const Tables& good = good_tables();
  for (const cento::Section& section : good.sections) {
    if (section.tag == cento::kPackSection || section.tag == cento::kShardsSection) continue;
    if (std::any_of(overrides.begin(), overrides.end(),
                    [&](const Override& other) { return other.tag == section.tag; })) {
      continue;
    }
    const Bytes content = Bytes(good.data).subspan(section.offset, section.length);
    writer.add(section.tag, {content.begin(), content.end()});
  }
  for (const auto& [tag, content] : overrides) writer.add(tag, {content.begin(), content.end()});
  return cento::store_pack_file(writer.finish(cento::kTablesMagic));
}

}  // namespace

CENTO_FUZZ_TARGET(shard) {
  Pieces pieces(input);
  const std::string_view question = pieces.text();
  std::vector<Override> overrides;
  for (uint32_t count = pieces.byte() % 4; count > 0; --count) {
    const cento::SectionTag tag = kOverridden[pieces.byte() % kOverridden.size()];
    overrides.push_back({tag, pieces.counted()});
  }
  std::vector<File> shards;
  while (!pieces.is_empty() && shards.size() < 4) {
    cento::PackFileWriter writer;
    for (const cento::SectionTag tag : {cento::kDocumentsSection, cento::kTokensSection}) {
      const Bytes content = pieces.counted();
      writer.add(tag, {content.begin(), content.end()});
    }
    shards.push_back(writer.finish(cento::kShardMagic));
  }
  // First behind tables that announce more than there can be, which tells the counts.
  cento::PackHeader header;
  header.document_count = cento::kMaxStreamTokens - 1;
  header.token_count = cento::kMaxStreamTokens;
  header.text_bytes = cento::kMaxTokenBytes * header.token_count;
  header.shard_count = static_cast<uint32_t>(shards.size()) + 1;
  cento::PackReader reader;
  if (!reader.open_tables(tables_for(shards, header, overrides)).is_ok()) return;
  std::vector<File> files(1);
  for (const File& shard : shards) {
    files.push_back(cento::store_pack_file(shard));
    if (!reader.add_shard(files.back()).is_ok()) return;
  }
  if (shards.empty() || reader.is_inside_document()) return;
  header.document_count = reader.documents().size();
  header.token_count = reader.stream_length();
  header.shard_count = static_cast<uint32_t>(shards.size());
  header.text_bytes = 0;
  for (uint32_t d = 0; d < reader.documents().size(); ++d) {
    header.text_bytes += reader.documents()[d].text_bytes;
  }
  files[0] = tables_for(shards, header, overrides);
  cento::fuzz::OpenedPack pack;
  const cento::Status status = pack.open(files);
  // All but the shares were read before; more text than tables may announce is refused.
  require(status.is_ok() || !overrides.empty() || header.text_bytes > cento::kFreeTextBytes);
  if (!status.is_ok()) return;
  ask_everything(pack, question);
}
