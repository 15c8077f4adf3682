// The one serialiser of results: the tool prints it, JavaScript parses it.
#include "base/json_writer.h"
#include "cento/results.h"

namespace cento {
namespace {

// The members of a half-open range, in both units.
template <typename Range>
void write_range(JsonWriter& json, const Range& range) {
  json.field("start", range.begin_utf16)
      .field("end", range.end_utf16)
      .field("startBytes", range.begin_bytes)
      .field("endBytes", range.end_bytes);
}

void write(JsonWriter& json, const Source& source) {
  json.begin_object()
      .field("pack", source.pack)
      .field("licence", source.licence)
      .field("documentId", source.document_id)
      .field("title", source.title)
      .field("url", source.url);
  json.key("headings").begin_array();
  for (const std::string& heading : source.headings) json.string(heading);
  json.end_array();
  write_range(json, source);
  json.end_object();
}

void write(JsonWriter& json, const std::vector<Source>& sources) {
  json.begin_array();
  for (const Source& source : sources) write(json, source);
  json.end_array();
}

void write(JsonWriter& json, const Coverage& coverage) {
  const double share = coverage.token_count == 0 ? 0
                                                 : static_cast<double>(coverage.tokens) /
                                                       static_cast<double>(coverage.token_count);
  json.begin_object()
      .field("shards", coverage.shards)
      .field("shardCount", coverage.shard_count)
      .field("documents", coverage.documents)
      .field("documentCount", coverage.document_count)
      .field("tokens", coverage.tokens)
      .field("tokenCount", coverage.token_count)
      .field("share", share, 4)
      .end_object();
}

// In the order of the enumerators.
constexpr std::string_view kGroundings[] = {"quote", "sentence", "phrase"};
constexpr std::string_view kOperations[] = {"complete", "ask", "overview"};
constexpr std::string_view kEfforts[] = {"fast", "balanced", "deep"};
constexpr std::string_view kVerdicts[] = {"attested", "near miss", "unsupported"};

template <typename Enum, size_t n>
std::string_view name(const std::string_view (&names)[n], Enum value) {
  return names[static_cast<size_t>(value)];
}

void write(JsonWriter& json, const Receipt& receipt) {
  json.begin_object()
      .field("engineVersion", receipt.engine_version)
      .field("pack", receipt.pack)
      .field("shards", receipt.shards)
      .field("operation", name(kOperations, receipt.operation))
      .field("input", receipt.input);
  json.key("session").begin_array();
  for (const Turn& turn : receipt.session) {
    json.begin_object().field("input", turn.input).field("topic", turn.topic).end_object();
  }
  json.end_array();
  const AnswerOptions& options = receipt.options;
  json.key("options")
      .begin_object()
      .field("maxTokens", options.max_tokens)
      .field("maxWords", options.max_words)
      .field("sentences", options.sentences)
      // A string: JavaScript's numbers do not hold all seeds.
      .field("seed", std::to_string(options.seed))
      .field("grounding", name(kGroundings, options.grounding))
      .field("maxQuote", options.max_quote)
      .field("effort", name(kEfforts, options.effort))
      .end_object();
  json.field("digest", receipt.digest).end_object();
}

void write(JsonWriter& json, const Fragment& fragment) {
  json.begin_object().field("text", fragment.text).field("tokens", fragment.tokens);
  json.key("source");
  write(json, fragment.source);
  json.key("why")
      .begin_object()
      .field("level", fragment.why.level)
      .field("contextTokens", fragment.why.context_tokens)
      .field("contextWords", fragment.why.context_words)
      .field("count", fragment.why.count)
      .field("alternatives", fragment.why.alternatives)
      .field("score", fragment.why.score, 3)
      .end_object();
  json.end_object();
}

void write(JsonWriter& json, std::span<const Fragment> fragments) {
  json.begin_array();
  for (const Fragment& fragment : fragments) write(json, fragment);
  json.end_array();
}

void write(JsonWriter& json, const std::vector<LevelShare>& levels) {
  json.begin_array();
  for (const LevelShare& level : levels) {
    json.begin_object().field("level", level.level).field("share", level.share, 4).end_object();
  }
  json.end_array();
}

void write(JsonWriter& json, const Suggestion& suggestion) {
  json.begin_object()
      .field("text", suggestion.text)
      .field("replaces", suggestion.replaces_utf16)
      .field("replacesBytes", suggestion.replaces_bytes)
      .field("probability", suggestion.probability)
      .field("words", suggestion.words)
      .field("corrected", suggestion.corrected);
  json.key("levels");
  write(json, suggestion.levels);
  json.end_object();
}

void write(JsonWriter& json, const ExpertPart& part) {
  json.begin_object()
      .field("expert", part.expert)
      .field("level", part.level)
      .field("context", part.context)
      .field("contextLength", part.context_length)
      .field("count", part.count)
      .field("distinct", part.distinct)
      .field("followers", part.followers, 3)
      .field("lambda", part.lambda)
      .field("probability", part.probability, 9)
      .field("contribution", part.contribution)
      .end_object();
}

}  // namespace

std::string to_json(const Answer& answer) {
  JsonWriter json;
  json.begin_object()
      .field("text", answer.text)
      .field("refused", answer.refused)
      .field("reason", answer.reason)
      .field("confidence", answer.confidence, 4)
      .field("kind", answer.kind);
  json.key("highlight");
  if (answer.highlight.begin_bytes == answer.highlight.end_bytes) {
    json.null();
  } else {
    json.begin_object();
    write_range(json, answer.highlight);
    json.field("confidence", answer.highlight.confidence, 4).end_object();
  }
  json.key("topics").begin_array();
  for (const std::string& topic : answer.topics) json.string(topic);
  json.end_array();
  json.key("fragments");
  write(json, answer.fragments);
  json.field("work", answer.work);
  json.key("coverage");
  write(json, answer.coverage);
  json.key("receipt");
  write(json, answer.receipt);
  return json.end_object().take();
}

std::string to_json(std::span<const Fragment> fragments) {
  JsonWriter json;
  write(json, fragments);
  return json.take();
}

std::string to_json(const FragmentExplanation& explanation) {
  JsonWriter json;
  json.begin_object().field("reason", explanation.reason).key("candidates").begin_array();
  for (const Candidate& candidate : explanation.candidates) {
    json.begin_object().field("text", candidate.text).key("source");
    write(json, candidate.source);
    json.field("score", candidate.score, 4).key("parts").begin_array();
    for (const auto& [part, value] : candidate.parts) {
      json.begin_object().field("name", part).field("value", value, 4).end_object();
    }
    json.end_array().end_object();
  }
  return json.end_array().end_object().take();
}

std::string to_json(const SearchResults& results) {
  JsonWriter json;
  json.begin_object().key("results").begin_array();
  for (const SearchResult& result : results.results) {
    json.begin_object().field("excerpt", result.excerpt).key("marks").begin_array();
    for (const Mark& mark : result.marks) {
      json.begin_object();
      write_range(json, mark);
      json.end_object();
    }
    json.end_array().field("score", result.score, 4).key("source");
    write(json, result.source);
    json.end_object();
  }
  json.end_array().key("corrections").begin_array();
  for (const Correction& correction : results.corrections) {
    json.begin_object().field("from", correction.from).field("to", correction.to).end_object();
  }
  json.end_array().key("coverage");
  write(json, results.coverage);
  return json.end_object().take();
}

std::string to_json(const CheckReport& report) {
  JsonWriter json;
  json.begin_object()
      .field("sentences", report.sentences)
      .field("attested", report.attested)
      .field("nearMiss", report.near_miss)
      .field("unsupported", report.unsupported);
  json.key("details").begin_array();
  for (const CheckedSentence& sentence : report.details) {
    json.begin_object();
    write_range(json, sentence.range);
    json.field("verdict", name(kVerdicts, sentence.verdict))
        .field("difference", sentence.difference);
    json.key("differs").begin_object();
    write_range(json, sentence.differs);
    json.end_object()
        .field("documentsSay", sentence.documents_say)
        .field("evidence", sentence.evidence);
    json.key("source");
    if (sentence.evidence.empty()) {
      json.null();
    } else {
      write(json, sentence.source);
    }
    json.end_object();
  }
  json.end_array().key("coverage");
  write(json, report.coverage);
  return json.end_object().take();
}

std::string to_json(const AttestedMask& mask) {
  JsonWriter json;
  json.begin_object().key("tokens").begin_array();
  for (const uint32_t token : mask.tokens) json.number(uint64_t{token});
  return json.end_array().field("contextTokens", mask.context_tokens).end_object().take();
}

std::string to_json(const Trace& trace) {
  JsonWriter json;
  json.begin_object();
  json.key("spans").begin_array();
  for (const TraceSpan& span : trace.spans) {
    json.begin_object();
    write_range(json, span);
    json.field("words", span.words).field("count", span.count);
    json.key("sources");
    write(json, span.sources);
    json.end_object();
  }
  json.end_array();
  json.field("covered", trace.covered, 4).end_object();
  return json.take();
}

std::string to_json(const NextTokens& next) {
  JsonWriter json;
  json.begin_object().field("count", next.count).field("distinct", next.distinct);
  json.key("tokens").begin_array();
  for (const NextToken& token : next.tokens) {
    json.begin_object().field("text", token.text).field("count", token.count).end_object();
  }
  json.end_array().end_object();
  return json.take();
}

std::string to_json(const Located& located) {
  JsonWriter json;
  json.begin_object().field("count", located.count);
  json.key("sources");
  write(json, located.sources);
  json.end_object();
  return json.take();
}

std::string to_json(const Excerpt& excerpt) {
  JsonWriter json;
  json.begin_object()
      .field("before", excerpt.before)
      .field("text", excerpt.text)
      .field("after", excerpt.after);
  json.key("source");
  write(json, excerpt.source);
  json.end_object();
  return json.take();
}

std::string to_json(const Suggestions& suggestions) {
  JsonWriter json;
  json.begin_object().key("suggestions").begin_array();
  for (const Suggestion& suggestion : suggestions.suggestions) write(json, suggestion);
  json.end_array().key("coverage");
  write(json, suggestions.coverage);
  json.end_object();
  return json.take();
}

std::string to_json(const Predictions& predictions) {
  JsonWriter json;
  json.begin_object().key("tokens").begin_array();
  for (const PredictedToken& token : predictions.tokens) {
    json.begin_object()
        .field("text", token.text)
        .field("id", token.id)
        .field("probability", token.probability, 9)
        .end_object();
  }
  json.end_array().end_object();
  return json.take();
}

std::string to_json(const TokenExplanation& explanation) {
  JsonWriter json;
  json.begin_object()
      .field("token", explanation.token)
      .field("probability", explanation.probability, 9)
      .field("bits", explanation.bits, 3);
  json.key("levels");
  write(json, explanation.levels);
  json.key("experts").begin_array();
  for (const ExpertPart& part : explanation.experts) write(json, part);
  json.end_array().end_object();
  return json.take();
}

std::string to_json(const Score& score) {
  const double bits_per_byte = score.bytes == 0 ? 0 : score.bits / static_cast<double>(score.bytes);
  JsonWriter json;
  json.begin_object()
      .field("tokens", score.tokens)
      .field("bytes", score.bytes)
      .field("words", score.words)
      .field("bits", score.bits, 3)
      .field("bitsPerByte", bits_per_byte)
      .field("sums", score.sums)
      .field("maxSumError", score.max_sum_error, 9)
      .end_object();
  return json.take();
}

std::string to_json(const PackSummary& summary) {
  JsonWriter json;
  json.begin_object()
      .field("packId", summary.pack_id)
      .field("name", summary.name)
      .field("title", summary.title)
      .field("licence", summary.licence)
      .field("language", summary.language)
      .field("documents", summary.documents)
      .field("tokens", summary.tokens)
      .field("vocabulary", summary.vocabulary)
      .field("classes", summary.classes)
      .field("shapes", summary.shapes)
      .field("textBytes", summary.text_bytes)
      .field("indexBytes", summary.index_bytes)
      .field("residentBytes", summary.resident_bytes)
      .end_object();
  return json.take();
}

std::string to_json(const Coverage& coverage) {
  JsonWriter json;
  write(json, coverage);
  return json.take();
}

std::string to_json(const VerifyReport& report) {
  JsonWriter json;
  json.begin_object()
      .field("valid", report.valid)
      .field("fragments", report.fragments)
      .field("windows", report.windows)
      .field("attestedWindows", report.attested_windows);
  json.key("problems").begin_array();
  for (const std::string& problem : report.problems) json.string(problem);
  json.end_array().end_object();
  return json.take();
}

}  // namespace cento
