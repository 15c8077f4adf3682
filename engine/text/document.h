// A document as the engine sees it: one UTF-8 text with a table of where its headings stand.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cento {

// A heading of a document: the bytes [begin, end) of its text, and the section up to the next
// heading of the same or a lower level belongs to it.
struct Heading {
  uint32_t begin = 0;
  uint32_t end = 0;
  uint8_t level = 1;   // 1 (outermost) to 6
  std::string anchor;  // fragment of the URL without "#", or empty
  bool operator==(const Heading&) const = default;
};

struct Document {
  std::string id;                 // unique in the pack
  std::string url;                // may be relative to the site, may be empty
  std::string title;              // may be empty
  std::string text;               // any bytes; well-formed UTF-8 by convention
  std::vector<Heading> headings;  // ascending, disjoint
};

}  // namespace cento
