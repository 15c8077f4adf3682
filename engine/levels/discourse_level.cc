#include "levels/discourse_level.h"

#include <algorithm>
#include <utility>

#include "base/json_writer.h"
#include "base/log2.h"
#include "base/sort.h"
#include "levels/coarsen.h"

namespace cento {
namespace {

constexpr size_t kMostSentences = 16;
constexpr size_t kMostParagraphs = 8192;
// Divisible by every number of sentences and by one less, so that shares are counted in whole
// numbers: the least common multiple of 1 to 16.
constexpr uint64_t kOne = 720720;
// Added to both counts of a ratio, so that what was seen seldom says little.
constexpr uint64_t kSentencePrior = 2 * kOne;
constexpr uint64_t kPairPrior = 12 * kOne;

bool is_pair_feature(DiscourseFeature feature) { return feature >= DiscourseFeature::kKind; }

struct Passage {
  std::string_view title;
  std::vector<std::string_view> sentences;
};

Result<std::vector<Passage>> find_passages(std::span<const Document> documents,
                                           const Progress& progress) {
  std::vector<Passage> passages;
  for (size_t d = 0; d < documents.size(); ++d) {
    if (d % 64 == 0 && !report(progress, "finding paragraphs", d, documents.size())) {
      return Status::aborted();
    }
    const Document& document = documents[d];
    for (auto& sentences : split_paragraphs(document.text, document.headings)) {
      if (sentences.size() < 2 || sentences.size() > kMostSentences) continue;
      passages.push_back({document.title, std::move(sentences)});
    }
  }
  if (passages.size() <= kMostParagraphs) return passages;
  for (size_t i = 0; i < kMostParagraphs; ++i) {
    const size_t from = i * passages.size() / kMostParagraphs;
    if (from != i) passages[i] = std::move(passages[from]);
  }
  passages.resize(kMostParagraphs);
  return passages;
}

// The words that stand more than once, the most frequent first, ties in byte order.
FrequentWords count_words(std::span<const Passage> passages) {
  std::vector<std::string> words;
  for (const Passage& passage : passages) {
    for (const std::string_view sentence : passage.sentences) {
      for (DiscourseWord& word : find_discourse_words(sentence, FrequentWords{})) {
        if (!word.is_number && word.lower.size() <= 255) words.push_back(std::move(word.lower));
      }
    }
  }
  std::sort(words.begin(), words.end());
  struct Run {
    size_t first;
    size_t count;
  };
  std::vector<Run> runs;
  for (size_t i = 0; i < words.size(); ++i) {
    if (i == 0 || words[i] != words[i - 1]) runs.push_back({i, 0});
    ++runs.back().count;
  }
  std::erase_if(runs, [](const Run& run) { return run.count < 2; });
  stable_sort(std::span(runs), [](const Run& a, const Run& b) { return a.count > b.count; });
  if (runs.size() > FrequentWords::kMost) runs.resize(FrequentWords::kMost);
  std::vector<std::string> frequent;
  frequent.reserve(runs.size());
  for (const Run& run : runs) frequent.push_back(std::move(words[run.first]));
  return FrequentWords(std::move(frequent));
}

// Coarsens the sorts of first words by their sequence in paragraphs.
Result<SentenceKinds> find_kinds(std::span<const DiscourseParagraph> paragraphs) {
  constexpr uint32_t kSymbols = kFirstSorts + 1;  // 0 is the edge of a paragraph
  std::vector<uint32_t> counts(kSymbols * kSymbols);
  for (const DiscourseParagraph& paragraph : paragraphs) {
    uint32_t before = 0;
    for (uint32_t s = 0; s < paragraph.size(); ++s) {
      const uint32_t symbol = paragraph.first_sort(s) + 1;
      ++counts[before * kSymbols + symbol];
      before = symbol;
    }
    ++counts[before * kSymbols];
  }
  std::vector<PairCount> pairs;
  for (uint32_t i = 0; i < counts.size(); ++i) {
    if (counts[i] > 0) pairs.push_back({i / kSymbols, i % kSymbols, counts[i]});
  }
  const Company company[] = {{pairs}};
  CENTO_ASSIGN_OR_RETURN(const Coarsening coarsening,
                         coarsen(company, kSymbols, {.class_count = kMaxKinds, .alone = 1}));
  SentenceKinds kinds{};
  for (uint32_t sort = 0; sort < kFirstSorts; ++sort) {
    kinds[sort] = static_cast<uint8_t>(coarsening.class_of[sort + 1]);
  }
  return kinds;
}

// How often a cell stands in paragraphs as they are, and in all their orders on average; in kOne.
class CellCounts {
 public:
  void add(const DiscourseParagraph& paragraph, const SentenceKinds& kinds) {
    const uint64_t n = paragraph.size();
    for (uint32_t s = 0; s < n; ++s) {
      cells_.clear();
      paragraph.find_cells(s, cells_);
      for (const DiscourseCell& cell : cells_) {
        add_near(cell, s == 0, n);
        early_[cell.at] += kOne * (n - 1 - s) / (n - 1);
        late_[cell.at] += kOne * s / (n - 1);
      }
      const uint32_t kind = kinds[paragraph.first_sort(s)];
      add_near(kind_cell(0, kind), s == 0, n);
      add_near(kind_cell(kind, 0), s == n - 1, n);
    }
    for (uint32_t a = 0; a < n; ++a) {
      for (uint32_t b = 0; b < n; ++b) {
        if (a == b) continue;
        cells_.clear();
        paragraph.find_cells(a, b, cells_);
        cells_.push_back(kind_cell(kinds[paragraph.first_sort(a)], kinds[paragraph.first_sort(b)]));
        for (const DiscourseCell& cell : cells_) {
          add_near(cell, b == a + 1, n);
          (a < b ? early_ : late_)[cell.at] += 2 * kOne / n;
        }
      }
    }
  }

