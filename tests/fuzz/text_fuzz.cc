// Any bytes as text: tokens give them back; units, boundaries, lines and words cover them in order;
// and what is written as JSON is JSON.
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_writer.h"
#include "base/utf8.h"
#include "fuzz_target.h"
#include "text/boundaries.h"
#include "text/leans_back.h"
#include "text/lines.h"
#include "text/search_words.h"
#include "text/sentence_end.h"
#include "text/tokenizer.h"
#include "text/units.h"
#include "text/vocabulary_search.h"

namespace {

using cento::fuzz::require;

template <typename Ranges>
void require_ascending(const Ranges& ranges, size_t size) {
  uint32_t end = 0;
  for (const auto& range : ranges) {
    require(range.begin >= end && range.begin < range.end && range.end <= size);
    end = range.end;
  }
}

}  // namespace

CENTO_FUZZ_TARGET(text) {
  static const cento::Vocabulary vocabulary =
      cento::Vocabulary::create({"th", "the", " the", "e ", "\n\n", "\xC3\xA9"}).value();
  const std::string_view text = cento::as_text(input);
  const cento::Tokenizer tokenizer(vocabulary);
  std::vector<cento::TokenId> tokens;
  tokenizer.encode(text, tokens);
  std::string decoded;
  tokenizer.decode(tokens, decoded);
  require(decoded == text);

  uint32_t end = 0;
  for (const cento::Boundary& boundary : cento::find_boundaries(text)) {
    require(boundary.at > end || end == 0);
    end = boundary.at;
  }
  require(end == text.size());
  require_ascending(cento::find_units(text), text.size());
  require_ascending(cento::find_containers(text), text.size());
  const std::vector<cento::Line> lines = cento::find_lines(text);
  require_ascending(lines, text.size());
  for (const cento::Line& at : lines) {
    const std::string_view line = text.substr(at.begin, at.end - at.begin);
    require(cento::trimmed(line).size() <= line.size());
    require(cento::field_label_length(line) <= line.size());
    (void)cento::is_list_item(line);
    (void)cento::is_code_line(line, at.indent);
    (void)cento::is_title_like(line);
    (void)cento::leans_back(line);
    (void)cento::ends_sentence(line);
  }

  std::vector<cento::SearchWord> words;
  cento::find_search_words(text, words);
  require_ascending(words, text.size());
  static const cento::VocabularySearch search(vocabulary);
  std::vector<cento::NearToken> near;
  for (const cento::SearchWord& at : words) {
    const std::string_view word = text.substr(at.begin, at.end - at.begin);
    const std::string folded = cento::fold_word(word);
    require(cento::fold_word(folded) == folded);
    (void)cento::match_case(folded, word);
    // The slowest of all, so only for one word.
    if (&at == &words.front()) search.near(word, {.edits = 2, .exact_characters = 1}, near);
  }

  const size_t cut = text.size() / 2;
  require(cento::utf16_length(text.substr(0, cut)) + cento::utf16_length(text.substr(cut)) ==
          cento::utf16_length(text));
  require(cento::utf16_to_bytes(text, cento::utf16_length(text)) == text.size());
  const std::string json = cento::JsonWriter().string(text).take();
  require(nlohmann::json::accept(json));
}
