#include "compose/prompt.h"

#include <algorithm>
#include <utility>

#include "base/log2.h"
#include "text/boundaries.h"
#include "text/unicode.h"
#include "text/units.h"
#include "text/word_lists.h"

namespace cento {
namespace {

constexpr double kTopicBits = 7;     // rarer than one token in 128
constexpr double kContentBits = 10;  // rarer than one token in 1,024

std::string_view trim_end(std::string_view text) {
  while (!text.empty() && char_before(text, text.size()).kind == CharClass::kSpace) {
    text.remove_suffix(char_before(text, text.size()).length);
  }
  return text;
}

// How rare a word is in the corpus, as it is written or in small letters, in bits.
double rarity(const Corpus& corpus, const std::string& word) {
  uint32_t count = 0;
  std::vector<std::string> forms = {word, ascii_lower(word)};
  if (forms[0] == forms[1]) forms.pop_back();
  for (const std::string& form : forms) {
    for (const std::string_view space : {" ", ""}) {
      std::vector<TokenId> tokens;
      corpus.tokenizer().encode(std::string(space).append(form), tokens);
      count += corpus.index().find(tokens).count();
    }
  }
  return rarity_bits(corpus.index().size(), count);
}

// "Kenya" of "Kenya's".
std::string_view without_possessive(std::string_view word) {
  for (const std::string_view ending : {"'s", "’s"}) {
    if (word.size() > ending.size() && word.ends_with(ending)) word.remove_suffix(ending.size());
  }
  return word;
}

}  // namespace

double rarity_bits(uint64_t tokens, uint64_t count) {
  return log2_fixed((static_cast<double>(tokens) + 1) /
                    static_cast<double>(std::max<uint64_t>(count, 1)));
}

std::string ascii_lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

double named_share(std::span<const TopicWord> words, std::string_view text) {
  double named = 0;
  double all = 0;
  for (const TopicWord& word : words) {
    all += word.weight;
    const bool is_named = text.find(word.text) != std::string_view::npos;
    if (is_named) named += word.weight;
    if (!is_named && word.is_value) return 0;
  }
  return all > 0 ? named / all : 1;
}

bool Prompt::is_strong(uint32_t length) const {
  const auto first = static_cast<uint32_t>(tokens.size()) - length;
  const auto word = std::lower_bound(word_begins.begin(), word_begins.end(), first);
  if (word_begins.end() - word >= 2) return true;
  return std::any_of(is_content.begin() + (word - word_begins.begin()), is_content.end(),
                     [](bool content) { return content; });
}

std::string_view end_of_prompt(std::string_view text) {
  constexpr size_t kRead = 4096;
  if (text.size() <= kRead) return text;
  const std::string_view end = text.substr(text.size() - kRead);
  return end.substr(std::min(end.find(' '), kRead / 2));
}

Prompt read_prompt(const Corpus& corpus, const SubjectIndex& subjects, std::string_view text) {
  Prompt prompt;
  const std::string_view body = trim_end(text);
  if (body.size() < text.size()) prompt.typed = " ";
  corpus.tokenizer().encode(body, prompt.tokens);
  prompt.subjects = subjects.find(body);

  uint32_t last_sentence = 0;
  for (const Boundary& boundary : find_boundaries(body)) {
    if (boundary.at < body.size()) last_sentence = boundary.at;
  }
  uint32_t token = 0;
  size_t offset = 0;  // where `token` begins
  for (const Unit& unit : find_units(body)) {
    prompt.has_value |= is_value(unit.kind);
    if (unit.kind == UnitKind::kPunctuation) continue;
    if (unit.begin < last_sentence) {
      prompt.topic_begin = static_cast<uint32_t>(prompt.topic.size());
    } else {
      ++prompt.words;
    }
    while (token < prompt.tokens.size()) {
      const size_t end = offset + corpus.vocabulary().text(prompt.tokens[token]).size();
      if (end > unit.begin) break;
      offset = end;
      ++token;
    }
    std::string word(without_possessive(body.substr(unit.begin, unit.end - unit.begin)));
    if (unit.begin >= last_sentence && is_listed(WordList::kClauseOpener, ascii_lower(word))) {
      prompt.clause_openers.push_back(ascii_lower(word));
    }
    const double bits = rarity(corpus, word);
    prompt.word_begins.push_back(token);
    prompt.is_content.push_back(bits >= kContentBits ? 1 : 0);
    if (bits >= kTopicBits || is_value(unit.kind)) {
      prompt.topic.push_back({ascii_lower(std::move(word)), bits, is_value(unit.kind)});
    }
  }
  return prompt;
}

Prompt with_unfinished_word(const Corpus& corpus, const SubjectIndex& subjects,
                            std::string_view text) {
  size_t begin = text.size();
  while (begin > 0) {
    const TextChar c = char_before(text, begin);
    if (c.kind != CharClass::kLetter && c.kind != CharClass::kMark) break;
    begin -= c.length;
  }
  if (begin > 0 && begin < text.size() && text[begin - 1] == ' ') --begin;
  Prompt prompt = read_prompt(corpus, subjects, text.substr(0, begin));
  prompt.typed = text.substr(begin);
  if (prompt.typed.empty()) prompt.tokens.clear();
  return prompt;
}

}  // namespace cento
