// What all that composes has in common: it works in small steps and fills an answer.
#pragma once

#include <cstdint>

#include "cento/results.h"

namespace cento {

// One answer at work. Resumable; deterministic in corpus, input, options and session.
class Composer {
 public:
  virtual ~Composer() = default;

  // Does one piece of work, of a millisecond at most, and returns its cost in look-ups; 0 when all
  // is done.
  virtual uint32_t step() = 0;
  // Sentences finished so far. Coverage, work and receipt are the caller's to fill in.
  const Answer& result() const { return result_; }
  Answer& result() { return result_; }
  // Why fragment `i` was chosen, with the alternatives that were weighed.
  // REQUIRES: all is done, i < result().fragments.size().
  virtual FragmentExplanation explain(uint32_t i) const = 0;

 protected:
  void refuse(std::string reason) {
    result_ = Answer();
    result_.refused = true;
    result_.reason = std::move(reason);
  }

  Answer result_;
};

}  // namespace cento
