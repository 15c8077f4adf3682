// Retriever::read: the words of a question, what they weigh, what is carried over from before.
#include <algorithm>

#include "retrieval/retriever.h"
#include "retrieval/weights.h"
#include "text/search_words.h"
#include "text/unicode.h"
#include "text/word_lists.h"

namespace cento {
namespace {

// Taken for another word, a word says less.
constexpr double kCorrectedShare = 0.6;
constexpr size_t kLeastCorrected = 4;  // letters; shorter words are near to too many
constexpr size_t kTwiceCorrected = 8;  // from so many on two errors are tolerated
constexpr double kSessionShare = 0.5;  // of what a word weighs in a question of its own
constexpr size_t kMaxWords = 256;      // of a question; nobody asks more

// English, German, Spanish, Chinese; without those that ask or mean something else as often.
constexpr std::string_view kReferringWords =
    " he her hers him his it its she their theirs them there they er ihm ihn ihr ihre ihrer sein "
    "seine seiner sie ella ellas ellos su sus 它 她 ";

bool is_referring(std::string_view folded) {
  const std::string padded = ' ' + std::string(folded) + ' ';
  return kReferringWords.find(padded) != std::string_view::npos;
}

// Who asks, or is asked, is not what the question is about: "How do I …", but not "World War I".
bool is_asker(const QuestionWord& word, const std::vector<QuestionWord>& before) {
  if (!is_listed(WordList::kAsker, word.folded)) return false;
  if (word.folded != "i" || before.empty()) return true;
  // "war" is an auxiliary in German.
  if (before.size() > 1 && is_upper(char_at(before.back().text, 0).code_point)) return false;
  return is_function_word(before.back().folded);
}

// Opens what goes on from the question before.
bool is_and(std::string_view folded) { return folded == "and" || folded == "und" || folded == "y"; }

struct Quote {
  size_t begin;  // bytes of what stands between the marks
  size_t end;
};

// "…" and “…”. A mark that nothing closes quotes nothing.
std::vector<Quote> find_quotes(std::string_view text) {
  constexpr std::string_view kOpening[] = {"\"", "“", "„", "«"};
  constexpr std::string_view kClosing[] = {"\"", "”", "“", "»"};
  std::vector<Quote> quotes;
  for (size_t at = 0; at < text.size(); ++at) {
    for (size_t kind = 0; kind < std::size(kOpening); ++kind) {
      if (!text.substr(at).starts_with(kOpening[kind])) continue;
      const size_t begin = at + kOpening[kind].size();
      const size_t end = text.find(kClosing[kind], begin);
      if (end == text.npos) continue;
      quotes.push_back({begin, end});
      at = end + kClosing[kind].size() - 1;
      break;
    }
  }
  return quotes;
}

// Each stem once, by its first word.
double sum_of_weights(const std::vector<QuestionWord>& words) {
  double sum = 0;
  for (auto word = words.begin(); word != words.end(); ++word) {
    const auto same = [&](const QuestionWord& other) { return other.stem == word->stem; };
    if (std::none_of(words.begin(), word, same)) sum += word->weight;
  }
  return sum;
}

}  // namespace

QuestionWord Retriever::read_word(std::string_view text, bool may_correct) const {
  QuestionWord word;
  word.text = text;
  word.folded = fold_word(text);
  word.stem = stemmer_->stem(word.folded);
  word.term = words().find(word.stem);
  uint32_t some = 0;
  if (base_ != nullptr) {
    const TermId term = base_->find(word.stem);
    if (term != kNoTerm) some = base_->sentence_frequency(term);
  }
  double share = 1;
  if (word.term == kNoTerm && some == 0 && may_correct && word.stem.size() >= kLeastCorrected &&
      !(word.folded[0] >= '0' && word.folded[0] <= '9') &&
      !transfer_->is_question_word(word.folded)) {
    const uint32_t edits = word.stem.size() >= kTwiceCorrected ? 2 : 1;
    if (const std::vector<TermId> near = words().near(word.stem, edits, 1); !near.empty()) {
      word.term = near[0];
      word.corrected_to = words().term(near[0]);
      share = kCorrectedShare;
    }
  }
  if (word.term != kNoTerm) some += words().sentence_frequency(word.term);
  const uint32_t all = sentence_count();
  word.transfer = transfer_->chance(word.folded, some, all);
  word.weight = share * word_weight(word.transfer, some, all);
  return word;
}

void Retriever::read_words(std::string_view text, bool from_session, Question& question) const {
  std::vector<SearchWord> found;
  find_search_words(text, found);
  for (const SearchWord& at : found) {
    if (question.words.size() == kMaxWords) return;
    QuestionWord word = read_word(text.substr(at.begin, at.end - at.begin), !from_session);
    word.from_session = from_session;
    if (from_session) {
      const auto same = [&](const QuestionWord& other) { return other.stem == word.stem; };
      const bool is_new = std::none_of(question.words.begin(), question.words.end(), same);
      // What asks or refers belonged to the earlier question alone.
      if (!is_new || word.term == kNoTerm || transfer_->is_question_word(word.folded) ||
          is_referring(word.folded)) {
        continue;
      }
      word.weight *= kSessionShare;
    } else {
      word.begin = at.begin;
      word.end = at.end;
      if (is_asker(word, question.words)) word.weight = 0;
    }
    question.words.push_back(std::move(word));
  }
}

// Whether the question cannot be understood alone: it refers to something, goes on with "and" or
// "what about", or has at most one word that says anything.
bool Retriever::is_follow_up(const Question& question) const {
  size_t telling = 0;
  for (const QuestionWord& word : question.words) {
    if (is_referring(word.folded)) return true;
    telling += word.weight > 0 && !transfer_->is_question_word(word.folded) &&
               (word.term == kNoTerm || !words().is_general(word.term));
  }
  const auto opens_with = [&](std::string_view first, std::string_view second) {
    return question.words.size() > 1 && question.words[0].folded == first &&
           question.words[1].folded == second;
  };
  const bool goes_on = !question.words.empty() && is_and(question.words[0].folded);
  return telling < 2 || goes_on || opens_with("what", "about") || opens_with("how", "about");
}

void Retriever::read_aliases(Question& question) const {
  if (aliases_ == nullptr) return;
  std::vector<std::string_view> asked;
  for (const QuestionWord& word : question.words) asked.push_back(word.folded);
  for (const Aliases::Match& match : aliases_->find(asked)) {
    QuestionAlias alias{match.first, match.end, {}};
    for (size_t begin = 0; begin < match.means.size();) {
      const size_t end = std::min(match.means.find(' ', begin), match.means.size());
      const QuestionWord word = read_word(match.means.substr(begin, end - begin), false);
      if (word.term != kNoTerm) alias.words.push_back({word.term, word.weight});
      begin = end + 1;
    }
    if (!alias.words.empty()) question.aliases.push_back(std::move(alias));
  }
}

Question Retriever::read(std::string_view text, std::span<const Turn> session) const {
  Question question;
  question.text = text;
  question.sentence_count = sentence_count();
  read_words(text, false, question);
  for (const Quote& quote : find_quotes(text)) {
    const auto words_before = [&](size_t byte) {
      return static_cast<uint32_t>(
          std::count_if(question.words.begin(), question.words.end(),
                        [&](const QuestionWord& word) { return word.begin < byte; }));
    };
    const QuestionPhrase phrase{words_before(quote.begin), words_before(quote.end)};
    if (phrase.first < phrase.end) question.phrases.push_back(phrase);
  }
  read_aliases(question);
  if (!session.empty() && is_follow_up(question)) {
    // What refers stands for the topic, and is not looked for itself.
    for (QuestionWord& word : question.words) {
      if (is_referring(word.folded) || is_and(word.folded)) word.weight = 0;
    }
    read_words(session.back().topic, true, question);
    read_words(session.back().input, true, question);
  }
  question.weight_sum = sum_of_weights(question.words);
  return question;
}

Question Retriever::read_query(std::string_view text) const {
  Question query = read(text);
  query.is_query = true;
  const auto is_listed_word = [](const QuestionWord& word) {
    return is_function_word(word.folded);
  };
  const bool is_all_listed = std::all_of(query.words.begin(), query.words.end(), is_listed_word);
  for (QuestionWord& word : query.words) {
    word.weight = 0;
    if (word.term == kNoTerm || (!is_all_listed && is_listed_word(word))) continue;
    uint32_t some = words().passage_frequency(word.term);
    uint32_t all = words().passage_count();
    if (base_ != nullptr) {
      const TermId term = base_->find(word.stem);
      if (term != kNoTerm) some += base_->passage_frequency(term);
      all += base_->passage_count();
    }
    word.weight = (word.corrected_to.empty() ? 1 : kCorrectedShare) * positive_rarity_of(some, all);
  }
  query.weight_sum = sum_of_weights(query.words);
  return query;
}

}  // namespace cento
