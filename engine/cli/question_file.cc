#include "cli/question_file.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/files.h"

namespace cento::cli {
namespace {

using Json = nlohmann::json;

std::string text_of(const Json& object, const char* key) {
  const auto member = object.find(key);
  return member != object.end() && member->is_string() ? member->get<std::string>() : std::string();
}

// What is wrong with it, or nothing.
std::string parse_question(const Json& object, bool needs_answers, AskedQuestion& question) {
  if (!object.is_object()) return "is no JSON object";
  question.question = text_of(object, "question");
  question.document_id = text_of(object, "documentId");
  if (const auto answers = object.find("answers"); answers != object.end() && answers->is_array()) {
    for (const Json& answer : *answers) {
      if (answer.is_string()) question.answers.push_back(answer.get<std::string>());
    }
  }
  if (question.question.empty()) return "has no \"question\"";
  if (needs_answers && question.answers.empty()) return "has no \"answers\"";
  if (needs_answers && question.document_id.empty()) return "has no \"documentId\"";
  return {};
}

}  // namespace

Result<std::vector<AskedQuestion>> read_questions(const std::string& path, bool needs_answers) {
  CENTO_ASSIGN_OR_RETURN(const std::string text, read_file(path));
  std::vector<AskedQuestion> questions;
  size_t number = 0;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = std::string_view(text).substr(begin, end - begin);
    begin = end + 1;
    ++number;
    if (line.find_first_not_of(" \t\r") == line.npos) continue;
    AskedQuestion question;
    const std::string fault =
        parse_question(Json::parse(line, nullptr, false), needs_answers, question);
    if (!fault.empty()) {
      return Status::invalid_argument(path + ':' + std::to_string(number) + " " + fault + ".");
    }
    questions.push_back(std::move(question));
  }
  if (questions.empty()) return Status::invalid_argument(path + " has no questions.");
  return questions;
}

}  // namespace cento::cli
