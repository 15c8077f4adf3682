// info --tables: what a pack has counted beside its text, to be read.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/json_writer.h"
#include "cento/status.h"
#include "cli/pack_files.h"

namespace cento::cli {

// How much an expert is trusted against all weaker ones.
struct ShareRow {
  uint32_t least = 0;  // what stands this often or
  uint32_t most = 0;   // up to this often
  // By how varied the followers are, distinct ones / all, in eighths; one only where that is not
  // asked.
  std::vector<double> shares;
};
struct ExpertTable {
  std::string expert;
  std::string level;
  std::string length;  // of the contexts: "3", "7-8", "33+"; empty where there are none
  bool at_line_start = false;
  std::vector<ShareRow> rows;
};
struct ClassTable {
  uint32_t number = 0;
  uint64_t members = 0;               // different tokens
  uint64_t count = 0;                 // of all of them in the text
  std::vector<std::string> frequent;  // at most eight, the most frequent first
};
struct PackTables {
  std::vector<ExpertTable> experts;  // weakest first
  std::vector<ClassTable> classes;
};

// Errors: kIntegrity.
Result<PackTables> read_tables(const PackFiles& files);

void write(JsonWriter& json, const PackTables& tables);
// Several lines; rows that repeat the one before are left out.
std::string describe(const PackTables& tables);

}  // namespace cento::cli
