#include "pack/vocabulary_section.h"

#include <string>
#include <vector>

#include "pack/pack_format.h"

namespace cento {

Result<Vocabulary> read_vocabulary(ByteReader& reader) {
  const size_t begin = reader.offset();
  const auto count = reader.take<uint32_t>();
  if (count > kMaxVocabulary - kFirstMergedToken) {
    return Status::integrity("A vocabulary holds at most 65,536 tokens.", begin);
  }
  const auto run_count = reader.take<uint16_t>();
  const std::vector<uint8_t> run_is_spaced = reader.take_array<uint8_t>(run_count);
  const size_t runs_begin = reader.offset();
  const std::vector<uint8_t> runs_low = reader.take_array<uint8_t>(count);
  const std::vector<uint8_t> runs_high = reader.take_array<uint8_t>(count);
  const std::vector<uint8_t> shared = reader.take_array<uint8_t>(count);
  CENTO_RETURN_IF_ERROR(reader.status());

  // The tokens of run r have the ids from next_index[r] on (less kFirstMergedToken).
  std::vector<uint32_t> runs(count);
  std::vector<uint32_t> next_index(size_t{run_count} + 1);
  for (uint32_t i = 0; i < count; ++i) {
    runs[i] = runs_low[i] + 256u * runs_high[i];
    if (runs[i] >= run_count) {
      return Status::integrity("A token belongs to a run that is not there.", runs_begin + i);
    }
    ++next_index[runs[i] + 1];
  }
  for (uint32_t r = 0; r < run_count; ++r) next_index[r + 1] += next_index[r];

  std::vector<std::string> strings(count);
  std::string previous;
  bool previous_spaced = false;
  for (uint32_t i = 0; i < count; ++i) {
    const size_t at = reader.offset();
    if (shared[i] > previous.size()) {
      return Status::integrity("A token shares more than the token before it has.", at);
    }
    std::string key = previous.substr(0, shared[i]);
    for (uint8_t byte = reader.take<uint8_t>(); byte != 0; byte = reader.take<uint8_t>()) {
      key += static_cast<char>(byte);
    }
    CENTO_RETURN_IF_ERROR(reader.status());
    const bool spaced = run_is_spaced[runs[i]] != 0;
    if (i > 0 && (key < previous || (key == previous && spaced <= previous_spaced))) {
      return Status::integrity("The tokens are not in ascending order.", at);
    }
    const size_t bytes = key.size() + (spaced ? 1 : 0);
    // A space at the front is always told by the run, so that no two entries make one string.
    if (bytes < 2 || bytes > 255 || (!spaced && key.front() == ' ')) {
      return Status::integrity(
          "A token does not have 2 to 255 bytes, or is not spelled as it should.", at);
    }
    strings[next_index[runs[i]]++] = spaced ? ' ' + key : key;
    previous = std::move(key);
    previous_spaced = spaced;
  }
  CENTO_RETURN_IF_ERROR(finish_section(reader));
  return Vocabulary::create(strings);
}

}  // namespace cento