  void score(DiscourseTables& tables) const {
    for (uint32_t f = 0; f < kDiscourseFeatures; ++f) {
      const uint64_t prior =
          is_pair_feature(static_cast<DiscourseFeature>(f)) ? kPairPrior : kSentencePrior;
      const DiscourseFeatureInfo& info = kDiscourseFeatureInfos[f];
      for (uint32_t c = kDiscourseFeatureBegins[f]; c < kDiscourseFeatureBegins[f + 1]; ++c) {
        if (info.near_weight > 0) {
          tables.near_scores[c] = ratio(near_[c] + prior, by_chance_[c] + prior);
        }
        if (info.order_weight > 0) {
          tables.order_scores[c] = ratio(early_[c] + prior, late_[c] + prior);
        }
      }
    }
  }

 private:
  // In every order one sentence of n opens, and each pair is adjacent in one of n.
  void add_near(const DiscourseCell& cell, bool is_near, uint64_t n) {
    if (is_near) near_[cell.at] += kOne;
    by_chance_[cell.at] += kOne / n;
  }

  static int8_t ratio(uint64_t part, uint64_t other) {
    const double bits = log2_fixed(static_cast<double>(part) / static_cast<double>(other));
    const double steps = bits * DiscourseTables::kStepsPerBit;
    const double rounded = steps < 0 ? steps - 0.5 : steps + 0.5;
    return static_cast<int8_t>(std::clamp(rounded, -127.0, 127.0));
  }

