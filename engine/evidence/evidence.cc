#include "evidence/evidence.h"

namespace cento {
namespace {

// Absolute discounts (Ney, Essen & Kneser 1994).
constexpr double kFirstTokenDiscount = 0.7;  // after one token
constexpr double kTokenDiscount = 0.75;      // after more
constexpr double kClassDiscount = 0.6;
constexpr double kSessionDiscount = 0.3;
// The most that each longer class context has to say on the class of the session.
constexpr double kClassTrust = 0.7;
// Contexts read as unwrapped are asked for so many tokens after a line break.
constexpr uint32_t kFarFromWrap = 64;
// Followers are counted up to here; contexts with more are taken without a discount, which hardly
// matters there.
constexpr uint32_t kMaxDistinct = 48;
constexpr size_t kKnownDistinct = 4096;
// The pack's shares count as much as so many tokens of the session.
constexpr double kPriorTokens = 30;

bool contains(RowRange range, uint32_t row) { return range.begin <= row && row < range.end; }

double discounted(double count, const Opinion& opinion) {
  return count > 0 ? (count - opinion.discount) * opinion.scale : 0;
}

}  // namespace

// Puts together the opinions at a position, weakest first.
class Evidence::Assembly {
 public:
  Assembly(Evidence& evidence, const EvidencePosition& position, std::vector<Opinion>& opinions)
      : evidence_(evidence),
        model_(*evidence.model_),
        memory_(evidence.memory_),
        position_(position),
        opinions_(opinions) {}

  void run() {
    opinions_.clear();
    add({.expert = kUniform, .scale = 1.0 / model_.vocabulary_size()}, 0);
    add({.expert = kUnigram, .scale = 1.0 / model_.continuation_total()}, 0);
    if (memory_.size() > 0) {
      const auto words = static_cast<uint32_t>(memory_.words().size());
      add_counts({.expert = kSessionUnigram, .count = memory_.size(), .distinct = words},
                 memory_.size(), 0);
    }
    if (model_.has_classes()) add_classes();
    if (memory_.size() > 0) {
      const uint32_t bucket = session_bucket(memory_.size());
      add({.expert = kSlowDecay, .scale = 1 / memory_.slow_total()}, bucket);
      add({.expert = kFastDecay, .scale = 1 / memory_.fast_total()}, bucket);
    }
    add_unwrapped();
    add_tokens();
    weigh();
  }

 private:
  void add(Opinion opinion, uint32_t bucket) {
    opinion.lambda = model_.shares().lambda(opinion.expert, bucket);
    opinion.bucket = static_cast<uint8_t>(bucket);
    if (opinion.lambda == 0) return;
    if (opinion.expert != kUniform) {
      const Tally& tally = evidence_.tallies_[opinion.expert][bucket];
      opinion.lambda =
          (tally.chosen + kPriorTokens * opinion.lambda) / (tally.asked + kPriorTokens);
    }
    opinions_.push_back(opinion);
  }

  // An opinion from counts of followers that sum to `total`.
  void add_counts(Opinion opinion, uint32_t total, uint32_t first_bucket) {
    if (opinion.distinct == kMaxDistinct && opinion.length > 1) opinion.discount = 0;
    opinion.scale = 1 / (total - opinion.discount * opinion.distinct);
    add(opinion, first_bucket + context_bucket(opinion.count, opinion.distinct));
  }

  void add_context(ExpertId expert, const PatternIndex& index, Level level,
                   const ContextState::Context& context, double discount, uint32_t first_bucket) {
    if (model_.shares().is_silent(expert)) return;
    const uint32_t count =
        context.range.count() - (contains(context.range, index.end_row()) ? 1 : 0);
    if (count == 0) return;
    add_counts({.expert = expert,
                .length = context.length,
                .count = count,
                .distinct = evidence_.distinct(index, level, context.range, context.length),
                .discount = discount,
                .range = context.range},
               expert == kTokenContext ? index.continuation_total(context.range) : count,
               first_bucket);
  }

  void add_classes() {
    const auto contexts = position_.classes.contexts();
    for (size_t i = contexts.size(); i-- > 0;) {
      if (contexts[i].length == 0) continue;
      add_context(static_cast<ExpertId>(kClassContext + contexts[i].length - 1), model_.classes(),
                  Level::kClasses, contexts[i], kClassDiscount, 0);
    }
    if (memory_.size() > 0) add({.expert = kClassSession}, session_bucket(memory_.size()));
  }

