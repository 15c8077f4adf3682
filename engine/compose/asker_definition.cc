// Asker: questions that ask what something is.
#include <algorithm>

#include "compose/asker.h"
#include "compose/definition.h"
#include "text/search_words.h"
#include "text/word_lists.h"

namespace cento {
namespace {

// The words of a title or question that say something, not those of grammar, a space behind each;
// their stems where there is a stemmer. What is longer than `enough` is read no further.
std::string telling_words(std::string_view text, const Stemmer* stemmer, size_t enough) {
  std::vector<SearchWord> words;
  find_search_words(text, words);
  std::string telling;
  for (const SearchWord& word : words) {
    const std::string folded = fold_word(text.substr(word.begin, word.end - word.begin));
    if (!is_function_word(folded))
      telling += (stemmer != nullptr ? stemmer->stem(folded) : folded) + ' ';
    if (telling.size() > enough) break;
  }
  return telling;
}

// Of several names in a title each will do: "beacon, lighthouse".
bool is_name(std::string_view thing, std::string_view title, const Stemmer* stemmer) {
  for (;;) {
    const size_t comma = title.find(',');
    if (telling_words(title.substr(0, comma), stemmer, thing.size()) == thing) return true;
    if (comma == title.npos) return false;
    title.remove_prefix(comma + 1);
  }
}

}  // namespace

std::vector<PassageRange> Asker::titled_passages() const {
  if (kind_ != QuestionKind::kDefinition) return {};
  std::string_view asked = text_;
  // "what does … mean?", "define …"
  for (const std::string_view frame : {"mean", "define", "Define"}) {
    const size_t at = asked.find(frame);
    if (at == 0) asked.remove_prefix(frame.size());
    if (at != asked.npos && at + frame.size() + 1 >= asked.size()) asked = asked.substr(0, at);
  }
  const auto begin = static_cast<size_t>(asked.data() - text_.data());
  const std::vector<DocId> labelled =
      retriever_->documents_labelled(question_, begin, begin + asked.size());
  // As it is asked, else in another form: "happiness" is not "happy".
  for (const Stemmer* stemmer : {static_cast<const Stemmer*>(nullptr), &retriever_->stemmer()}) {
    const std::string thing = telling_words(asked, stemmer, asked.npos);
    if (thing.empty()) return {};
    std::vector<PassageRange> titled;
    for (const DocId document : labelled) {
      const std::string_view title = retriever_->corpus().documents()[document].title;
      if (is_name(thing, title, stemmer)) titled.push_back(retriever_->passages_of(document));
    }
    if (!titled.empty()) return titled;
  }
  return {};
}

void Asker::keep_first_document() {
  // The words of the title may stand everywhere, and so lead to no passage.
  if (passages_.empty()) passages_.push_back({titled_.front().begin, 0});
  const auto by_place = [](const RankedPassage& a, const RankedPassage& b) {
    return a.passage < b.passage;
  };
  const auto first = std::min_element(passages_.begin(), passages_.end(), by_place);
  const PassageRange document = retriever_->passages_of(retriever_->document_of(first->passage));
  std::erase_if(passages_, [&](const RankedPassage& r) { return r.passage >= document.end; });
}

// What the answer to "what is …?" begins with.
uint32_t Asker::defining_sentence() const {
  const DefinitionFinder definitions(*retriever_, question_);
  if (!titled_.empty()) {
    const auto by_place = [](const RankedPassage& a, const RankedPassage& b) {
      return a.passage < b.passage;
    };
    const WordIndex& words = retriever_->words();
    const uint32_t passage =
        std::min_element(passages_.begin(), passages_.end(), by_place)->passage;
    const uint32_t end = words.first_sentence(passage + 1);
    for (uint32_t sentence = words.first_sentence(passage); sentence < end; ++sentence) {
      // A dictionary needs no verb: "gene, factor: a segment of …".
      const bool opens = definitions.opening_of(sentence) != Opening::kOther;
      if (!is_heading(sentence) && opens) return sentence;
    }
  } else if (const std::optional<uint32_t> found = definitions.find(passages_)) {
    return *found;
  }
  for (const RankedSentence& ranked : sentences_) {
    if (ranked.score < kAsGood * sentences_.front().score) break;
    const Opening opening = definitions.opening_of(ranked.sentence);
    const bool defines = opening != Opening::kOther && opening != Opening::kNoVerb;
    if (!is_heading(ranked.sentence) && defines) return ranked.sentence;
  }
  return best_sentence();
}

}  // namespace cento
