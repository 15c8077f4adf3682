#include "cento/status.h"

namespace cento {

std::string_view status_code_name(StatusCode code) {
  switch (code) {
    case StatusCode::kOk: return "Ok";
    case StatusCode::kInvalidArgument: return "InvalidArgumentError";
    case StatusCode::kIntegrity: return "IntegrityError";
    case StatusCode::kVersionMismatch: return "VersionMismatchError";
    case StatusCode::kNotFound: return "NotFoundError";
    case StatusCode::kIo: return "IoError";
    case StatusCode::kResourceExhausted: return "QuotaExceededError";
    case StatusCode::kAborted: return "AbortError";
    case StatusCode::kUnsupported: return "NotSupportedError";
  }
  return "UnknownError";
}

std::string Status::to_string() const {
  std::string text(status_code_name(code_));
  if (!message_.empty()) text += ": " + message_;
  if (has_offset()) text += " (at byte " + std::to_string(offset_) + ")";
  return text;
}

}  // namespace cento
