#include "build/pack_builder.h"

#include <algorithm>
#include <limits>
#include <string_view>

#include "base/sha256.h"
#include "build/pack_assembly.h"
#include "build/pack_file_writer.h"
#include "build/shard_cutter.h"
#include "build/share_fit.h"
#include "build/stem_rules.h"
#include "levels/class_level.h"
#include "levels/discourse_level.h"
#include "levels/sentence_starts.h"
#include "levels/shape_level.h"
#include "levels/token_level.h"
#include "pack/pack_reader.h"
#include "pack/section_writer.h"
#include "text/tokenizer.h"

namespace cento {
namespace {

// Codes of three bytes are worth it only where more tokens than this can have one byte.
constexpr size_t kLeastOneByteTokens = 160;
constexpr size_t kGrowth = 256;  // tokens that updates may append without new codes for the others

// The most one-byte codes that leave two bytes to all other tokens. See docs/format.md for trials.
size_t one_byte_count(uint32_t vocabulary_size) {
  size_t count = TokenCodes::kMaxOneByteTokens;
  while (count > kLeastOneByteTokens && vocabulary_size + kGrowth - count > (256 - count) * 256) {
    --count;
  }
  return count;
}

// Gives the one-byte codes to the most frequent tokens, document ends among them.
TokenCodes choose_codes(std::span<const std::vector<TokenId>> tokens, uint32_t vocabulary_size) {
  std::vector<uint64_t> counts(vocabulary_size);
  counts[kDocumentEnd] = tokens.size();
  for (const std::vector<TokenId>& document : tokens) {
    for (const TokenId token : document) ++counts[token];
  }
  std::vector<TokenId> ids;
  for (uint32_t id = 0; id < vocabulary_size; ++id) ids.push_back(static_cast<TokenId>(id));
  std::sort(ids.begin(), ids.end(), [&](TokenId a, TokenId b) {
    return counts[a] != counts[b] ? counts[a] > counts[b] : a < b;
  });
  ids.resize(one_byte_count(vocabulary_size));
  return TokenCodes(std::move(ids), vocabulary_size);
}

// The documents as they come, in one stream (see DocumentList).
std::vector<TokenId> join(std::span<const std::vector<TokenId>> tokens, size_t token_count) {
  std::vector<TokenId> stream;
  stream.reserve(token_count);
  stream.push_back(kDocumentEnd);
  for (const std::vector<TokenId>& document : tokens) {
    stream.insert(stream.end(), document.begin(), document.end());
    stream.push_back(kDocumentEnd);
  }
  return stream;
}

std::vector<uint8_t> write_tables(const PackHeader& header, const Vocabulary& vocabulary,
                                  const TokenCodes& codes, const TokenClasses& classes,
                                  const Shapes& shapes, const DiscourseTables& discourse,
                                  std::span<const uint8_t> shares, const Stemmer& stemmer,
                                  const QuestionTables& questions, std::span<const Shard> shards) {
  std::vector<Sha256Digest> digests;
  for (const Shard& shard : shards) digests.push_back(sha256(shard.data));

  PackFileWriter writer;
  writer.add(kPackSection, write_pack_header(header));
  writer.add(kShardsSection, write_digests(digests));
  writer.add(kVocabularySection, write_vocabulary(vocabulary));
  writer.add(kCodesSection, write_token_codes(codes));
  writer.add(kClassesSection, classes.class_of);
  writer.add(kShapesSection, write_shapes(shapes));
  if (discourse.paragraphs > 0) {
    ByteWriter tables;
    discourse.save(tables);
    writer.add(kDiscourseSection, tables.take());
  }
  if (!shares.empty()) writer.add(kSharesSection, {shares.begin(), shares.end()});
  if (stemmer.rule_count() > 0) {
    ByteWriter rules;
    stemmer.save(rules);
    writer.add(kStemmerSection, rules.take());
  }
  if (!questions.aliases.is_empty()) {
    ByteWriter aliases;
    questions.aliases.save(aliases);
    writer.add(kAliasesSection, aliases.take());
  }
  if (questions.words.is_counted()) {
    ByteWriter words;
    questions.words.save(words);
    writer.add(kQuestionWordsSection, words.take());
  }
  if (questions.spans.is_counted()) {
    ByteWriter spans;
    questions.spans.save(spans);
    writer.add(kQuestionSpansSection, spans.take());
  }
  return writer.finish(kTablesMagic);
}

}  // namespace

Result<BuiltPack> build_pack(std::vector<Document> documents, const PackOptions& options,
                             const Progress& progress) {
  CENTO_RETURN_IF_ERROR(check_documents(documents));
  std::vector<std::string_view> texts;
  texts.reserve(documents.size());
  for (const Document& document : documents) texts.push_back(document.text);
  CENTO_ASSIGN_OR_RETURN(
      const Vocabulary vocabulary,
      build_vocabulary(texts, {.max_vocabulary = options.max_vocabulary}, progress));

  PackHeader header;
  header.name = options.name;
  header.title = options.title.empty() ? options.name : options.title;
  header.licence = options.licence;
  header.language = options.language;
  header.document_count = static_cast<uint32_t>(documents.size());

  const Tokenizer tokenizer(vocabulary);
  std::vector<std::vector<TokenId>> tokens(documents.size());
  uint64_t token_count = 1;  // the opening mark
  for (size_t d = 0; d < documents.size(); ++d) {
    if (!report(progress, "encoding", d, documents.size())) return Status::aborted();
    tokenizer.encode(texts[d], tokens[d]);
    token_count += tokens[d].size() + 1;
    header.text_bytes += texts[d].size();
    if (token_count > kMaxStreamTokens) {
      return Status(StatusCode::kResourceExhausted,
                    "There is more text than a pack may hold. Build several packs.");
    }
  }
  header.token_count = static_cast<uint32_t>(token_count);
  const std::vector<TokenId> stream = join(tokens, header.token_count);
  CENTO_ASSIGN_OR_RETURN(const TokenClasses classes,
                         build_classes(stream, vocabulary.size(), progress));
  SentenceStarts starts;
  uint32_t first_token = 1;
  for (size_t d = 0; d < documents.size(); ++d) {
    starts.add_document(tokens[d], first_token, vocabulary, documents[d].headings);
    first_token += static_cast<uint32_t>(tokens[d].size()) + 1;
  }
  CENTO_ASSIGN_OR_RETURN(const Shapes shapes,
                         build_shapes(stream, starts.positions, vocabulary, classes, progress));
  CENTO_ASSIGN_OR_RETURN(const DiscourseTables discourse, build_discourse(documents, progress));
  CENTO_ASSIGN_OR_RETURN(const std::vector<uint8_t> shares,
                         fit_shares(stream, vocabulary, classes, options.without, progress));
  const Stemmer stemmer = build_stemmer(documents, options.language);
  const TokenCodes codes = choose_codes(tokens, vocabulary.size());
  ShardCutter cutter(documents, tokens, vocabulary, codes,
                     {.first_shard_bytes = options.first_shard_bytes,
                      .max_file_bytes = options.max_file_bytes,
                      .zstd_level = options.zstd_level});
  CENTO_ASSIGN_OR_RETURN(std::vector<Shard> shards, cutter.cut(progress));
  header.shard_count = static_cast<uint32_t>(shards.size());

  const std::vector<uint8_t> tables =
      write_tables(header, vocabulary, codes, classes, shapes, discourse, shares, stemmer,
                   options.questions, shards);
  CENTO_ASSIGN_OR_RETURN(std::vector<uint8_t> tables_file,
                         compress_pack_file(tables, {}, options.zstd_level));
  if (tables_file.size() > options.max_file_bytes) {
    return Status::invalid_argument("The tables take " + std::to_string(tables_file.size()) +
                                    " bytes, more than a file of the pack may have.");
  }
  PackAssembly assembly;
  assembly.add_tables(std::move(tables_file), tables);
  for (Shard& shard : shards) {
    assembly.add_shard(std::move(shard.file), shard.data.size(), shard.document_count,
                       shard.token_count);
  }
  return assembly.finish(header, vocabulary.size(), classes.class_count, shapes.size());
}

}  // namespace cento
