// The image of an expression, as a device keeps it: a good one that the input changes. What mounts
// answers every question within bounds.
#include <string>
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

}  // namespace

CENTO_FUZZ_TARGET(image) {
  cento::fuzz::GoodPack& good = cento::fuzz::good_pack();
  Pieces pieces(input);
  const std::string question(pieces.text());
  const std::vector<uint8_t> image = changed(good.opened.image, pieces);
  const auto loaded = cento::load_new<cento::Expression>(image);
  if (!loaded.is_ok()) return;
  look_up(loaded.value().tokens);
  cento::Engine engine;
  require(engine.open_tables(good.files[0]).is_ok());
  for (size_t i = 1; i < good.files.size(); ++i) require(engine.add_shard(good.files[i]).is_ok());
  if (!engine.mount(image).is_ok()) return;
  const auto operation = static_cast<cento::Operation>(question.size() % 3);
  require(engine.answer(operation, question, {.max_tokens = 8}).is_ok());
  (void)engine.search(question, {});
  (void)engine.check(question);
  (void)engine.trace(question, {});
  (void)engine.suggest(question, {});
  (void)engine.locate(question, 8);
}
