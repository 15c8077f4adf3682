// The tables file of a pack: as it lies on the wire, as what a frame decompresses to, and section
// by section, so that a mutation meets the reader of its section and not the checks before it.
#include <array>
#include <string>
#include <vector>

#include "fuzz_target.h"
#include "pack/pack_format.h"
#include "pack/pack_reader.h"
#include "pack/section_writer.h"
#include "text/tokenizer.h"

namespace {

using cento::Bytes;
using cento::fuzz::Pieces;
using cento::fuzz::require;

constexpr std::array kTags = {
    cento::kPackSection,      cento::kShardsSection,        cento::kVocabularySection,
    cento::kCodesSection,     cento::kClassesSection,       cento::kShapesSection,
    cento::kDiscourseSection, cento::kSharesSection,        cento::kStemmerSection,
    cento::kAliasesSection,   cento::kQuestionWordsSection, cento::kQuestionSpansSection,
    cento::kDroppedSection,   cento::make_tag("free"),      cento::make_tag("MUST")};

std::vector<uint8_t> assemble(Pieces& pieces) {
  cento::PackFileWriter writer;
  while (!pieces.is_empty()) {
    const cento::SectionTag tag = kTags[pieces.byte() % kTags.size()];
    const Bytes content = pieces.counted();
    writer.add(tag, {content.begin(), content.end()});
  }
  return cento::store_pack_file(writer.finish(cento::kTablesMagic));
}

// Uses what was read.
void look_up(const cento::PackReader& reader, std::string_view text) {
  std::vector<cento::TokenId> tokens;
  const cento::Tokenizer tokenizer(reader.vocabulary());
  tokenizer.encode(text, tokens);
  std::string decoded;
  tokenizer.decode(tokens, decoded);
  require(decoded == text);
  (void)reader.stemmer().stem(text);
  (void)reader.memory_bytes();
  require(reader.classes().empty() || reader.classes().size() == reader.vocabulary().size());
}

}  // namespace

CENTO_FUZZ_TARGET(tables) {
  Pieces pieces(input);
  const uint8_t form = pieces.byte() % 4;
  cento::PackReader reader;
  if (form == 0) {
    (void)reader.open_tables(pieces.rest());
  } else if (form == 1) {
    (void)reader.open_tables(cento::store_pack_file(pieces.rest()));
  } else {
    const std::string_view text = pieces.text();
    const std::vector<uint8_t> file = assemble(pieces);
    if (!reader.open_tables(file).is_ok()) return;
    look_up(reader, text);
    // Tables are no shard.
    require(!reader.add_shard(file).is_ok());
    // A pack's own tables behind base tables.
    if (form == 3) (void)reader.open_tables(file);
  }
}
