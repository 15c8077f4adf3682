#include "cli/describe.h"

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

}  // namespace

std::string describe(const Completion& completion, std::string_view prompt) {
  if (completion.refused) return "Refused: " + completion.reason;
  std::string text = std::string(prompt) + completion.text + "\n";
  for (size_t i = 0; i < completion.fragments.size(); ++i) {
    const Fragment& fragment = completion.fragments[i];
    text += "\n[" + std::to_string(i + 1) + "] " + quote(fragment.text) + "\n    " +
            describe_source(fragment.source);
  }
  if (!completion.reason.empty()) text += "\n\nEnded early: " + completion.reason;
  return text;
}

std::string describe(const Trace& trace, std::string_view text) {
  std::string lines = decimal(trace.covered * 100, 1) + "% of the words stand in " +
                      plural(trace.spans.size(), "attested span");
  for (const TraceSpan& span : trace.spans) {
    lines += "\n\n" + quote(text.substr(span.begin_bytes, span.end_bytes - span.begin_bytes)) +
             "\n    " + plural(span.words, "word") + ", " + plural(span.count, "place");
    for (const Source& source : span.sources) lines += "\n    " + describe_source(source);
  }
  return lines;
}

std::string describe(const VerifyReport& report) {
  std::string text = report.valid ? "Valid: " : "Not valid: ";
  text += plural(report.fragments, "fragment") + ", " + std::to_string(report.attested_windows) +
          " of " + plural(report.windows, "window") + " attested";
  for (const std::string& problem : report.problems) text += "\n  " + problem;
  return text;
}

std::string describe(const NextTokens& next) {
  std::string text = plural(next.count, "place") + ", " + plural(next.distinct, "next token");
  for (const NextToken& token : next.tokens) {
    text += "\n" + std::to_string(token.count) + "\t" + quote(token.text);
  }
  return text;
}

std::string describe(const Located& located) {
  std::string text = plural(located.count, "place");
  for (const Source& source : located.sources) text += "\n" + describe_source(source);
  return text;
}

}  // namespace cento::cli
