#include "cli/describe.h"

#include <algorithm>
#include <vector>

#include "base/json_writer.h"

namespace cento::cli {
namespace {

// In quotation marks, with line breaks and other control characters made visible.
std::string quote(std::string_view text) {
  JsonWriter writer;
  writer.string(text);
  return writer.take();
}

std::string decimal(double value, int decimals) {
  JsonWriter writer;
  writer.number(value, decimals);
  return writer.take();
}

std::string plural(uint64_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

// "Kenya › Geography, characters 10 to 25 (https://…)"
std::string describe_source(const Source& source) {
  std::string line = source.title.empty() ? source.document_id : source.title;
  for (const std::string& heading : source.headings) line += " › " + heading;
  line += ", characters " + std::to_string(source.begin_utf16) + " to " +
          std::to_string(source.end_utf16);
  if (!source.url.empty()) line += " (" + source.url + ")";
  return line;
}

// Columns of a table, as wide as what they hold; numbers stand to the right, the last one to the
// left.
std::string align(const std::vector<std::vector<std::string>>& rows) {
  std::vector<size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text;
  for (const auto& row : rows) {
    if (!text.empty()) text += '\n';
    for (size_t i = 0; i < row.size(); ++i) {
      const std::string padding(widths[i] - row[i].size(), ' ');
      if (i == 0) {
        text.append(row[i]).append(padding);
      } else if (i + 1 == row.size()) {
        text.append("  ").append(row[i]);
      } else {
        text.append("  ").append(padding).append(row[i]);
      }
    }
  }
  return text;
}

std::string percent(double share) { return decimal(share * 100, 2) + "%"; }

// The end of a long context, which is what it is known by.
std::string shorten(std::string_view context) {
  constexpr size_t kMostBytes = 48;
  if (context.size() <= kMostBytes) return quote(context);
  size_t begin = context.size() - kMostBytes;
  while (begin < context.size() && (context[begin] & 0xC0) == 0x80) ++begin;
  return "…" + quote(context.substr(begin));
}

}  // namespace

std::string describe(const Answer& completion, std::string_view prompt) {
  if (completion.refused) {
    std::string text = "Refused: " + completion.reason;
    if (!completion.topics.empty()) text += "\nThe nearest topics:";
    for (const std::string& topic : completion.topics) text.append("\n  ").append(topic);
    return text;
  }
  std::string text = std::string(prompt);
  const Highlight& mark = completion.highlight;
  if (mark.begin_bytes < mark.end_bytes) {
    text.append(completion.text, static_cast<size_t>(mark.begin_bytes),
                static_cast<size_t>(mark.end_bytes - mark.begin_bytes))
        .append("\n\n");
  }
  text.append(completion.text).append("\n");
  uint32_t number = 0;
  for (const Fragment& fragment : completion.fragments) {
    text.append("\n[").append(std::to_string(++number)).append("] ").append(quote(fragment.text));
    text.append("\n    ").append(describe_source(fragment.source));
  }
  if (!completion.reason.empty()) text.append("\n\nEnded early: ").append(completion.reason);
  return text;
}

std::string describe(const Suggestions& suggestions, std::string_view text) {
  if (suggestions.suggestions.empty()) return "No suggestion.";
  std::string lines;
  for (const Suggestion& suggestion : suggestions.suggestions) {
    if (!lines.empty()) lines += '\n';
    const std::string_view kept =
        text.substr(0, text.size() - static_cast<size_t>(suggestion.replaces_bytes));
    lines.append(kept.substr(kept.find_last_of('\n') + 1)).append("[").append(suggestion.text);
    lines.append("]  ").append(decimal(suggestion.probability * 100, 2)).append("%");
    if (suggestion.corrected) lines += ", corrected";
    for (const LevelShare& level : suggestion.levels) {
      lines.append(", ").append(level.level).append(" ");
      lines.append(decimal(level.share * 100, 0)).append("%");
    }
  }
  return lines;
}

std::string describe(const Trace& trace, std::string_view text) {
  std::string lines = decimal(trace.covered * 100, 1) + "% of the words stand in " +
                      plural(trace.spans.size(), "attested span");
  for (const TraceSpan& span : trace.spans) {
    const std::string_view run =
        text.substr(static_cast<size_t>(span.begin_bytes),
                    static_cast<size_t>(span.end_bytes - span.begin_bytes));
    lines.append("\n\n").append(quote(run)).append("\n    ");
    lines.append(plural(span.words, "word")).append(", ").append(plural(span.count, "place"));
    for (const Source& source : span.sources) {
      lines.append("\n    ").append(describe_source(source));
    }
  }
  return lines;
}

std::string describe_token(std::string_view token) { return quote(token); }

std::string describe(const FragmentExplanation& explanation) {
  std::string lines = explanation.reason;
  uint32_t number = 0;
  for (const Candidate& candidate : explanation.candidates) {
    lines.append(number++ == 0 ? "\n\nChosen: " : "\n\nInstead: ").append(quote(candidate.text));
    lines.append("\n    ").append(describe_source(candidate.source));
    lines.append("\n    score ").append(decimal(candidate.score, 2));
    for (const auto& [name, value] : candidate.parts) {
      lines.append(", ").append(name).append(" ").append(decimal(value, 2));
    }
  }
  return lines;
}

std::string describe(const CheckReport& report, std::string_view text) {
  std::string lines = plural(report.sentences, "sentence") + ": " +
                      std::to_string(report.attested) + " attested, " +
                      std::to_string(report.near_miss) +
                      (report.near_miss == 1 ? " near miss, " : " near misses, ") +
                      std::to_string(report.unsupported) + " unsupported";
  const auto part = [&](const Mark& mark) {
    return quote(text.substr(static_cast<size_t>(mark.begin_bytes),
                             static_cast<size_t>(mark.end_bytes - mark.begin_bytes)));
  };
  for (const CheckedSentence& sentence : report.details) {
    if (sentence.verdict == Verdict::kAttested) continue;
    const bool near = sentence.verdict == Verdict::kNearMiss;
    lines.append(near ? "\n\nNear miss: " : "\n\nUnsupported: ").append(part(sentence.range));
    if (!near) continue;
    lines.append("\n    ").append(sentence.difference).append(" ").append(part(sentence.differs));
    lines += ": the documents say " + quote(sentence.documents_say);
    lines.append("\n    ").append(quote(sentence.evidence));
    lines.append("\n    ").append(describe_source(sentence.source));
  }
  return lines;
}

std::string describe(const VerifyReport& report) {
  std::string text = report.valid ? "Valid: " : "Not valid: ";
  text.append(plural(report.fragments, "fragment")).append(", ");
  text.append(std::to_string(report.attested_windows)).append(" of ");
  text.append(plural(report.windows, "window")).append(" attested");
  for (const std::string& problem : report.problems) text.append("\n  ").append(problem);
  return text;
}

std::string describe(const NextTokens& next) {
  std::string text = plural(next.count, "place") + ", " + plural(next.distinct, "next token");
  for (const NextToken& token : next.tokens) {
    text.append("\n").append(std::to_string(token.count)).append("\t").append(quote(token.text));
  }
  return text;
}

std::string describe(const Located& located) {
  std::string text = plural(located.count, "place");
  for (const Source& source : located.sources) text.append("\n").append(describe_source(source));
  return text;
}

std::string describe(const SearchResults& results) {
  std::string text;
  for (const Correction& correction : results.corrections) {
    text += quote(correction.from) + " stands nowhere: taken for " + quote(correction.to) + "\n";
  }
  if (results.results.empty()) return text + "Nothing fits.";
  for (size_t i = 0; i < results.results.size(); ++i) {
    const SearchResult& result = results.results[i];
    if (!text.empty()) text += '\n';
    text += std::to_string(i + 1) + ". " + describe_source(result.source) + "\n   ";
    for (const char c : result.excerpt) text += c == '\n' || c == '\r' ? ' ' : c;
  }
  return text;
}

std::string describe(const Predictions& predictions) {
  std::string text;
  for (const PredictedToken& token : predictions.tokens) {
    if (!text.empty()) text += '\n';
    text.append(percent(token.probability)).append("\t").append(quote(token.text));
  }
  return text;
}

std::string describe(const TokenExplanation& explanation) {
  std::string text = quote(explanation.token) + ": " + percent(explanation.probability) + ", " +
                     decimal(explanation.bits, 2) + " bits\n\nFrom";
  for (const LevelShare& level : explanation.levels) {
    text.append(text.back() == 'm' ? " " : ", ").append(level.level).append(" ");
    text.append(percent(level.share));
  }
  text += "\n\n";
  std::vector<std::vector<std::string>> rows = {{"expert", "length", "count", "distinct",
                                                 "followed", "trust", "probability", "share",
                                                 "context"}};
  for (const ExpertPart& part : explanation.experts) {
    rows.push_back({part.expert, std::to_string(part.context_length), std::to_string(part.count),
                    std::to_string(part.distinct), decimal(part.followers, 0),
                    decimal(part.lambda, 3), percent(part.probability), percent(part.contribution),
                    part.context.empty() ? "" : shorten(part.context)});
  }
  return text + align(rows);
}

}  // namespace cento::cli
