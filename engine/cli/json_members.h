// Reads the members of JSON objects that came from outside, and tells exactly what is wrong with
// them.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "cento/status.h"

namespace cento::cli {

using Json = nlohmann::json;

// Where a text stops being JSON; Status::kNoOffset where it is JSON with a number that is too
// large.
uint64_t fault_offset(const Json::exception& error);

// Reads one object. Every call gives a value, an empty one where the member is missing or of
// another kind, and the first fault is kept: a caller reads all members and looks at `fault()`
// once. Lifetime: the JSON value must outlive it.
class JsonMembers {
 public:
  // `path` is where the value stands, for messages: "" for the whole, "files[2]".
  JsonMembers(const Json& value, std::string path);

  std::string text(const char* key);
  std::string hex(const char* key, size_t length);  // lowercase digits
  uint64_t count(const char* key, uint64_t least, uint64_t most);
  uint64_t count(const char* key) { return count(key, 0, UINT64_MAX); }
  uint32_t count32(const char* key) { return static_cast<uint32_t>(count(key, 0, UINT32_MAX)); }
  double number(const char* key);
  double number(const char* key, int decimals);  // with at most so many, as to_json prints it
  bool boolean(const char* key);
  bool is_null(const char* key) const;  // there, and null
  // The members of the object under `key`. Its faults must be taken over by `merge`.
  JsonMembers object(const char* key);
  const Json& array(const char* key);  // empty where there is none

  // Keeps this fault: the member under `key` must be `needed`.
  void refuse(const std::string& key, const std::string& needed);
  void merge(const JsonMembers& inner);

  // "\"files[2].bytes\" must be …", or empty.
  const std::string& fault() const { return fault_; }
  std::string path_of(const std::string& key) const;

 private:
  const Json* find(const char* key) const;

  const Json& value_;
  std::string path_;
  std::string fault_;
};

}  // namespace cento::cli
