#include "levels/discourse_level.h"

#include <doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/random.h"

namespace cento {
namespace {

std::vector<std::string> lower_words(std::string_view text) {
  std::vector<std::string> words;
  for (const DiscourseWord& word : find_discourse_words(text, FrequentWords{})) {
    words.push_back(word.lower);
  }
  return words;
}

// Documents of a few sentences over few words, so that features meet often.
std::vector<Document> random_documents(uint32_t count, uint64_t seed) {
  const std::vector<std::string> words = {"The",   "mill",  "of",    "Arden", "was", "built",
                                          "in",    "1820",  "1875",  "it",    "a",   "mills",
                                          "river", "which", "stood", "near",  "and", "burnt"};
  Random random(seed);
  std::vector<Document> documents(count);
  for (Document& document : documents) {
    document.title = "Mill of Arden";
    for (uint32_t s = 1 + random.below(5); s > 0; --s) {
      std::string sentence = "It";
      for (uint32_t w = 1 + random.below(7); w > 0; --w) {
        sentence += " " + words[random.below(static_cast<uint32_t>(words.size()))];
      }
      document.text += sentence + " there. ";
    }
  }
  return documents;
}

// How often a cell stands in the paragraphs as they are written and in all their orders on average.
struct NaiveCounts {
  double near = 0;
  double near_by_chance = 0;
  double early = 0;
  double late = 0;
};

// The cells of one order of a paragraph that are near: it opens, closes, or follows directly.
std::vector<uint32_t> near_cells(const DiscourseParagraph& paragraph, const SentenceKinds& kinds,
                                 const std::vector<uint32_t>& order) {
  std::vector<DiscourseCell> cells;
  paragraph.find_cells(order.front(), cells);
  const auto kind = [&](uint32_t s) { return kinds[paragraph.first_sort(s)]; };
  cells.push_back(kind_cell(0, kind(order.front())));
  cells.push_back(kind_cell(kind(order.back()), 0));
  for (size_t i = 1; i < order.size(); ++i) {
    paragraph.find_cells(order[i - 1], order[i], cells);
    cells.push_back(kind_cell(kind(order[i - 1]), kind(order[i])));
  }
  std::vector<uint32_t> result;
  for (const DiscourseCell& cell : cells) result.push_back(cell.at);
  return result;
}

TEST_CASE("words are cut, folded and sorted out in any script") {
  CHECK(lower_words("The mill's 1,250.5 wheels, don't!") ==
        std::vector<std::string>{"the", "mill's", "1,250.5", "wheels", "don't"});
  CHECK(lower_words("Über Évora и Москва") ==
        std::vector<std::string>{"über", "évora", "и", "москва"});
  CHECK(lower_words("我们 go") == std::vector<std::string>{"我", "们", "go"});
  CHECK(lower_words("— … !").empty());
  CHECK(lower_words("'\xFF'").empty());

  const FrequentWords ranks({"the", "in"});
  const auto words = find_discourse_words("The Mill in 1875 or Arden 18,75", ranks);
  REQUIRE(words.size() == 7);
  CHECK(words[0].rank == 0);
  CHECK_FALSE(words[0].is_name);  // it opens the sentence and is frequent
  CHECK(words[1].is_name);
  CHECK(words[1].rank == FrequentWords::kMost);
  CHECK(words[2].rank == 1);
  CHECK(words[3].year == 1875);
  CHECK(words[3].is_number);
  CHECK(words[6].year == 0);
  CHECK(find_discourse_words("Mill", ranks)[0].is_name);
}

TEST_CASE("a frequent word has its own rank among as many as there may be") {
  std::vector<std::string> words;
  for (uint32_t i = 0; i < FrequentWords::kMost; ++i) words.push_back("w" + std::to_string(i * 7));
  const FrequentWords ranks(words);
  for (uint32_t i = 0; i < words.size(); ++i) CHECK(ranks.rank(words[i]) == i);
  CHECK(ranks.rank("w1") == FrequentWords::kMost);
  CHECK(ranks.rank("") == FrequentWords::kMost);
}

TEST_CASE("paragraphs fall into sentences without the space around them") {
  const std::string text = "Heading\n\nOne is here. Two is\nthere.\n\n  Three stands alone.  ";
  const Heading heading{.begin = 0, .end = 7, .level = 1, .anchor = ""};
  const auto paragraphs = split_paragraphs(text, std::span(&heading, 1));
  REQUIRE(paragraphs.size() == 3);
  CHECK(paragraphs[0] == std::vector<std::string_view>{"Heading"});
  CHECK(paragraphs[1] == std::vector<std::string_view>{"One is here.", "Two is\nthere."});
  CHECK(paragraphs[2] == std::vector<std::string_view>{"Three stands alone."});
  CHECK(split_paragraphs("", {}).empty());
  CHECK(split_paragraphs(" \n\n ", {}).empty());
}

TEST_CASE("cells lie within their features") {
  for (const Document& document : random_documents(60, 3)) {
    const auto sentences = split_paragraphs(document.text, {}).front();
    const DiscourseParagraph paragraph(document.title, sentences, FrequentWords({"it", "mill"}));
    std::vector<DiscourseCell> cells;
    for (uint32_t a = 0; a < paragraph.size(); ++a) {
      CHECK(paragraph.first_sort(a) < kFirstSorts);
      paragraph.find_cells(a, cells);
      for (uint32_t b = 0; b < paragraph.size(); ++b) {
        if (a != b) paragraph.find_cells(a, b, cells);
      }
    }
    for (const DiscourseCell& cell : cells) {
      const auto feature = static_cast<uint32_t>(cell.feature);
      CHECK(cell.at >= kDiscourseFeatureBegins[feature]);
      CHECK(cell.at < kDiscourseFeatureBegins[feature + 1]);
    }
  }
}

TEST_CASE("scores compare the paragraphs as written with all their orders") {
  const std::vector<Document> documents = random_documents(80, 11);
  const auto built = build_discourse(documents);
  REQUIRE(built.is_ok());
  const DiscourseTables& tables = built.value();

  std::vector<NaiveCounts> counts(kDiscourseCells);
  uint32_t paragraphs = 0;
  for (const Document& document : documents) {
    const auto sentences = split_paragraphs(document.text, {}).front();
    if (sentences.size() < 2) continue;
    ++paragraphs;
    const DiscourseParagraph paragraph(document.title, sentences, tables.words);
    const uint32_t n = paragraph.size();
    std::vector<uint32_t> order(n);
    std::iota(order.begin(), order.end(), 0u);
    double orders = 1;
    for (uint32_t i = 2; i <= n; ++i) orders *= i;
    for (const uint32_t at : near_cells(paragraph, tables.kinds, order)) counts[at].near += 1;
    do {
      for (const uint32_t at : near_cells(paragraph, tables.kinds, order)) {
        counts[at].near_by_chance += 1 / orders;
      }
    } while (std::next_permutation(order.begin(), order.end()));
    std::vector<DiscourseCell> cells;
    for (uint32_t a = 0; a < n; ++a) {
      cells.clear();
      paragraph.find_cells(a, cells);
      for (const DiscourseCell& cell : cells) {
        counts[cell.at].early += double(n - 1 - a) / (n - 1);
        counts[cell.at].late += double(a) / (n - 1);
      }
      for (uint32_t b = 0; b < n; ++b) {
        if (a == b) continue;
        cells.clear();
        paragraph.find_cells(a, b, cells);
        for (const DiscourseCell& cell : cells) {
          (a < b ? counts[cell.at].early : counts[cell.at].late) += 2.0 / n;
        }
      }
    }
  }
  CHECK(tables.paragraphs == paragraphs);

  uint32_t informative = 0;
  for (uint32_t f = 0; f < kDiscourseFeatures; ++f) {
    const DiscourseFeatureInfo& info = kDiscourseFeatureInfos[f];
    const double prior = f >= static_cast<uint32_t>(DiscourseFeature::kKind) ? 12 : 2;
    for (uint32_t c = kDiscourseFeatureBegins[f]; c < kDiscourseFeatureBegins[f + 1]; ++c) {
      CAPTURE(info.name);
      CAPTURE(c - kDiscourseFeatureBegins[f]);
      const NaiveCounts& count = counts[c];
      const double near = std::log2((count.near + prior) / (count.near_by_chance + prior));
      const double order = std::log2((count.early + prior) / (count.late + prior));
      CHECK(std::abs(tables.near_scores[c] - (info.near_weight > 0 ? near * 16 : 0)) < 0.51);
      CHECK(std::abs(tables.order_scores[c] - (info.order_weight > 0 ? order * 16 : 0)) < 0.51);
      if (tables.near_scores[c] != 0 || tables.order_scores[c] != 0) ++informative;
    }
  }
  CHECK(informative > 30);
}

TEST_CASE("tables say nothing where there are no paragraphs") {
  std::vector<Document> documents(2);
  documents[0].text = "Alone it stands.";
  const auto built = build_discourse(documents);
  REQUIRE(built.is_ok());
  CHECK(built.value().paragraphs == 0);
  const auto is_zero = [](int8_t score) { return score == 0; };
  CHECK(std::all_of(built.value().near_scores.begin(), built.value().near_scores.end(), is_zero));
  CHECK(std::all_of(built.value().order_scores.begin(), built.value().order_scores.end(), is_zero));
}

TEST_CASE("counting stops when it is told to") {
  const auto built = build_discourse(random_documents(3, 1),
                                     [](std::string_view, uint64_t, uint64_t) { return false; });
  REQUIRE_FALSE(built.is_ok());
  CHECK(built.status().code() == StatusCode::kAborted);
}

TEST_CASE("tables come back from their bytes, and damaged bytes are refused") {
  const auto built = build_discourse(random_documents(40, 5));
  REQUIRE(built.is_ok());
  ByteWriter writer;
  built.value().save(writer);
  std::vector<uint8_t> bytes = writer.take();

  ByteReader reader(bytes);
  const auto loaded = load_new<DiscourseTables>(reader);
  REQUIRE(loaded.is_ok());
  CHECK(loaded.value().words.words() == built.value().words.words());
  CHECK(loaded.value().kinds == built.value().kinds);
  CHECK(loaded.value().near_scores == built.value().near_scores);
  CHECK(loaded.value().order_scores == built.value().order_scores);
  CHECK(loaded.value().paragraphs == built.value().paragraphs);
  CHECK(loaded.value().to_json() == built.value().to_json());

  const auto refused = [](const std::vector<uint8_t>& damaged) {
    ByteReader damaged_reader(damaged);
    const auto result = load_new<DiscourseTables>(damaged_reader);
    return !result.is_ok() && result.status().code() == StatusCode::kIntegrity;
  };
  for (size_t length = 0; length < bytes.size(); ++length) {
    const std::vector<uint8_t> cut(bytes.begin(),
                                   bytes.begin() + static_cast<std::ptrdiff_t>(length));
    if (!refused(cut)) FAIL("accepted after " << length << " bytes");
  }
  const size_t kinds_at = bytes.size() - 2 * kDiscourseCells - kFirstSorts;
  std::vector<uint8_t> damaged = bytes;
  damaged[kinds_at] = kMaxKinds;
  CHECK(refused(damaged));
  damaged = bytes;
  damaged.push_back(0);
  CHECK(refused(damaged));
  damaged = bytes;
  damaged[5] = 2;  // 512 words and more
  CHECK(refused(damaged));
}

}  // namespace
}  // namespace cento