  void add_unwrapped() {
    if (position_.since_wrap >= kFarFromWrap) return;
    const auto contexts = position_.unwrapped.contexts();
    for (size_t i = contexts.size(); i-- > 0;) {
      if (contexts[i].length <= position_.since_wrap) continue;
      add_context(static_cast<ExpertId>(kUnwrapped + length_band(contexts[i].length) - 1),
                  model_.tokens(), Level::kTokens, contexts[i], kTokenDiscount,
                  position_.is_line_start ? kLineStartBuckets : 0);
    }
  }

  // Contexts in the pack and in the session, by length; of two with the same one, the session's is
  // the stronger.
  void add_tokens() {
    const auto contexts = position_.tokens.contexts();
    uint32_t session_length = 1;
    for (size_t i = contexts.size(); i-- > 0;) {
      const uint32_t length = contexts[i].length;
      if (length == 0) continue;
      while (session_length < length) {
        if (!add_session(session_length++)) break;
      }
      add_context(static_cast<ExpertId>(kTokenContext + length_band(length) - 1), model_.tokens(),
                  Level::kTokens, contexts[i], length == 1 ? kFirstTokenDiscount : kTokenDiscount,
                  0);
    }
    while (add_session(session_length)) ++session_length;
  }

  // False where there is no such context, nor a longer one.
  bool add_session(uint32_t length) {
    if (length > kMaxSessionContext) return false;
    const SessionMemory::NodeId id = position_.session[length - 1];
    if (id == SessionMemory::kNoNode) return false;
    const SessionMemory::Node& node = memory_.node(id);
    if (node.followed > 0) {
      add_counts({.expert = static_cast<ExpertId>(kSessionContext + length - 1),
                  .length = length,
                  .count = node.followed,
                  .distinct = node.distinct,
                  .discount = kSessionDiscount,
                  .node = id},
                 node.followed, 0);
    }
    return true;
  }

  // Shares of the whole, from the strongest down.
  void weigh() {
    double rest = 1;
    for (size_t i = opinions_.size(); i-- > 0;) {
      opinions_[i].weight = rest * opinions_[i].lambda;
      rest *= 1 - opinions_[i].lambda;
    }
  }

