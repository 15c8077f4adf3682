#include "evidence/discourse_evidence.h"

#include <doctest.h>

#include <algorithm>
#include <numeric>
#include <string>

#include "base/random.h"

namespace cento {
namespace {

std::vector<uint32_t> ascending(uint32_t count) {
  std::vector<uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0u);
  return order;
}

std::vector<uint32_t> shuffled(uint32_t count, Random& random) {
  std::vector<uint32_t> order = ascending(count);
  do {
    for (uint32_t i = count - 1; i > 0; --i) std::swap(order[i], order[random.below(i + 1)]);
  } while (std::is_sorted(order.begin(), order.end()));
  return order;
}

// Tables with random scores, kinds and words.
DiscourseTables random_tables(uint64_t seed) {
  DiscourseTables tables;
  tables.words = FrequentWords({"the", "it", "mill", "a", "near"});
  Random random(seed);
  for (uint8_t& kind : tables.kinds) kind = static_cast<uint8_t>(1 + random.below(kMaxKinds - 1));
  for (int8_t& score : tables.near_scores) score = static_cast<int8_t>(random.below(255));
  for (int8_t& score : tables.order_scores) score = static_cast<int8_t>(random.below(255));
  return tables;
}

std::vector<std::string> random_sentences(uint32_t count, Random& random) {
  const std::vector<std::string> words = {"the", "Mill", "it",   "river",
                                          "a",   "1820", "1875", "near"};
  std::vector<std::string> sentences;
  for (uint32_t s = 0; s < count; ++s) {
    std::string sentence = words[random.below(static_cast<uint32_t>(words.size()))];
    for (uint32_t w = random.below(8); w > 0; --w) {
      sentence += " " + words[random.below(static_cast<uint32_t>(words.size()))];
    }
    sentences.push_back(sentence + ".");
  }
  return sentences;
}

int32_t weigh(const DiscourseTables& tables, const std::vector<DiscourseCell>& cells, bool near) {
  int32_t steps = 0;
  for (const DiscourseCell& cell : cells) {
    const DiscourseFeatureInfo& info = kDiscourseFeatureInfos[static_cast<uint32_t>(cell.feature)];
    steps += near ? info.near_weight * tables.near_scores[cell.at]
                  : info.order_weight * tables.order_scores[cell.at];
  }
  return steps;
}

// The score of an order, straight from its definition.
double naive_bits(const DiscourseTables& tables, std::string_view title,
                  const std::vector<std::string_view>& sentences,
                  const std::vector<uint32_t>& order) {
  const DiscourseParagraph paragraph(title, sentences, tables.words);
  const auto kind = [&](uint32_t s) { return tables.kinds[paragraph.first_sort(s)]; };
  std::vector<DiscourseCell> near;
  paragraph.find_cells(order.front(), near);
  near.push_back(kind_cell(0, kind(order.front())));
  near.push_back(kind_cell(kind(order.back()), 0));
  double before = 0;
  for (size_t j = 1; j < order.size(); ++j) {
    paragraph.find_cells(order[j - 1], order[j], near);
    near.push_back(kind_cell(kind(order[j - 1]), kind(order[j])));
    for (size_t i = 0; i < j; ++i) {
      std::vector<DiscourseCell> pair, first, second;
      paragraph.find_cells(order[i], order[j], pair);
      paragraph.find_cells(order[i], first);
      paragraph.find_cells(order[j], second);
      before +=
          weigh(tables, pair, false) + weigh(tables, first, false) - weigh(tables, second, false);
    }
  }
  return (weigh(tables, near, true) + 2 * before / static_cast<double>(order.size())) / 16;
}

TEST_CASE("the score of an order is the sum of what its sentences say") {
  const uint64_t seed = 17;
  CAPTURE(seed);
  Random random(seed);
  for (uint32_t round = 0; round < 40; ++round) {
    const DiscourseTables tables = random_tables(round);
    const uint32_t count = 2 + random.below(6);
    const auto texts = random_sentences(count, random);
    const std::vector<std::string_view> sentences(texts.begin(), texts.end());
    const DiscourseEvidence evidence(tables, "The Mill", sentences);
    const auto order = shuffled(count, random);
    CHECK(evidence.order_bits(order) ==
          doctest::Approx(naive_bits(tables, "The Mill", sentences, order)));
    double sum = evidence.closing_bits(order.back());
    for (size_t i = 0; i < order.size(); ++i) {
      sum += evidence.next_bits(std::span(order).first(i), order[i]);
    }
    CHECK(evidence.order_bits(order) == doctest::Approx(sum));
  }
}

TEST_CASE("no order beats the best one, and of equal ones it is the first") {
  const uint64_t seed = 23;
  CAPTURE(seed);
  Random random(seed);
  for (uint32_t round = 0; round < 30; ++round) {
    const DiscourseTables tables = random_tables(100 + round);
    const uint32_t count = 1 + random.below(6);
    const auto texts = random_sentences(count, random);
    const std::vector<std::string_view> sentences(texts.begin(), texts.end());
    const DiscourseEvidence evidence(tables, "", sentences);
    std::vector<uint32_t> order = ascending(count);
    std::vector<uint32_t> best = order;
    do {
      if (evidence.order_bits(order) > evidence.order_bits(best)) best = order;
    } while (std::next_permutation(order.begin(), order.end()));
    CHECK(evidence.best_order() == best);
  }
}

TEST_CASE("many sentences are ordered greedily, each once") {
  Random random(5);
  const auto texts = random_sentences(30, random);
  const std::vector<std::string_view> sentences(texts.begin(), texts.end());
  const DiscourseEvidence evidence(random_tables(1), "", sentences);
  std::vector<uint32_t> order = evidence.best_order();
  for (size_t i = 0; i < order.size(); ++i) {
    for (size_t later = i; later < order.size(); ++later) {
      CHECK(evidence.next_bits(std::span(order).first(i), order[i]) >=
            evidence.next_bits(std::span(order).first(i), order[later]));
    }
  }
  std::sort(order.begin(), order.end());
  CHECK(order == ascending(30));
}

TEST_CASE("tables that know nothing leave sentences as they are") {
  const std::vector<std::string_view> sentences = {"One.", "Two.", "Three."};
  const DiscourseEvidence evidence(DiscourseTables{}, "One", sentences);
  CHECK(evidence.best_order() == ascending(3));
  CHECK(evidence.order_bits(std::vector<uint32_t>{2, 0, 1}) == 0);
  CHECK(DiscourseEvidence(DiscourseTables{}, "", {}).best_order().empty());
  CHECK(DiscourseEvidence(DiscourseTables{}, "", {}).order_bits({}) == 0);
}

// Short lives of invented people. What each sentence says follows from what came before, so that
// its order can be told; which sentences there are, and how they are put, is left to chance.
std::vector<Document> lives(uint32_t count) {
  const std::vector<std::string> first = {"Ada",  "Bruno", "Clara", "Dora",
                                          "Emil", "Frida", "Georg"};
  const std::vector<std::string> last = {"Arden", "Birch",  "Calder", "Dunmore", "Ellis", "Forsyth",
                                         "Grant", "Hadley", "Irving", "Jessop",  "Keele"};
  const std::vector<std::string> trade = {"painter", "botanist", "printer", "surveyor", "composer"};
  const std::vector<std::string> place = {"a village by the sea", "the old harbour", "a mill town"};
  Random random(41);
  const auto pick = [&](const std::vector<std::string>& from) {
    return from[random.below(static_cast<uint32_t>(from.size()))];
  };
  std::vector<Document> documents(count);
  for (uint32_t i = 0; i < count; ++i) {
    const std::string name = first[i % first.size()];
    const std::string surname = last[i % last.size()];
    const std::string craft = pick(trade);
    uint32_t year = 1700 + random.below(150);
    const auto later = [&] { return std::to_string(year += 5 + random.below(12)); };
    std::string text = name + " " + surname + " was a " + craft + " from " + pick(place) + ". ";
    text += random.below(2) ? "The family was poor, and the children worked. "
                            : "Nothing is known of the early years. ";
    text += "In " + later() + " " + surname + " became known as a " + craft + " in the capital. ";
    if (random.below(2)) text += "The " + craft + " also taught there until " + later() + ". ";
    text += "However, an illness put an end to this work in " + later() + ". ";
    if (random.below(2)) text += surname + " died in " + later() + ". ";
    documents[i].title = name + " " + surname;
    documents[i].text = text;
  }
  return documents;
}

TEST_CASE("lives in order beat their shuffles after counting other lives") {
  const std::vector<Document> documents = lives(150);
  const auto tables = build_discourse(std::span(documents).first(100));
  REQUIRE(tables.is_ok());
  CHECK(tables.value().paragraphs == 100);
  Random random(3);
  uint32_t pairs = 0;
  uint32_t right = 0;
  uint32_t restored = 0;
  for (const Document& document : std::span(documents).subspan(100)) {
    const auto sentences = split_paragraphs(document.text, {}).front();
    REQUIRE(sentences.size() >= 4);
    const DiscourseEvidence evidence(tables.value(), document.title, sentences);
    const auto order = ascending(evidence.size());
    for (uint32_t shuffle = 0; shuffle < 10; ++shuffle, ++pairs) {
      right += evidence.order_bits(order) > evidence.order_bits(shuffled(evidence.size(), random));
    }
    restored += evidence.best_order() == order;
  }
  CHECK(right * 10 > pairs * 9);  // 9 of 10
  CHECK(restored * 2 > 50);       // of 50, by chance one in 24 or fewer
}

}  // namespace
}  // namespace cento
