// What people ask in other words than documents answer in: "how big" asks for the area, "people
// live" for the population. A short list a language, written by hand, that travels in the pack.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "cento/status.h"

namespace cento {

// Immutable. Threads: const methods at once.
class Aliases {
 public:
  Aliases() = default;
  // A line an alias: the words that are asked, "=", the words that may stand instead, all as
  // fold_word gives them and with single spaces between. Lines of another form are passed over.
  explicit Aliases(std::string lines) : lines_(std::move(lines)) {}
  Status load(ByteReader& reader);
  void save(ByteWriter& writer) const;

  struct Match {
    uint32_t first;  // words [first, end) of the question hold those that are asked
    uint32_t end;
    std::string_view means;  // separated by spaces; lives as long as the aliases do
  };
  // The aliases whose words stand in `words` in their order, with at most two other words between
  // neighbours. Cost: the aliases times the words.
  std::vector<Match> find(std::span<const std::string_view> words) const;

  bool is_empty() const { return lines_.empty(); }
  uint64_t memory_bytes() const { return lines_.capacity(); }

 private:
  std::string lines_;
};

}  // namespace cento