  Evidence& evidence_;
  const EvidenceModel& model_;
  const SessionMemory& memory_;
  const EvidencePosition& position_;
  std::vector<Opinion>& opinions_;
};

double Prediction::class_trust(const Opinion& opinion) {
  return kClassTrust * opinion.count / (opinion.count + 2.0 * opinion.distinct);
}

double Prediction::count_follower(const Opinion& opinion, TokenId token) const {
  const RowRange rows = model_->tokens().extend(opinion.range, token);
  return opinion.expert == kTokenContext ? model_->tokens().continuation_count(rows) : rows.count();
}

double Prediction::evaluate(TokenId token, std::vector<Testimony>* testimonies) const {
  const EvidenceModel& model = *model_;
  const SessionMemory::Word* word = memory_->word(token);
  const bool has_classes = model.has_classes();
  const uint8_t token_class = has_classes ? model.class_of()[token] : 0;
  const double share_of_class = has_classes ? model.share_of_class(token) : 0;
  // What class contexts say of the class, from the shortest on.
  double class_probability =
      has_classes ? double(model.class_count(token_class)) / model.class_total() : 0;

  double probability = 0;
  for (const Opinion& opinion : opinions_) {
    double count = 0;
    double p = 0;
    if (opinion.expert >= kSessionContext) {
      const SessionMemory::NodeId child = memory_->child(opinion.node, token);
      if (child != SessionMemory::kNoNode) count = memory_->node(child).count;
      p = discounted(count, opinion);
    } else if (opinion.expert >= kTokenContext) {
      count = count_follower(opinion, token);
      p = discounted(count, opinion);
    } else if (opinion.expert >= kUnwrapped) {
      if (!position_->is_line_start) {
        count = model.tokens().count_follower(opinion.range, token);
        p = discounted(count, opinion);
      } else {  // a token that begins with a space stands here without it
        const TokenId spaced = model.spaced(token);
        if (spaced != token) {
          count = model.tokens().count_follower(opinion.range, spaced);
          p = discounted(count, opinion);
        }
        if (model.unspaced(token) == token) {
          const double unchanged = model.tokens().count_follower(opinion.range, token);
          p += discounted(unchanged, opinion);
          count += unchanged;
        }
      }
    } else if (opinion.expert >= kClassContext && opinion.expert < kClassSession) {
      count = model.classes().count_follower(opinion.range, token_class);
      const double class_p = discounted(count, opinion);
      const double trust = class_trust(opinion);
      class_probability += trust * (class_p - class_probability);
      p = class_p * share_of_class;
    } else if (opinion.expert == kClassSession) {
      const double total = memory_->slow_class_total(token_class);
      p = class_probability * (total == 0        ? share_of_class
                               : word == nullptr ? 0
                                                 : word->slow / total);
    } else if (opinion.expert == kUniform) {
      p = opinion.scale;
    } else if (opinion.expert == kUnigram) {
      count = model.continuation_count(token);
      p = count * opinion.scale;
    } else if (word != nullptr) {
      count = word->count;
      p = (opinion.expert == kSessionUnigram ? count
           : opinion.expert == kSlowDecay    ? word->slow
                                             : word->fast) *
          opinion.scale;
    }
    probability += opinion.weight * p;
    if (testimonies != nullptr) testimonies->push_back({&opinion, count, p, opinion.weight * p});
  }
  return probability;
}

void Prediction::explain(TokenId token, std::vector<Testimony>& out) const {
  out.clear();
  const double whole = evaluate(token, &out);
  for (Testimony& testimony : out) testimony.contribution /= whole;
}

Evidence::Evidence(const EvidenceModel& model)
    : model_(&model),
      memory_(model.vocabulary_size(),
              model.has_classes() ? model.class_of() : std::span<const uint8_t>()),
      position_{.tokens = ContextState(model.tokens()),
                .unwrapped = ContextState(model.tokens()),
                .classes = ContextState(model.has_classes() ? model.classes() : model.tokens(),
                                        kMaxClassContext)},
      tallies_(kExpertCount),
      known_(kKnownDistinct) {
  reset();
}

void Evidence::reset() {
  for (auto& tallies : tallies_) tallies.fill({});
  memory_.reset();
  position_.tokens.reset();
  position_.unwrapped.reset();
  position_.classes.reset();
  position_.session = memory_.contexts();
  // The first word may stand without the space that it has everywhere else.
  position_.since_wrap = 0;
  position_.is_line_start = true;
  position_.tokens.append(kDocumentEnd);
  if (model_->has_classes()) position_.classes.append(model_->class_of()[kDocumentEnd]);
}

double Evidence::observe(TokenId token) {
  predict(position_, prediction_);
  testimonies_.clear();
  const double probability = prediction_.evaluate(token, &testimonies_);
  adapt(probability);
  append(token);
  return probability;
}

// One step of expectation-maximisation, as ShareFitter takes on held-out text: how much of the
// token came from each expert, and how much from it or one below it.
void Evidence::adapt(double probability) {
  double below = 0;
  for (const Testimony& testimony : testimonies_) {
    const double own = testimony.contribution / probability;
    below += own;
    Tally& tally = tallies_[testimony.opinion->expert][testimony.opinion->bucket];
    tally.chosen += static_cast<float>(own);
    tally.asked += static_cast<float>(below);
  }
}

void Evidence::append(TokenId token) {
  advance(position_, token);
  memory_.append(token);
  position_.session = memory_.contexts();
}

void Evidence::advance(EvidencePosition& position, TokenId token) const {
  if (model_->is_wrap(token)) {
    if (position.since_wrap >= kFarFromWrap) position.unwrapped = position.tokens;
    position.since_wrap = 0;
  } else if (position.since_wrap < kFarFromWrap) {
    position.unwrapped.append(position.is_line_start ? model_->spaced(token) : token);
    if (!position.is_line_start) ++position.since_wrap;
  }
  position.is_line_start = model_->is_wrap(token);
  position.tokens.append(token);
  if (model_->has_classes()) position.classes.append(model_->class_of()[token]);
  memory_.advance(position.session, token);
}

void Evidence::predict(const EvidencePosition& position, Prediction& prediction) {
  prediction.model_ = model_;
  prediction.memory_ = &memory_;
  prediction.position_ = &position;
  Assembly(*this, position, prediction.opinions_).run();
}

uint32_t Evidence::distinct(const PatternIndex& index, Level level, RowRange range,
                            uint32_t length) {
  if (range.count() == 1) return 1;
  const bool is_cheap = length <= 1 || (length == 2 && index.has_continuation_counts());
  if (is_cheap) return index.distinct_followers(range, length);
  const uint32_t hash =
      (range.begin * 0x9E3779B1u) ^ (range.end * 0x85EBCA77u) ^ static_cast<uint32_t>(level);
  KnownDistinct& known = known_[(hash ^ hash >> 15) % kKnownDistinct];
  if (known.distinct == 0 || known.level != level || known.range != range) {
    known = {range, index.distinct_followers(range, length, kMaxDistinct), level};
  }
  return known.distinct;
}

}  // namespace cento
