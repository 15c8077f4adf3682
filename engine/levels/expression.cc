#include "levels/expression.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "levels/sentence_starts.h"

namespace cento {
namespace {

constexpr uint32_t kImageMagic = 0x58544E43;  // "CNTX"
constexpr uint32_t kImageVersion = 9;
constexpr size_t kPackIdBytes = 32;

Result<PatternIndex> index_classes(std::span<const TokenId> stream,
                                   std::span<const uint8_t> class_of, const Progress& progress) {
  std::vector<Symbol> classes;
  classes.reserve(stream.size());
  for (const TokenId token : stream) classes.push_back(class_of[token]);
  const uint32_t class_count = *std::max_element(class_of.begin(), class_of.end()) + 1u;
  return PatternIndex::build(
      classes, class_count,
      {.continuation_counts = false, .positions = false, .given_up = &classes}, progress);
}

RankBitVector to_bit_vector(const std::vector<bool>& bits) {
  RankBitVectorBuilder builder(static_cast<uint32_t>(bits.size()));
  for (const bool bit : bits) builder.push(bit);
  return std::move(builder).finish();
}

void write(const Expression& expression, ByteWriter& writer) {
  writer.put<uint32_t>(kImageMagic);
  writer.put<uint32_t>(kImageVersion);
  writer.put_bytes(as_bytes(expression.pack_id));
  writer.put<uint32_t>(expression.shards);
  expression.tokens.save(writer);
  expression.classes.save(writer);
  expression.sentence_starts.save(writer);
  expression.paragraph_starts.save(writer);
  expression.offsets.save(writer);
  expression.words.save(writer);
  expression.documents.save(writer);
}

// The sum of an image begins with its size; then come its bytes, all but the last call with a
// multiple of eight of them.
uint64_t add_to_checksum(uint64_t sum, Bytes bytes) {
  constexpr uint64_t kOdd = 0x9E3779B97F4A7C15u;  // so that no two words give the same product
  static_assert(ByteWriter::kBlockBytes % sizeof sum == 0);
  uint64_t word = 0;
  for (; bytes.size() >= sizeof word; bytes = bytes.subspan(sizeof word)) {
    std::memcpy(&word, bytes.data(), sizeof word);
    sum = ((sum << 23 | sum >> 41) ^ word) * kOdd;
  }
  for (const uint8_t byte : bytes) sum = ((sum << 23 | sum >> 41) ^ byte) * kOdd;
  return sum;
}

}  // namespace

Result<Expression> Expression::build(std::string pack_id, uint32_t shards,
                                     std::span<const TokenId> stream, const Vocabulary& vocabulary,
                                     const DocumentList& documents,
                                     std::span<const uint8_t> class_of, const Stemmer& stemmer,
                                     const Progress& progress) {
  if (stream.empty() || documents.size() == 0) {
    return Status::invalid_argument(
        "There is no text yet: add a shard before expressing the pack.");
  }
  Expression expression;
  expression.pack_id = std::move(pack_id);
  expression.shards = shards;

  SentenceStarts starts;
  for (DocId d = 0; d < documents.size(); ++d) {
    if (d % 16 == 0 && !report(progress, "finding sentences", d, documents.size())) {
      return Status::aborted();
    }
    const DocumentInfo& document = documents[d];
    if (document.first_token >= stream.size()) break;
    // The end mark closes a document even where its later part has not arrived yet.
    const uint32_t length = std::min<uint32_t>(
        document.token_count, static_cast<uint32_t>(stream.size()) - 1 - document.first_token);
    starts.add_document(stream.subspan(document.first_token, length), document.first_token,
                        vocabulary, document.headings);
  }
  expression.sentence_starts =
      SparseBitVector(starts.positions, static_cast<uint32_t>(stream.size()));
  expression.paragraph_starts = to_bit_vector(starts.opens_paragraph);
  expression.offsets.build(stream, vocabulary);
  CENTO_ASSIGN_OR_RETURN(
      expression.words, WordIndex::build(stream, vocabulary, documents, stemmer, starts, progress));
  starts = SentenceStarts();
  // Last what leaves the largest holes in memory: the classes fit into those of the tokens.
  CENTO_ASSIGN_OR_RETURN(expression.tokens, PatternIndex::build(stream, vocabulary.size(),
                                                                PatternIndex::Options{}, progress));
  if (!class_of.empty()) {
    CENTO_ASSIGN_OR_RETURN(expression.classes, index_classes(stream, class_of, progress));
  }
  expression.documents = documents;
  return expression;
}

std::vector<uint8_t> Expression::save() const {
  std::vector<uint8_t> image;
  save([&image](uint64_t image_bytes, Bytes block) {
    image.reserve(static_cast<size_t>(image_bytes));
    image.insert(image.end(), block.begin(), block.end());
  });
  return image;
}

void Expression::save(const ImageSink& sink) const {
  const ByteSink nowhere = [](Bytes) {};
  ByteWriter counter(&nowhere);
  write(*this, counter);
  const uint64_t size = counter.size();
  uint64_t sum = size;
  const ByteSink blocks = [&](Bytes block) {
    sum = add_to_checksum(sum, block);
    sink(size + sizeof sum, block);
  };
  ByteWriter writer(&blocks);
  write(*this, writer);
  writer.flush();
  sink(size + sizeof sum, {reinterpret_cast<const uint8_t*>(&sum), sizeof sum});
}

uint64_t Expression::checksum(Bytes image) { return add_to_checksum(image.size(), image); }

Status Expression::load(Bytes image) {
  const size_t length_without_sum = image.size() - std::min(image.size(), sizeof(uint64_t));
  ByteReader sum(image.subspan(length_without_sum));
  image = image.first(length_without_sum);
  ByteReader reader(image);
  if (reader.take<uint32_t>() != kImageMagic) {
    return Status::integrity("This is not an index image.", 0);
  }
  const auto version = reader.take<uint32_t>();
  CENTO_RETURN_IF_ERROR(reader.status());
  if (version != kImageVersion) {
    return Status(StatusCode::kVersionMismatch,
                  "The index image has version " + std::to_string(version) +
                      ", this engine reads " + std::to_string(kImageVersion) +
                      ": express the pack again.",
                  4);
  }
  if (sum.take<uint64_t>() != checksum(image)) {
    return Status::integrity("The index image is damaged.", image.size());
  }
  pack_id = std::string(as_text(reader.take_bytes(kPackIdBytes)));
  shards = reader.take<uint32_t>();
  CENTO_RETURN_IF_ERROR(reader.status());
  CENTO_RETURN_IF_ERROR(tokens.load(reader));
  const size_t classes_start = reader.offset();
  CENTO_RETURN_IF_ERROR(classes.load(reader));
  const uint32_t length = tokens.size();
  if (classes.alphabet() > 0 && classes.size() != length) {
    return Status::integrity("There is not one class for each token.", classes_start);
  }
  CENTO_RETURN_IF_ERROR(sentence_starts.load(reader, length));
  CENTO_RETURN_IF_ERROR(paragraph_starts.load(reader, sentence_starts.ones()));
  CENTO_RETURN_IF_ERROR(offsets.load(reader, length));
  CENTO_RETURN_IF_ERROR(words.load(reader, sentence_starts.ones()));
  CENTO_RETURN_IF_ERROR(documents.load(reader, length));
  if (reader.remaining() != 0) {
    return Status::integrity("The index image goes on after its end.", reader.offset());
  }
  return Status::ok();
}

uint64_t Expression::memory_bytes() const {
  return tokens.memory_bytes() + classes.memory_bytes() + sentence_starts.memory_bytes() +
         paragraph_starts.memory_bytes() + offsets.memory_bytes() + words.memory_bytes() +
         documents.memory_bytes();
}

}  // namespace cento
