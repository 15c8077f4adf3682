#include "retrieval/aliases.h"

#include <algorithm>

namespace cento {
namespace {

constexpr uint32_t kMostBetween = 2;
constexpr uint32_t kMostBytes = 1u << 16;

// Takes the text before `mark` off `text`, and the mark.
std::string_view take(std::string_view& text, char mark) {
  const size_t at = std::min(text.find(mark), text.size());
  const std::string_view head = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return head;
}

// The end of the words that hold `asked`, of which the first stands at `first`; 0 where they do
// not.
uint32_t match(std::string_view asked, std::span<const std::string_view> words, uint32_t first) {
  uint32_t at = first;
  while (!asked.empty()) {
    const std::string_view wanted = take(asked, ' ');
    const uint32_t most = at == first ? 0 : kMostBetween;
    uint32_t found = at;
    while (found < words.size() && found - at <= most && words[found] != wanted) ++found;
    if (found >= words.size() || found - at > most) return 0;
    at = found + 1;
  }
  return at;
}

}  // namespace

Status Aliases::load(ByteReader& reader) {
  const size_t start = reader.offset();
  const auto size = reader.take<uint32_t>();
  if (size > kMostBytes) return Status::integrity("The aliases are too long.", start);
  lines_ = as_text(reader.take_bytes(size));
  return reader.status();
}

void Aliases::save(ByteWriter& writer) const {
  writer.put<uint32_t>(static_cast<uint32_t>(lines_.size()));
  writer.put_bytes(as_bytes(lines_));
}

std::vector<Aliases::Match> Aliases::find(std::span<const std::string_view> words) const {
  std::vector<Match> matches;
  for (std::string_view left = lines_; !left.empty();) {
    std::string_view means = take(left, '\n');
    const std::string_view asked = take(means, '=');
    if (asked.empty() || means.empty()) continue;
    for (uint32_t i = 0; i < words.size(); ++i) {
      const uint32_t end = match(asked, words, i);
      if (end > 0) matches.push_back({i, end, means});
    }
  }
  return matches;
}

}  // namespace cento
