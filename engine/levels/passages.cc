#include "levels/passages.h"

namespace cento {
namespace {

constexpr uint32_t kEnoughWords = 60;
constexpr uint32_t kManyWords = 400;

}  // namespace

void find_passages(std::span<const SentenceExtent> sentences, std::span<const Heading> headings,
                   std::vector<uint32_t>& first_sentences) {
  uint32_t words = 0;     // of the passage so far, headings included
  bool has_text = false;  // more than headings
  bool is_closed = true;  // the next sentence opens a passage
  size_t heading = 0;     // the next one
  const auto count = static_cast<uint32_t>(sentences.size());
  for (uint32_t begin = 0; begin < count;) {
    // The paragraph [begin, end).
    uint32_t end = begin;
    uint32_t paragraph_words = 0;
    do {
      paragraph_words += sentences[end++].words;
    } while (end < count && !sentences[end].opens_paragraph);
    bool is_heading = false;
    for (; heading < headings.size() && headings[heading].begin < sentences[end - 1].end;
         ++heading) {
      is_heading = true;
    }
    if (is_heading && has_text) is_closed = true;
    has_text = !is_heading || (has_text && !is_closed);

    const uint32_t parts = (paragraph_words + kManyWords / 2) / kManyWords;
    const uint32_t enough = parts > 1 ? paragraph_words / parts : ~uint32_t{0};
    for (; begin < end; ++begin) {
      if (is_closed || words >= enough) {
        first_sentences.push_back(begin);
        is_closed = false;
        words = 0;
      }
      words += sentences[begin].words;
    }
    if (has_text && words >= kEnoughWords) is_closed = true;
  }
}

}  // namespace cento
