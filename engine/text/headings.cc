#include "text/headings.h"

#include <algorithm>

namespace cento {

std::vector<uint32_t> heading_path(std::span<const Heading> headings, uint64_t offset) {
  std::vector<uint32_t> path;
  uint32_t level = ~uint32_t{0};
  for (size_t i = headings.size(); i-- > 0;) {
    if (headings[i].begin > offset || headings[i].level >= level) continue;
    level = headings[i].level;
    path.push_back(static_cast<uint32_t>(i));
  }
  std::reverse(path.begin(), path.end());
  return path;
}

std::string url_with_anchor(std::string_view url, std::span<const Heading> headings,
                            std::span<const uint32_t> path) {
  std::string result(url);
  if (url.empty() || url.find('#') != std::string_view::npos) return result;
  for (size_t i = path.size(); i-- > 0;) {
    if (const std::string& anchor = headings[path[i]].anchor; !anchor.empty()) {
      return result + '#' + anchor;
    }
  }
  return result;
}

}  // namespace cento
