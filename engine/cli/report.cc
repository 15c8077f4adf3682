#include "cli/report.h"

#include <algorithm>

#include "cli/command.h"

namespace cento::cli {

Report& Report::count(std::string_view key, std::string_view label, uint64_t value) {
  json_.field(key, value);
  add_line(label, std::to_string(value));
  return *this;
}

Report& Report::number(std::string_view key, std::string_view label, double value, int decimals) {
  json_.field(key, value, decimals);
  JsonWriter written;
  written.number(value, decimals);
  add_line(label, written.take());
  return *this;
}

Report& Report::text(std::string_view key, std::string_view label, std::string_view value) {
  json_.field(key, value);
  if (!value.empty()) add_line(label, std::string(value));
  return *this;
}

Report& Report::list(std::string_view key, std::string_view label,
                     const std::vector<std::string>& values) {
  json_.key(key).begin_array();
  for (const std::string& value : values) {
    json_.string(value);
    add_line(label, value);
  }
  json_.end_array();
  return *this;
}

JsonWriter& Report::value(std::string_view key, std::string_view lines) {
  below_.append("\n\n").append(lines);
  return json_.key(key);
}

Status Report::print(bool json) {
  if (json) return print_line(json_.end_object().text());
  size_t width = 0;
  for (const Line& line : lines_) width = std::max(width, line.label.size());
  std::string text;
  for (const Line& line : lines_) {
    if (!text.empty()) text += '\n';
    text += line.label + std::string(width - line.label.size() + 2, ' ') + line.value;
  }
  return print_line(text + below_);
}

void Report::add_line(std::string_view label, std::string value) {
  lines_.push_back({std::string(label), std::move(value)});
}

double quantile(std::vector<double> values, double q) {
  if (values.empty()) return 0;
  const auto rank = static_cast<std::ptrdiff_t>(q * static_cast<double>(values.size()));
  std::nth_element(values.begin(), values.begin() + rank, values.end());
  return values[static_cast<size_t>(rank)];
}

}  // namespace cento::cli
