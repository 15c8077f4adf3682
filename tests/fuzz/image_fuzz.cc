// The image of an expression, as a device keeps it: a good one that the input changes. Every change
// is seen; with the sum made right, what loads is looked up within bounds.
#include <cstring>
#include <vector>

#include "fuzz_pack.h"
#include "index/context_state.h"
#include "levels/expression.h"

namespace {

using cento::fuzz::Pieces;
using cento::fuzz::require;

// Overwrites some of its bytes; perhaps it is cut off, or as the input is.
std::vector<uint8_t> changed(std::vector<uint8_t> image, Pieces& pieces) {
  for (uint32_t edits = pieces.byte() % 16; edits > 0; --edits) {
    const size_t at = (pieces.number() | size_t{pieces.byte()} << 16) % image.size();
    const cento::Bytes bytes = pieces.bytes(1 + pieces.byte() % 8);
    for (size_t i = 0; i < bytes.size() && at + i < image.size(); ++i) image[at + i] = bytes[i];
  }
  if (pieces.byte() == 255) image.resize(pieces.number() % image.size());
  return image;
}

void look_up(const cento::PatternIndex& index) {
  std::vector<cento::Follower> followers;
  index.followers(index.all(), 10, followers);
  cento::ContextState state(index);
  for (const cento::Follower& follower : followers) {
    require(index.count_follower(index.all(), follower.symbol) == follower.count);
    state.append(follower.symbol);
  }
  for (uint32_t row = 0; row <= index.size() && row < 64; ++row) {
    require(index.locate(row) <= index.size());
  }
  std::vector<cento::Symbol> symbols;
  index.extract(0, 256, symbols);
  for (const cento::Symbol symbol : symbols) require(symbol < index.alphabet());
}

void look_up(const cento::WordIndex& words) {
  std::vector<cento::PassageRange> ranges;
  for (cento::TermId term = 0; term < words.term_count(); ++term) {
    require(words.passage_frequency(term) > 0);
    require(words.passage_frequency(term) <= words.passage_count());
    require(words.sentence_frequency(term) <= words.sentence_count());
    ranges.clear();
    words.labelled(term, ranges);
    for (const cento::PassageRange& range : ranges) {
      require(range.begin < range.end && range.end <= words.passage_count());
    }
    uint64_t least = 0;
    for (auto place = words.places(term); !place.at_end(); place.next()) {
      require(place.word() >= least && place.word() < words.word_count());
      least = uint64_t{place.word()} + 1;
    }
  }
}

}  // namespace

CENTO_FUZZ_TARGET(image) {
  const std::vector<uint8_t>& good = cento::fuzz::good_pack().opened.image;
  Pieces pieces(input);
  std::vector<uint8_t> image = changed(good, pieces);
  require(cento::load_new<cento::Expression>(image).is_ok() == (image == good));
  if (image.size() < sizeof(uint64_t)) return;
  // With the right sum, as only a forger on the same device could make it.
  const cento::Bytes content = cento::Bytes(image).first(image.size() - sizeof(uint64_t));
  const uint64_t sum = cento::Expression::checksum(content);
  std::memcpy(image.data() + content.size(), &sum, sizeof sum);
  const auto loaded = cento::load_new<cento::Expression>(image);
  if (!loaded.is_ok()) return;
  look_up(loaded.value().tokens);
  look_up(loaded.value().words);
}
