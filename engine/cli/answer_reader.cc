#include "cli/answer_reader.h"

#include <charconv>
#include <system_error>

#include "cli/json_members.h"

namespace cento::cli {
namespace {

std::vector<std::string> read_texts(JsonMembers& members, const char* key) {
  std::vector<std::string> texts;
  for (const Json& text : members.array(key)) {
    if (text.is_string()) {
      texts.push_back(text.get<std::string>());
    } else {
      members.refuse(key, "an array of strings");
    }
  }
  return texts;
}

Source read_source(JsonMembers& members) {
  Source source;
  source.pack = members.text("pack");
  source.licence = members.text("licence");
  source.document_id = members.text("documentId");
  source.title = members.text("title");
  source.url = members.text("url");
  source.headings = read_texts(members, "headings");
  source.begin_bytes = members.count("startBytes");
  source.end_bytes = members.count("endBytes");
  source.begin_utf16 = members.count("start");
  source.end_utf16 = members.count("end");
  return source;
}

Why read_why(JsonMembers& members) {
  Why why;
  why.level = members.count32("level");
  why.context_tokens = members.count32("contextTokens");
  why.context_words = members.count32("contextWords");
  why.count = members.count32("count");
  why.alternatives = members.count32("alternatives");
  why.score = members.number("score", 3);
  return why;
}

Fragment read_fragment(JsonMembers& members) {
  Fragment fragment;
  fragment.text = members.text("text");
  fragment.tokens = members.count32("tokens");
  JsonMembers source = members.object("source");
  fragment.source = read_source(source);
  members.merge(source);
  JsonMembers why = members.object("why");
  fragment.why = read_why(why);
  members.merge(why);
  return fragment;
}

Coverage read_coverage(JsonMembers& members) {
  Coverage coverage;
  coverage.shards = members.count32("shards");
  coverage.shard_count = members.count32("shardCount");
  coverage.documents = members.count32("documents");
  coverage.document_count = members.count32("documentCount");
  coverage.tokens = members.count("tokens");
  coverage.token_count = members.count("tokenCount");
  const double exact = coverage.token_count == 0 ? 0
                                                 : static_cast<double>(coverage.tokens) /
                                                       static_cast<double>(coverage.token_count);
  const double distance = members.number("share", 4) - exact;
  if (distance > 0.000051 || distance < -0.000051) {
    members.refuse("share", "tokens / tokenCount, rounded to 4 decimals");
  }
  return coverage;
}

// Decimal digits in a string, because JavaScript's numbers do not hold all seeds.
uint64_t read_seed(JsonMembers& members) {
  const std::string digits = members.text("seed");
  uint64_t seed = 0;
  const char* end = digits.data() + digits.size();
  const auto parsed = std::from_chars(digits.data(), end, seed);
  if (parsed.ec != std::errc() || parsed.ptr != end || std::to_string(seed) != digits) {
    members.refuse("seed", "a string of decimal digits");
  }
  return seed;
}

// The place of the member's text among `names`, which are in the order of an enumeration.
template <typename Enum, size_t n>
Enum read_name(JsonMembers& members, const char* key, const std::string_view (&names)[n]) {
  const std::string name = members.text(key);
  for (size_t i = 0; i < n; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  std::string needed = "one of";
  for (const std::string_view known : names) needed += " " + std::string(known);
  members.refuse(key, needed);
  return static_cast<Enum>(0);
}

AnswerOptions read_options(JsonMembers& members) {
  AnswerOptions options;
  options.max_tokens = members.count32("maxTokens");
  options.max_words = members.count32("maxWords");
  options.sentences = members.count32("sentences");
  options.effort = read_name<Effort>(members, "effort", {"fast", "balanced", "deep"});
  options.seed = read_seed(members);
  options.max_quote = members.count32("maxQuote");
  options.grounding = read_name<Grounding>(members, "grounding", {"quote", "sentence", "phrase"});
  return options;
}

Receipt read_receipt(JsonMembers& members) {
  Receipt receipt;
  receipt.engine_version = members.text("engineVersion");
  receipt.pack = members.text("pack");
  receipt.shards = members.count32("shards");
  receipt.operation = read_name<Operation>(members, "operation", {"complete", "ask", "overview"});
  receipt.input = members.text("input");
  receipt.digest = members.text("digest");
  const Json& session = members.array("session");
  for (size_t i = 0; i < session.size(); ++i) {
    JsonMembers turn(session[i], "session[" + std::to_string(i) + "]");
    receipt.session.push_back({turn.text("input"), turn.text("topic")});
    members.merge(turn);
  }
  JsonMembers options = members.object("options");
  receipt.options = read_options(options);
  members.merge(options);
  return receipt;
}

Highlight read_highlight(JsonMembers& members) {
  Highlight highlight;
  highlight.begin_bytes = members.count("startBytes");
  highlight.end_bytes = members.count("endBytes");
  highlight.begin_utf16 = members.count("start");
  highlight.end_utf16 = members.count("end");
  highlight.confidence = members.number("confidence", 4);
  return highlight;
}

Answer read_answer(JsonMembers& members) {
  Answer answer;
  answer.text = members.text("text");
  answer.refused = members.boolean("refused");
  answer.reason = members.text("reason");
  answer.confidence = members.number("confidence", 4);
  answer.kind = members.text("kind");
  if (!members.is_null("highlight")) {
    JsonMembers highlight = members.object("highlight");
    answer.highlight = read_highlight(highlight);
    members.merge(highlight);
  }
  answer.topics = read_texts(members, "topics");
  answer.work = members.count("work");
  const Json& fragments = members.array("fragments");
  for (size_t i = 0; i < fragments.size(); ++i) {
    JsonMembers fragment(fragments[i], "fragments[" + std::to_string(i) + "]");
    answer.fragments.push_back(read_fragment(fragment));
    members.merge(fragment);
  }
  JsonMembers coverage = members.object("coverage");
  answer.coverage = read_coverage(coverage);
  members.merge(coverage);
  JsonMembers receipt = members.object("receipt");
  answer.receipt = read_receipt(receipt);
  members.merge(receipt);
  return answer;
}

}  // namespace

Result<Answer> parse_answer(std::string_view json) {
  const std::string remedy =
      ". Give what 'cento ask', 'complete' or 'overview' printed with --json.";
  try {
    const Json root = Json::parse(json);
    if (!root.is_object()) {
      return Status::invalid_argument("The answer is not a JSON object" + remedy);
    }
    JsonMembers members(root, "");
    Answer answer = read_answer(members);
    if (members.fault().empty()) return answer;
    return Status::invalid_argument("The answer cannot be read: " + members.fault() + remedy);
  } catch (const Json::exception& error) {
    return Status(StatusCode::kInvalidArgument, "The answer is not JSON" + remedy,
                  fault_offset(error));
  }
}

}  // namespace cento::cli
