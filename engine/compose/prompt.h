// A prompt, read against a corpus.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compose/subjects.h"
#include "levels/corpus.h"

namespace cento {

// A word of the prompt that says what it is about.
struct TopicWord {
  std::string text;  // in small letters (ASCII)
  double weight;     // bits: log2 of how rare it is
  bool is_value;     // a name, a number, …: nothing else will do
};

// How rare something is that stands `count` times in so many tokens, in bits; what never stands
// counts as if it stood once.
double rarity_bits(uint64_t tokens, uint64_t count);

// `text` in small letters, as far as it is ASCII.
std::string ascii_lower(std::string text);

// The share of `words`, by weight, that `text` (in small letters) names; 1 where there are none, 0
// where one that is a value is missing.
double named_share(std::span<const TopicWord> words, std::string_view text);

struct Prompt {
  std::vector<TokenId> tokens;  // without trailing white space
  std::vector<uint32_t>
      word_begins;                  // the tokens at which words (not punctuation) begin, ascending
  std::vector<uint8_t> is_content;  // for each of these: rare enough to say something alone
  std::string typed;       // what the continuation must begin with, for it is typed already
  bool has_value = false;  // it holds a number, a name, …
  std::vector<TopicWord> topic;
  uint32_t topic_begin = 0;                 // the first topic word of its last sentence
  uint32_t words = 0;                       // of its last sentence, punctuation left out
  std::vector<std::string> clause_openers;  // of these, in small letters ("when")
  std::vector<DocId> subjects;              // documents that it names, ascending

  // Whether the last `length` tokens say enough to be continued: two words or a content word.
  bool is_strong(uint32_t length) const;
};

// What is read of a long prompt, cut at a space: it is about what its last page speaks of, and a
// call takes as long behind a book as behind a page.
std::string_view end_of_prompt(std::string_view text);

// Reads a prompt that ends with a whole word.
Prompt read_prompt(const Corpus& corpus, const SubjectIndex& subjects, std::string_view text);

// The same prompt, whose last word may be unfinished: it is taken out of the tokens and becomes
// `typed`. Tokens are empty when there is no other word.
Prompt with_unfinished_word(const Corpus& corpus, const SubjectIndex& subjects,
                            std::string_view text);

}  // namespace cento
