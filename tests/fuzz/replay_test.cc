// Replays what the fuzzer was given and has found, where there is no fuzzer.
#include <doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/random.h"
#include "fuzz_target.h"

namespace cento::fuzz {
namespace {

using Buffer = std::vector<uint8_t>;

// The inputs of a target, in the order of their names.
std::vector<std::pair<std::string, Buffer>> corpus_of(std::string_view name) {
  std::vector<std::pair<std::string, Buffer>> inputs;
  const std::filesystem::path folder = std::string(CENTO_SOURCE_DIR) + "/tests/fuzz/corpus/";
  for (const auto& entry : std::filesystem::directory_iterator(folder / name)) {
    std::ifstream stream(entry.path(), std::ios::binary);
    inputs.emplace_back(entry.path().filename().string(),
                        Buffer{std::istreambuf_iterator<char>(stream), {}});
  }
  std::sort(inputs.begin(), inputs.end());
  return inputs;
}

// A few bytes overwritten, taken out, or put in twice.
Buffer mutated(Buffer bytes, Random& random) {
  const auto below = [&](size_t count) { return random.below(static_cast<uint32_t>(count)); };
  for (uint32_t edits = 1 + random.below(4); edits > 0 && !bytes.empty(); --edits) {
    const auto at = bytes.begin() + below(bytes.size());
    const auto end = at + 1 + below(std::min<size_t>(bytes.end() - at, 16));
    const uint32_t way = random.below(4);
    if (way == 0) {
      bytes.erase(at, end);
    } else if (way == 1) {
      const Buffer copy(at, end);
      bytes.insert(bytes.begin() + below(bytes.size()), copy.begin(), copy.end());
    } else {
      *at = static_cast<uint8_t>(way == 2 ? random.below(256) : *at ^ (1u << random.below(8)));
    }
  }
  return bytes;
}

}  // namespace

void replay(std::string_view name, void (*target)(Bytes)) {
  constexpr int kMutations = 20;
  const auto inputs = corpus_of(name);
  CHECK(!inputs.empty());
  for (size_t i = 0; i < inputs.size(); ++i) {
    INFO(inputs[i].first);
    target(inputs[i].second);
    Random random(i);
    for (int mutation = 0; mutation < kMutations; ++mutation) {
      INFO("mutation ", mutation);
      target(mutated(inputs[i].second, random));
    }
  }
}

}  // namespace cento::fuzz
