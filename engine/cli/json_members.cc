#include "cli/json_members.h"

namespace cento::cli {

uint64_t fault_offset(const Json::exception& error) {
  const auto* fault = dynamic_cast<const Json::parse_error*>(&error);
  if (fault == nullptr) return Status::kNoOffset;
  return fault->byte == 0 ? 0 : fault->byte - 1;
}

JsonMembers::JsonMembers(const Json& value, std::string path)
    : value_(value), path_(std::move(path)) {
  if (!value.is_object()) fault_ = '"' + path_ + "\" must be an object";
}

std::string JsonMembers::text(const char* key) {
  const Json* member = find(key);
  if (member != nullptr && member->is_string()) return member->get<std::string>();
  refuse(key, "a string");
  return {};
}

std::string JsonMembers::hex(const char* key, size_t length) {
  std::string digits = text(key);
  if (digits.size() != length || digits.find_first_not_of("0123456789abcdef") != digits.npos) {
    refuse(key, std::to_string(length) + " lowercase hexadecimal digits");
  }
  return digits;
}

uint64_t JsonMembers::count(const char* key, uint64_t least, uint64_t most) {
  const Json* member = find(key);
  if (member != nullptr && member->is_number_unsigned()) {
    const auto value = member->get<uint64_t>();
    if (value >= least && value <= most) return value;
  }
  refuse(key, "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  return 0;
}

double JsonMembers::number(const char* key) {
  const Json* member = find(key);
  if (member != nullptr && member->is_number()) return member->get<double>();
  refuse(key, "a number");
  return 0;
}

double JsonMembers::number(const char* key, int decimals) {
  const double value = number(key);
  double scale = 1;
  for (int i = 0; i < decimals; ++i) scale *= 10;
  const double scaled = value * scale;
  const bool is_safe = scaled > -9e15 && scaled < 9e15;
  const double rest = is_safe ? scaled - static_cast<double>(static_cast<int64_t>(scaled)) : 0.5;
  const double distance = rest < 0 ? -rest : rest;
  if (distance > 1e-4 && distance < 1 - 1e-4) {
    refuse(key, "a number of at most " + std::to_string(decimals) + " decimals");
  }
  return value;
}

bool JsonMembers::boolean(const char* key) {
  const Json* member = find(key);
  if (member != nullptr && member->is_boolean()) return member->get<bool>();
  refuse(key, "true or false");
  return false;
}

bool JsonMembers::is_null(const char* key) const {
  const Json* member = find(key);
  return member != nullptr && member->is_null();
}

JsonMembers JsonMembers::object(const char* key) {
  static const Json kMissing;
  const Json* member = find(key);
  return {member != nullptr ? *member : kMissing, path_of(key)};
}

const Json& JsonMembers::array(const char* key) {
  static const Json kEmpty = Json::array();
  const Json* member = find(key);
  if (member != nullptr && member->is_array()) return *member;
  refuse(key, "an array");
  return kEmpty;
}

void JsonMembers::refuse(const std::string& key, const std::string& needed) {
  if (fault_.empty()) fault_ = '"' + path_of(key) + "\" must be " + needed;
}

void JsonMembers::merge(const JsonMembers& inner) {
  if (fault_.empty()) fault_ = inner.fault_;
}

std::string JsonMembers::path_of(const std::string& key) const {
  return path_.empty() ? key : path_ + "." + key;
}

const Json* JsonMembers::find(const char* key) const {
  if (!value_.is_object()) return nullptr;
  const auto member = value_.find(key);
  return member == value_.end() ? nullptr : &*member;
}

}  // namespace cento::cli
