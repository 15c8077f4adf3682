#include "cli/tables.h"

#include <algorithm>

#include "evidence/expert_names.h"
#include "evidence/shares.h"
#include "pack/pack_reader.h"

namespace cento::cli {
namespace {

constexpr size_t kShownMembers = 8;
constexpr uint32_t kCountBands = 16;  // by bit length; the last one is open
constexpr uint32_t kVarieties = 8;

// "3", "7-8" or "33+".
std::string length_of(ExpertId expert) {
  if (expert >= kSessionContext) return std::to_string(expert - kSessionContext + 1);
  if (expert < kUnwrapped) {
    const bool is_context = expert >= kClassContext && expert < kClassSession;
    return is_context ? std::to_string(expert - kClassContext + 1) : "";
  }
  const uint32_t band = expert - (expert >= kTokenContext ? kTokenContext : kUnwrapped) + 1u;
  uint32_t least = 1;
  while (length_band(least) < band) ++least;
  if (band == kLengthBands) return std::to_string(least) + "+";
  uint32_t most = least;
  while (length_band(most + 1) == band) ++most;
  return std::to_string(least) + (most > least ? "-" + std::to_string(most) : "");
}

bool is_filed_by_session(ExpertId expert) {
  return expert == kSlowDecay || expert == kFastDecay || expert == kClassSession;
}

ExpertTable table_of(const Shares& shares, ExpertId expert, uint32_t first_bucket) {
  ExpertTable table{.expert = std::string(expert_name(expert)),
                    .level = std::string(level_name(level_of(expert))),
                    .length = length_of(expert),
                    .at_line_start = first_bucket > 0,
                    .rows = {}};
  if (expert == kUnigram) {
    table.rows.push_back({0, UINT32_MAX, {shares.lambda(expert, 0)}});
    return table;
  }
  for (uint32_t band = 1; band < kCountBands; ++band) {
    const bool is_last = band + 1 == kCountBands;
    ShareRow row{1u << (band - 1), is_last ? UINT32_MAX : (1u << band) - 1, {}};
    if (is_filed_by_session(expert)) {
      row.shares = {shares.lambda(expert, band)};
    } else {
      for (uint32_t variety = 0; variety < kVarieties; ++variety) {
        row.shares.push_back(shares.lambda(expert, first_bucket + band * kVarieties + variety));
      }
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::vector<ClassTable> read_classes(const PackReader& reader) {
  const Vocabulary& vocabulary = reader.vocabulary();
  std::vector<uint64_t> counts(vocabulary.size());
  for (const TokenId token : reader.stream()) ++counts[token];
  std::vector<std::vector<TokenId>> members(reader.class_count());
  for (uint32_t token = 0; token < reader.classes().size(); ++token) {
    members[reader.classes()[token]].push_back(static_cast<TokenId>(token));
  }
  std::vector<ClassTable> classes;
  for (uint32_t c = 0; c < members.size(); ++c) {
    std::stable_sort(members[c].begin(), members[c].end(),
                     [&](TokenId a, TokenId b) { return counts[a] > counts[b]; });
    ClassTable table{.number = c, .members = members[c].size(), .count = 0, .frequent = {}};
    for (const TokenId token : members[c]) {
      table.count += counts[token];
      if (table.frequent.size() == kShownMembers) continue;
      table.frequent.emplace_back(token == kDocumentEnd ? "(end of a document)"
                                                        : vocabulary.text(token));
    }
    classes.push_back(std::move(table));
  }
  return classes;
}

std::string quote(const std::string& text) {
  JsonWriter json;
  json.string(text);
  return json.take();
}

// Four characters.
std::string hundredths(double share) {
  JsonWriter json;
  json.number(share, 2);
  std::string text = json.take();
  if (text.find('.') == std::string::npos) text += '.';
  text.resize(4, '0');
  return text;
}

std::string pad(std::string text, size_t width) {
  text.resize(std::max(width, text.size()), ' ');
  return text;
}

std::string range_of(const ShareRow& row) {
  if (row.most == UINT32_MAX) return row.least == 0 ? "always" : std::to_string(row.least) + "+";
  return std::to_string(row.least) +
         (row.most > row.least ? "-" + std::to_string(row.most) : std::string());
}

void describe(const ExpertTable& table, std::string& text) {
  constexpr size_t kRangeWidth = 12;
  text += "\n\n" + table.expert;
  if (!table.length.empty()) text += ", length " + table.length;
  if (table.at_line_start) text += ", at the start of a line";
  text += " (" + table.level + ")";
  const std::vector<double>* last = nullptr;
  for (const ShareRow& row : table.rows) {
    if (last != nullptr && *last == row.shares) continue;
    last = &row.shares;
    text += "\n  " + pad(range_of(row), kRangeWidth);
    for (const double share : row.shares) text += " " + hundredths(share);
  }
}

}  // namespace

Result<PackTables> read_tables(const PackFiles& files) {
  PackReader reader;
  CENTO_RETURN_IF_ERROR(files.feed(reader));
  CENTO_ASSIGN_OR_RETURN(const Shares shares, load_new<Shares>(reader.shares_table()));
  PackTables tables;
  for (ExpertId expert = kUnigram; expert < kExpertCount; ++expert) {
    tables.experts.push_back(table_of(shares, expert, 0));
    if (level_of(expert) == EvidenceLevel::kUnwrapped) {
      tables.experts.push_back(table_of(shares, expert, kLineStartBuckets));
    }
  }
  tables.classes = read_classes(reader);
  return tables;
}

void write(JsonWriter& json, const PackTables& tables) {
  json.begin_object().key("shares").begin_array();
  for (const ExpertTable& table : tables.experts) {
    json.begin_object()
        .field("expert", table.expert)
        .field("level", table.level)
        .field("length", table.length)
        .field("atLineStart", table.at_line_start);
    json.key("rows").begin_array();
    for (const ShareRow& row : table.rows) {
      json.begin_object().field("least", row.least).key("most");
      if (row.most == UINT32_MAX) {
        json.null();
      } else {
        json.number(row.most);
      }
      json.key("shares").begin_array();
      for (const double share : row.shares) json.number(share, 4);
      json.end_array().end_object();
    }
    json.end_array().end_object();
  }
  json.end_array().key("classes").begin_array();
  for (const ClassTable& table : tables.classes) {
    json.begin_object()
        .field("class", table.number)
        .field("members", table.members)
        .field("count", table.count);
    json.key("frequent").begin_array();
    for (const std::string& token : table.frequent) json.string(token);
    json.end_array().end_object();
  }
  json.end_array().end_object();
}

std::string describe(const PackTables& tables) {
  std::string text =
      "Shares: how much each expert is trusted against all weaker ones. Lines: how often its\n"
      "context stands (or how many tokens the session has); columns: how varied what follows is,\n"
      "from hardly (left) to always something else (right).";
  for (const ExpertTable& table : tables.experts) describe(table, text);
  if (tables.classes.empty()) return text;
  text += "\n\nClasses: tokens that keep the same company, with their most frequent members.\n";
  for (const ClassTable& table : tables.classes) {
    text += "\n" + pad(std::to_string(table.number), 5) + pad(std::to_string(table.count), 9);
    for (const std::string& token : table.frequent) text += " " + quote(token);
    if (table.members > table.frequent.size()) {
      text += " and " + std::to_string(table.members - table.frequent.size()) + " more";
    }
  }
  return text;
}

}  // namespace cento::cli
