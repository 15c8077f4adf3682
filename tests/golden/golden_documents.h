// The documents of the golden packs, written for them. A golden pack is never made anew for a
// format that is still to be read: that it can be read is what it proves.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "build/pack_builder.h"
#include "text/document.h"

namespace cento::test {

inline void add_golden_section(Document& document, uint8_t level, std::string_view heading,
                               std::string_view anchor, std::string_view text) {
  const auto begin = static_cast<uint32_t>(document.text.size());
  const auto end = begin + static_cast<uint32_t>(heading.size());
  document.headings.push_back({begin, end, level, std::string(anchor)});
  document.text += heading;
  document.text += '\n';
  document.text += text;
  document.text += '\n';
}

// Headings with and without anchors, characters of one to four bytes, bytes that are no UTF-8, a
// document without text, one that is larger than a shard.
inline std::vector<Document> golden_documents() {
  std::vector<Document> documents;
  Document keeper{"keeper", "keeper.html", "The keeper's day", "", {}};
  add_golden_section(
      keeper, 1, "The keeper's day", "",
      "The keeper of Sandholm trims the lamp at dusk and puts it out at dawn. The lamp "
      "burns 4 litres of oil a night, and 5 litres a night in winter.");
  add_golden_section(
      keeper, 2, "Morning", "morning",
      "In the morning the keeper cleans the lens, winds the clock and writes the log. "
      "The log of Sandholm goes back to 3 May 1871.");
  add_golden_section(
      keeper, 2, "Night", "night",
      "At night the keeper watches the light of Sandholm and listens for the horn of "
      "Ternsö. When fog comes in, the horn sounds every 30 seconds.");
  documents.push_back(std::move(keeper));

  Document lights{"lights", "lights.html", "A list of lights", "", {}};
  add_golden_section(lights, 1, "A list of lights", "", "Each light has its own character.");
  const std::vector<std::string> names = {"Sandholm", "Ternsö", "Kråkskär", "Gull Rock", "北灯台"};
  for (size_t i = 0; i < 120; ++i) {
    const std::string& name = names[i % names.size()];
    const std::string number = std::to_string(i + 1);
    add_golden_section(lights, 2, name + " " + number, i % 2 == 0 ? "light-" + number : "",
                       "The light of " + name + " stands " + std::to_string(17 * i % 211 + 9) +
                           " m above the sea and is seen for " + std::to_string(7 * i % 89 + 4) +
                           " nautical miles. It flashes " + (i % 3 == 0 ? "white" : "red") +
                           " every " + std::to_string(i % 11 + 2) + " s.");
  }
  documents.push_back(std::move(lights));

  documents.push_back({"empty", "", "", "", {}});
  documents.push_back({"signals \xF0\x9F\x9A\xA9", "signals.html#top", "Signals", "", {}});
  documents.back().text =
      "A red flag \xF0\x9F\x9A\xA9 by day and a red light by night: the harbour is closed.\n"
      "Damaged bytes stay as they are: \xFF\xFE\x80 and \xE2\x82.\n";
  documents.push_back(
      {"log",
       "log.html",
       "From the log",
       "The keeper of Sandholm writes the log at dawn. The light of Gull Rock was not seen for 2 "
       "nights. The horn of Ternsö sounds every 30 seconds when fog comes in.\n",
       {}});
  return documents;
}

// What they became: one edited, one new.
inline std::vector<Document> edited_golden_documents() {
  std::vector<Document> documents = golden_documents();
  for (Document& document : documents) {
    if (document.id == "log") document.text += "The lamp of Ternsö was mended on 4 May 1871.\n";
  }
  documents.push_back({"fog", "fog.html", "Fog", "", {}});
  add_golden_section(documents.back(), 1, "Fog", "fog",
                     "When fog comes in, the keeper of Sandholm sounds the horn every 30 seconds.");
  return documents;
}

// Small enough for several shards and a document over two of them.
inline PackOptions golden_options() {
  PackOptions options;
  options.name = "lighthouses";
  options.title = "Lighthouses";
  options.licence = "CC0-1.0";
  options.language = "en";
  options.first_shard_bytes = 600;
  options.max_file_bytes = 1600;
  return options;
}

}  // namespace cento::test
