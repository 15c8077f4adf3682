// A personal layer of any texts beside a good pack: it is a pack that opens, and its answers are
// proved.
#include <string>

#include "cento/layer.h"
#include "fuzz_pack.h"

CENTO_FUZZ_TARGET(layer) {
  using cento::fuzz::require;
  cento::fuzz::GoodPack& base = cento::fuzz::good_pack();
  cento::LayerWriter writer;
  require(writer.open_tables(base.files[0]).is_ok());
  cento::fuzz::Pieces pieces(input);
  const std::string_view question = pieces.text();
  const std::string_view title = pieces.text();
  uint32_t count = 0;
  for (; !pieces.is_empty() && count < 16; ++count) {
    const std::string id = std::to_string(count) + std::string(pieces.text());
    const std::string_view name = pieces.text();
    const std::string_view url = pieces.text();
    require(writer.add(id, name, url, pieces.text()).is_ok());
  }
  require(writer.finish({title, title, title, title}).is_ok() == (count > 0));
  if (count == 0) return;
  cento::fuzz::OpenedPack layer;
  require(layer.open({writer.tables(), writer.shard()}, &base.opened.engine).is_ok());
  ask_everything(layer, question);
}
