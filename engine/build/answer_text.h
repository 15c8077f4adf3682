// Answers compared as SQuAD's evaluation does (Rajpurkar et al. 2016): without case, punctuation
// marks, articles and extra white space.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace cento {

// Small letters, no ASCII punctuation, no "a", "an", "the", single spaces between words.
std::string normalize_answer(std::string_view text);

// Whether whole words of `text` are one of the answers; all are normal. Empty answers never are.
bool contains_answer(std::string_view text, std::span<const std::string> answers);

// The harmonic mean of precision and recall of the words of `text`, against the one of the answers
// that fits best; all are normal. 1 where both are empty.
double answer_f1(std::string_view text, std::span<const std::string> answers);

}  // namespace cento