  std::vector<uint64_t> near_ = std::vector<uint64_t>(kDiscourseCells);
  std::vector<uint64_t> by_chance_ = std::vector<uint64_t>(kDiscourseCells);
  std::vector<uint64_t> early_ = std::vector<uint64_t>(kDiscourseCells);
  std::vector<uint64_t> late_ = std::vector<uint64_t>(kDiscourseCells);
  std::vector<DiscourseCell> cells_;
};

}  // namespace

Result<DiscourseTables> build_discourse(std::span<const Document> documents,
                                        const Progress& progress) {
  CENTO_ASSIGN_OR_RETURN(const std::vector<Passage> passages, find_passages(documents, progress));
  DiscourseTables tables;
  tables.words = count_words(passages);
  std::vector<DiscourseParagraph> paragraphs;
  paragraphs.reserve(passages.size());
  for (const Passage& passage : passages) {
    paragraphs.emplace_back(passage.title, passage.sentences, tables.words);
  }
  CENTO_ASSIGN_OR_RETURN(tables.kinds, find_kinds(paragraphs));
  CellCounts counts;
  for (size_t p = 0; p < paragraphs.size(); ++p) {
    if (p % 64 == 0 && !report(progress, "counting paragraphs", p, paragraphs.size())) {
      return Status::aborted();
    }
    counts.add(paragraphs[p], tables.kinds);
  }
  counts.score(tables);
  tables.paragraphs = static_cast<uint32_t>(paragraphs.size());
  return tables;
}

void DiscourseTables::save(ByteWriter& writer) const {
  writer.put(paragraphs);
  writer.put(static_cast<uint16_t>(words.words().size()));
  for (const std::string& word : words.words()) {
    writer.put(static_cast<uint8_t>(word.size()));
    writer.put_bytes(as_bytes(word));
  }
  writer.put_array(std::span<const uint8_t>(kinds));
  writer.put_array(std::span<const int8_t>(near_scores));
  writer.put_array(std::span<const int8_t>(order_scores));
}

Status DiscourseTables::load(ByteReader& reader) {
  const size_t begin = reader.offset();
  paragraphs = reader.take<uint32_t>();
  const auto count = reader.take<uint16_t>();
  if (count > FrequentWords::kMost) {
    return Status::integrity("The discourse tables hold too many words.", begin);
  }
  std::vector<std::string> frequent(count);
  for (std::string& word : frequent) {
    const auto length = reader.take<uint8_t>();
    word = as_text(reader.take_bytes(length));
  }
  words = FrequentWords(std::move(frequent));
  const size_t kinds_begin = reader.offset();
  const Bytes kinds_read = reader.take_bytes(kinds.size());
  std::copy(kinds_read.begin(), kinds_read.end(), kinds.begin());
  near_scores = reader.take_array<int8_t>(kDiscourseCells);
  order_scores = reader.take_array<int8_t>(kDiscourseCells);
  CENTO_RETURN_IF_ERROR(reader.status());
  for (size_t sort = 0; sort < kinds.size(); ++sort) {
    if (kinds[sort] >= kMaxKinds) {
      return Status::integrity("A sentence is of a kind that there is not.", kinds_begin + sort);
    }
  }
  if (reader.remaining() != 0) {
    return Status::integrity("The discourse tables go on after their end.", reader.offset());
  }
  return Status::ok();
}

uint64_t DiscourseTables::memory_bytes() const {
  return words.memory_bytes() + near_scores.capacity() + order_scores.capacity();
}

std::string DiscourseTables::to_json() const {
  const auto sort_name = [&](uint32_t sort, uint32_t ranks) {
    constexpr const char* kOthers[kOtherSorts] = {"(edge)", "(number)", "(name)", "(other)"};
    if (sort >= ranks) return std::string(kOthers[sort - ranks]);
    return sort < words.words().size() ? words.words()[sort] : std::string("(none)");
  };
  const auto cell_name = [&](DiscourseFeature feature, uint32_t cell) {
    switch (feature) {
      case DiscourseFeature::kWord:
      case DiscourseFeature::kStart: return sort_name(cell, FrequentWords::kMost);
      case DiscourseFeature::kDeterminer:
        return sort_name(cell / kDeterminerSorts, FrequentWords::kDeterminers) + " > " +
               sort_name(cell % kDeterminerSorts, FrequentWords::kDeterminers);
      case DiscourseFeature::kKind:
        return std::to_string(cell / kMaxKinds) + " > " + std::to_string(cell % kMaxKinds);
      default: return std::to_string(cell);
    }
  };
  JsonWriter json;
  json.begin_object();
  json.field("paragraphs", paragraphs);
  json.key("kinds").begin_array();
  for (uint32_t kind = 1; kind < kMaxKinds; ++kind) {
    json.begin_array();
    for (uint32_t sort = 0; sort < kFirstSorts; ++sort) {
      if (kinds[sort] == kind) json.string(sort_name(sort, FrequentWords::kFunctionWords));
    }
    json.end_array();
  }
  json.end_array();
  for (uint32_t f = 0; f < kDiscourseFeatures; ++f) {
    json.key(kDiscourseFeatureInfos[f].name).begin_object();
    for (uint32_t c = kDiscourseFeatureBegins[f]; c < kDiscourseFeatureBegins[f + 1]; ++c) {
      if (near_scores[c] == 0 && order_scores[c] == 0) continue;
      json.key(cell_name(static_cast<DiscourseFeature>(f), c - kDiscourseFeatureBegins[f]));
      json.begin_array();
      json.number(near_scores[c] / double{kStepsPerBit}, 2);
      json.number(order_scores[c] / double{kStepsPerBit}, 2);
      json.end_array();
    }
    json.end_object();
  }
  json.end_object();
  return json.take();
}

}  // namespace cento
