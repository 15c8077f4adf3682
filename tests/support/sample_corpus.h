// A small corpus for tests, written here: invented towns described by a few sentence patterns, so
// that many sentences share words (and can be spliced) while every value belongs to one town.
#pragma once

#include <string>
#include <vector>

#include "base/random.h"
#include "text/document.h"

namespace cento::test {

inline void add_section(Document& document, const std::string& heading, const std::string& anchor,
                        const std::string& text) {
  Heading entry;
  entry.begin = static_cast<uint32_t>(document.text.size());
  entry.end = entry.begin + static_cast<uint32_t>(heading.size());
  entry.level = 1;
  entry.anchor = anchor;
  document.headings.push_back(entry);
  document.text += heading + "\n\n" + text + "\n\n";
}

// `count` towns, the same for the same count. Names are unique.
inline std::vector<Document> sample_corpus(uint32_t count) {
  const std::vector<std::string> first = {"Alder", "Brim", "Cor", "Dun",
                                          "Elm",   "Fen",  "Gar", "Hol"};
  const std::vector<std::string> last = {"bury", "caster", "dale",  "ford",
                                         "ham",  "mouth",  "stead", "wick"};
  const std::vector<std::string> goods = {"dried apples", "wool",  "slate and lime",
                                          "barley",       "glass", "salted fish"};
  const std::vector<std::string> why = {
      "because the river floods every spring", "because the old road is closed in winter",
      "since the harbour was dredged", "since the railway was built"};
  const std::vector<std::string> rivers = {"the Ouse", "the Lark", "the Wend", "the Tarn"};
  Random random(7);
  const auto pick = [&](const std::vector<std::string>& from) {
    return from[random.below(static_cast<uint32_t>(from.size()))];
  };
  std::vector<Document> documents;
  for (uint32_t i = 0; i < count; ++i) {
    std::string name = first[i % first.size()] + last[(i / first.size()) % last.size()];
    if (i >= first.size() * last.size()) name += " " + std::to_string(i);
    Document town;
    town.id = "town-" + std::to_string(i);
    town.url = "towns/" + std::to_string(i) + ".html";
    town.title = name;
    const std::string people =
        std::to_string(1 + random.below(90)) + "," + std::to_string(100 + random.below(900));
    const std::string year = std::to_string(1100 + random.below(800));
    add_section(town, "History", "history",
                name + " was founded in " + year + " by settlers who came up " + pick(rivers) +
                    ". The town grew slowly at first " + pick(why) + ". It lost its walls in " +
                    std::to_string(1200 + random.below(700)) +
                    ", but the old gate still stands near the market square.");
    add_section(
        town, "Economy", "economy",
        "The economy is heavily dependent on the sale of " + pick(goods) +
            " to the towns along the coast. Most people work in the fields or in the sale of " +
            pick(goods) + " " + pick(why) + ". Trade with the towns along the coast has grown " +
            pick(why) + ".");
    add_section(town, "People", "people",
                "population: " + people + "\narea: " + std::to_string(2 + random.below(60)) + "." +
                    std::to_string(random.below(10)) +
                    " sq km\n\nMost people in the town speak the language of the coast — Ünsel — "
                    "and the children learn it at school. "
                    "Elections are held every " +
                    std::to_string(2 + random.below(5)) + " years.");
    documents.push_back(std::move(town));
  }
  return documents;
}

}  // namespace cento::test
