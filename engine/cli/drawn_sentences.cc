#include "cli/drawn_sentences.h"

#include <span>
#include <string_view>
#include <utility>

#include "base/random.h"
#include "pack/pack_reader.h"
#include "text/boundaries.h"
#include "text/tokenizer.h"
#include "text/units.h"

namespace cento::cli {
namespace {

constexpr uint32_t kTriesPerSentence = 10;

}  // namespace

Result<std::vector<std::string>> draw_sentences(const PackFiles& files, size_t least_units,
                                                uint32_t count, uint64_t seed) {
  PackReader reader;
  CENTO_RETURN_IF_ERROR(files.feed(reader));
  const Tokenizer tokenizer(reader.vocabulary());
  Random random(seed);
  std::vector<std::string> sentences;
  for (uint32_t tries = 0; sentences.size() < count && tries < kTriesPerSentence * count; ++tries) {
    const DocId id = reader.documents().document_at(random.below(reader.stream_length()));
    const DocumentInfo& document = reader.documents()[id];
    std::string text;
    tokenizer.decode(std::span(reader.stream()).subspan(document.first_token, document.token_count),
                     text);
    const std::vector<Boundary> ends = find_boundaries(text, document.headings);
    if (ends.empty()) continue;
    const uint32_t chosen = random.below(static_cast<uint32_t>(ends.size()));
    const uint32_t begin = chosen == 0 ? 0 : ends[chosen - 1].at;
    std::string sentence = text.substr(begin, ends[chosen].at - begin);
    if (find_units(sentence).size() > least_units) sentences.push_back(std::move(sentence));
  }
  if (sentences.empty()) {
    return Status::invalid_argument("The pack has no sentence of more than " +
                                    std::to_string(least_units) + " words.");
  }
  return sentences;
}

}  // namespace cento::cli
