// Options that go into the engine and results that come out of it. Plain data, no behaviour.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace cento {

enum class Grounding : uint8_t {
  kQuote,     // one source
  kSentence,  // each sentence from one source
  kPhrase,    // splices inside sentences
};

struct CompleteOptions {
  uint32_t max_tokens = 40;  // of the completion, at least 1
  uint64_t seed = 0;
  Grounding grounding = Grounding::kPhrase;
  uint32_t max_quote = 0;  // most words copied from one source in a row; 0 is no bound
  bool operator==(const CompleteOptions&) const = default;
};

// Where a run of text stands. Offsets are in the document's text.
struct Source {
  std::string pack;  // pack id
  std::string licence;
  std::string document_id;
  std::string title;
  std::string url;                    // with the anchor of the nearest heading that has one
  std::vector<std::string> headings;  // outermost first
  uint64_t begin_bytes = 0;
  uint64_t end_bytes = 0;
  uint64_t begin_utf16 = 0;
  uint64_t end_utf16 = 0;
};

// Why a fragment was chosen.
struct Why {
  uint32_t level = 0;           // of the pattern index that proposed it: 0 is the token level
  uint32_t context_tokens = 0;  // length of the context that led to it
  uint32_t context_words = 0;   // the same in words: the overlap at the seam
  uint32_t count = 0;           // places where that context stands
  uint32_t alternatives = 0;    // continuations that were weighed here
  double score = 0;             // of the chosen one, in bits (higher is better)
};

struct Fragment {
  std::string text;  // stands verbatim at `source`
  uint32_t tokens = 0;
  Source source;
  Why why;
};

// How much of the pack answers cover: less than everything while shards arrive.
struct Coverage {
  uint32_t shards = 0;
  uint32_t shard_count = 0;
  uint32_t documents = 0;
  uint32_t document_count = 0;
  uint64_t tokens = 0;
  uint64_t token_count = 0;
};

// What reproduces an output byte for byte.
struct Receipt {
  std::string engine_version;
  std::string pack;
  uint32_t shards = 0;  // covered when it was composed
  std::string operation;
  std::string input;
  CompleteOptions options;
};

struct Completion {
  std::string
      text;  // the fragments, joined; continues the prompt as it stands (leading space included)
  bool refused = false;
  std::string reason;     // why it was refused or ended early; empty otherwise
  double confidence = 0;  // 0 to 1
  std::vector<Fragment> fragments;
  Coverage coverage;
  Receipt receipt;
};

struct TraceOptions {
  uint32_t min_words = 3;    // shorter spans are left out
  uint32_t max_sources = 3;  // for each span
};

struct TraceSpan {
  uint64_t begin_bytes = 0;  // in the traced text
  uint64_t end_bytes = 0;
  uint64_t begin_utf16 = 0;
  uint64_t end_utf16 = 0;
  uint32_t words = 0;
  uint64_t count = 0;  // places where it stands
  std::vector<Source> sources;
};

struct Trace {
  std::vector<TraceSpan> spans;  // by where they begin; none contains another
  double covered = 0;            // share of the text's words that lie in a span
};

struct NextToken {
  std::string text;
  uint64_t count = 0;
};

struct NextTokens {
  uint64_t count = 0;  // places where the context stands
  uint64_t distinct = 0;
  std::vector<NextToken> tokens;  // most frequent first, ties by token id
};

struct Located {
  uint64_t count = 0;
  std::vector<Source> sources;  // by document and offset
};

struct Excerpt {
  std::string before;
  std::string text;
  std::string after;
  Source source;
};

struct SuggestOptions {
  uint32_t limit = 3;      // suggestions
  uint32_t max_words = 6;  // of one suggestion; more than one only where the next ones are sure
  uint32_t max_edits = 1;  // typing errors tolerated in the word at the caret, 0 to 2
  // Leave out what the calls before, for the same text up to here, have shown: whoever typed past
  // it did not want it (as word prediction for people who type with effort does).
  bool skip_shown = false;
  // End suggestions with a space where the next word most likely has one before it.
  bool add_space = false;
};

