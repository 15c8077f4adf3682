// Options that go into the engine and results that come out of it. Plain data, no behaviour.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cento {

enum class Grounding : uint8_t {
  kQuote,     // one source
  kSentence,  // each sentence from one source
  kPhrase,    // splices inside sentences
};

// What composes an answer.
enum class Operation : uint8_t {
  kComplete,  // continues a text
  kAsk,       // answers a question
  kOverview,  // several sentences on a topic
};

// How wide beams and candidate sets are.
enum class Effort : uint8_t { kFast, kBalanced, kDeep };

// Of all operations; each reads what concerns it.
struct AnswerOptions {
  uint32_t max_tokens = 40;  // of a completion, at least 1
  uint32_t max_words = 0;    // of an overview; 0 is no bound
  uint32_t sentences = 0;    // most of them, of ask and overview; 0: as many as the input asks for
  uint64_t seed = 0;
  Grounding grounding = Grounding::kPhrase;  // ask and overview compose whole sentences
  uint32_t max_quote = 0;  // most words copied from one source in a row; 0 is no bound
  Effort effort = Effort::kBalanced;
  bool operator==(const AnswerOptions&) const = default;
};

// What was asked before in a session: follow-ups carry its topic.
struct Turn {
  std::string input;
  std::string topic;  // title of the document of the answer's first fragment; empty: refused
  bool operator==(const Turn&) const = default;
};

// The title of the source of what a completion repeats from the text that it continues.
inline constexpr std::string_view kThisText = "this text";

// Where a run of text stands. Offsets are in the document's text; where the pack is empty, in the
// text that was continued (the receipt's input), and the title is kThisText.
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
  Operation operation = Operation::kComplete;
  std::string input;
  std::vector<Turn> session;  // oldest first
  AnswerOptions options;
  std::string digest;  // SHA-256 of the answer without it, in hexadecimal digits: see verify.h
};

// What of an answer's text is the answer in the narrow sense: "580,367 sq km". Empty: nothing is.
struct Highlight {
  uint64_t begin_bytes = 0;  // in the answer's text
  uint64_t end_bytes = 0;
  uint64_t begin_utf16 = 0;
  uint64_t end_utf16 = 0;
  double confidence = 0;  // 0 to 1: that it is right
};

struct Answer {
  // The fragments one after the other, each as it stands at its source. Between two that meet at
  // the ends of sentences there may be one space, one line break or one empty line, which belongs
  // to no fragment. A completion continues the prompt as it stands (leading space included).
  std::string text;
  bool refused = false;
  std::string reason;     // why it was refused or ended early; empty otherwise
  double confidence = 0;  // 0 to 1, calibrated: how often an answer of this kind is right
  // How an answer to a question was read: "sentence", "span", "field", "definition", "list",
  // "steps", "comparison", "yes-no"; empty for other operations and for refusals.
  std::string kind;
  Highlight highlight;
  std::vector<std::string> topics;  // of a refusal: the nearest that the pack does speak of
  std::vector<Fragment> fragments;
  uint64_t work = 0;  // look-ups spent
  Coverage coverage;
  Receipt receipt;
};

// One thing that might have stood in a fragment's place.
struct Candidate {
  std::string text;
  Source source;
  double score = 0;                                   // higher is better
  std::vector<std::pair<std::string, double>> parts;  // what the score is made of, by name
};

// Why a fragment was chosen and what came second.
struct FragmentExplanation {
  std::string reason;                 // a sentence for people
  std::vector<Candidate> candidates;  // the chosen one first, then by falling score; a few
};

struct SearchOptions {
  uint32_t limit = 10;
  // Only documents whose URL or id begins with one of these; empty: all.
  std::vector<std::string> within;
};

// Where words of a query stand in a text.
struct Mark {
  uint64_t begin_bytes = 0;
  uint64_t end_bytes = 0;
  uint64_t begin_utf16 = 0;
  uint64_t end_utf16 = 0;
};

struct SearchResult {
  std::string excerpt;      // of the passage, at most some 300 bytes, cut at sentences where it can
  std::vector<Mark> marks;  // in the excerpt
  Source source;            // of the excerpt
  double score = 0;
};

// A word of a query that stands nowhere, and what it was taken for.
struct Correction {
  std::string from;
  std::string to;
};

struct SearchResults {
  std::vector<SearchResult> results;  // best first, at most one a passage
  std::vector<Correction> corrections;
  Coverage coverage;
};

enum class Verdict : uint8_t { kAttested, kNearMiss, kUnsupported };

// A sentence of a text that was held against the documents.
struct CheckedSentence {
  Mark range;  // in the text
  Verdict verdict = Verdict::kUnsupported;
  // Of a near miss: what differs ("number", "date", "name", "negation", "unit"), where it stands in
  // the text, and what the documents say in its place (empty where they say nothing there).
  std::string difference;
  Mark differs;
  std::string documents_say;
  // The sentence of the documents that it was compared with, unless unsupported.
  std::string evidence;
  Source source;
};

struct CheckReport {
  uint64_t sentences = 0;
  uint64_t attested = 0;
  uint64_t near_miss = 0;
  uint64_t unsupported = 0;
  std::vector<CheckedSentence> details;  // in the order of the text
  Coverage coverage;
};

// The tokens that may follow a context so that every window of it stays attested.
struct AttestedMask {
  std::vector<uint32_t> tokens;  // ascending ids; 0 is the end of a document
  uint32_t context_tokens = 0;   // length of the context that they follow
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
// lines were not wrapped), "class", "session" or "base" (frequency alone).
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
std::string to_json(const Answer& completion);
std::string to_json(std::span<const Fragment> fragments);
std::string to_json(const FragmentExplanation& explanation);
std::string to_json(const SearchResults& results);
std::string to_json(const CheckReport& report);
std::string to_json(const AttestedMask& mask);
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
