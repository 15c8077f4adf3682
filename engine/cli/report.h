// Named figures, printed as one JSON object or as lines for people.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_writer.h"
#include "cento/status.h"

namespace cento::cli {

// Each call adds one line: `key` names it in JSON, `label` to people.
class Report {
 public:
  Report() { json_.begin_object(); }

  Report& count(std::string_view key, std::string_view label, uint64_t value);
  Report& number(std::string_view key, std::string_view label, double value, int decimals);
  Report& text(std::string_view key, std::string_view label, std::string_view value);
  Report& list(std::string_view key, std::string_view label,
               const std::vector<std::string>& values);

  // For what is more than a figure: the writer stands behind `key` and must be given one value;
  // people read `lines` below all figures.
  JsonWriter& value(std::string_view key, std::string_view lines);

  // Writes to standard output, once. Errors: kIo.
  Status print(bool json);

 private:
  void add_line(std::string_view label, std::string value);

  struct Line {
    std::string label;
    std::string value;
  };
  JsonWriter json_;
  std::vector<Line> lines_;
  std::string below_;
};

// The value below which a share `q` of the values lies; 0 for none. REQUIRES: 0 <= q < 1.
double quantile(std::vector<double> values, double q);

}  // namespace cento::cli