// How much of a probability comes from one level: "token", "unwrapped" (token contexts read as if
// lines were not wrapped), "class", "shape", "session" or "base" (frequency alone).
struct LevelShare {
  std::string level;
  double share = 0;
};

// What may stand at the caret next.
struct Suggestion {
  std::string text;  // takes the place of the last bytes before the caret
  uint64_t replaces_bytes =
      0;  // 0 where it only adds; the word at the caret where it corrects that
  uint64_t replaces_utf16 = 0;
  double probability = 0;          // given all before the caret (about), sure words left out
  uint32_t words = 0;              // more than 1 where those are sure, or likelier than others
  bool corrected = false;          // the word at the caret was taken for a typing error
  std::vector<LevelShare> levels;  // that spoke for its first token, strongest first
};

struct Suggestions {
  std::vector<Suggestion> suggestions;  // most probable first
  Coverage coverage;
};

struct PredictedToken {
  std::string text;
  uint32_t id = 0;
  double probability = 0;
};

struct Predictions {
  std::vector<PredictedToken> tokens;  // most probable first, ties by id
};

// What one expert of the mixture says of a token.
struct ExpertPart {
  std::string expert;   // "token context", "session context", "class context", …
  std::string level;    // as in LevelShare
  std::string context;  // its text, where it is one of tokens
  uint32_t context_length = 0;
  uint64_t count = 0;       // times that the context stands
  uint64_t distinct = 0;    // different symbols that followed it
  double followers = 0;     // times that the token (its class, for classes) followed
  double lambda = 0;        // share of this expert against all weaker ones
  double probability = 0;   // that it gives the token
  double contribution = 0;  // share of the mixture's probability that comes from it
};

// Why a token is as probable as it is.
struct TokenExplanation {
  std::string token;
  double probability = 0;
  double bits = 0;                  // -log2 of it
  std::vector<LevelShare> levels;   // strongest first
  std::vector<ExpertPart> experts;  // weakest first, as they are interpolated
};

// How well the pack predicts a text.
struct Score {
  uint64_t tokens = 0;  // the end of the text is one
  uint64_t bytes = 0;
  uint64_t words = 0;        // separated by white space
  double bits = 0;           // -log2 of the probability of the whole text
  uint64_t sums = 0;         // positions at which all tokens' probabilities were summed
  double max_sum_error = 0;  // the largest distance of such a sum from 1
};

struct PackSummary {
  std::string pack_id;
  std::string name;
  std::string title;
  std::string licence;
  std::string language;
  uint64_t documents = 0;
  uint64_t tokens = 0;
  uint64_t vocabulary = 0;
  uint64_t classes = 0;
  uint64_t shapes = 0;
  uint64_t text_bytes = 0;
  uint64_t index_bytes = 0;     // the token-level PatternIndex with its samples
  uint64_t resident_bytes = 0;  // everything that the mounted pack holds
};

struct VerifyReport {
  bool valid = false;
  uint64_t fragments = 0;
  uint64_t windows = 0;  // of m words inside a sentence
  uint64_t attested_windows = 0;
  std::vector<std::string> problems;  // one sentence for each fault, with the fragment's number
};

// The one serialiser: what the tool prints with --json and what JavaScript receives.
std::string to_json(const Completion& completion);
std::string to_json(const Trace& trace);
std::string to_json(const NextTokens& next);
std::string to_json(const Located& located);
std::string to_json(const Excerpt& excerpt);
std::string to_json(const Suggestions& suggestions);
std::string to_json(const Predictions& predictions);
std::string to_json(const TokenExplanation& explanation);
std::string to_json(const Score& score);
std::string to_json(const PackSummary& summary);
std::string to_json(const Coverage& coverage);
std::string to_json(const VerifyReport& report);

}  // namespace cento
