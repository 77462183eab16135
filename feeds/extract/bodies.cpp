// SPDX-License-Identifier: AGPL-3.0-or-later
// Whose data leaked, and through whom.
//
// A text names many bodies: the one that was hit, its provider, its parent company, the thief, the regulator, the
// newspaper. body_names.cpp finds the names, body_roles.cpp what the words around each say. Here the mentions of one
// body are put together ("la Mutuelle des Ports", "la mutuelle"), their points added up, and the body that has most
// is the one hit, with those it is listed with ("le double piratage de Mutélis et de Carvita").
// A provider is the processor when somebody else is hit; when nobody else is named, it is itself the body hit.
// A body is never invented: without words that say it was hit there is none, and the name of a tool stands for its
// owner only when there is nothing better, with a confidence that alerts nobody.
#include <algorithm>
#include <array>

#include "feeds/extract/body_names.hpp"
#include "feeds/extract/body_roles.hpp"
#include "feeds/extract/cue_index.hpp"
#include "feeds/extract/steps.hpp"

namespace vigifuite::feeds::extract {
namespace {

constexpr int kHit = 3;        ///< points that make a body hit
constexpr int kHitCommon = 5;  ///< the same when no capital says that it is a name
constexpr int kSoft = 5;       ///< the same of an authority, which often only comments
constexpr int kSurely = 6;

/// A body: all the mentions that mean it.
struct Body {
  std::string folded;  ///< of its fullest name, without article
  std::vector<std::uint32_t> mentions;
  int victim = 0, provider = 0, other = 0;
  bool proper = false, product = false, sure = false, soft = false, place = false, headed = false;
  bool located = false, at = false, owner = false, perhaps = false;
  std::uint32_t best = 0;               ///< the mention that shows it
  std::uint32_t sentence = UINT32_MAX;  ///< the first that names it
};

class BodyChooser {
 public:
  explicit BodyChooser(const Parsed& parsed)
      : parsed_(parsed),
        document_(parsed.document),
        names_(find_body_names(parsed)),
        roles_(judge_roles(parsed, names_)) {}

  Bodies run() {
    for (std::uint32_t i = 0; i < names_.size(); ++i) gather(i);
    for (Body& body : bodies_) add_up(body);
    tell_places_from_owners();
    Bodies found;
    std::vector<std::size_t> hit = choose();
    for (const std::size_t index : hit) found.organisations.push_back(fact(bodies_[index]));
    if (!found.organisations.empty()) found.processor = processor(hit);
    return found;
  }

 private:
  static constexpr std::size_t kMostBodies = 200;

  std::string folded_name(const BodyName& name) const {
    std::string folded =
        fold(document_.text.substr(document_.tokens[name.first].begin, name.end - document_.tokens[name.first].begin));
    for (const std::string_view article : {"la ", "le ", "les ", "l ", "the "}) {
      if (folded.size() > article.size() + 2 && folded.starts_with(article)) {
        folded.erase(0, article.size());
        break;
      }
    }
    return folded;
  }

  void gather(std::uint32_t index) {
    const std::string folded = folded_name(names_[index]);
    if (folded.empty()) return;
    for (Body& body : bodies_) {
      if (!same(body.folded, folded) || (body.folded != folded && said_safe(index, folded))) continue;
      body.mentions.push_back(index);
      if (folded.size() > body.folded.size() && folded.size() < body.folded.size() + 60) body.folded = folded;
      return;
    }
    if (bodies_.size() < kMostBodies) bodies_.push_back(new_body(folded, index));
  }
  /// "Le pass Culture n'est pas concerné" says nothing of the "ministère de la Culture".
  bool said_safe(std::uint32_t index, std::string_view folded) const {
    return roles_[index].victim < 0 && folded.find(' ') == std::string_view::npos;
  }
  static Body new_body(const std::string& folded, std::uint32_t mention) {
    Body body;
    body.folded = folded;
    body.mentions = {mention};
    body.best = mention;
    return body;
  }
  /// One is the other, or a part of it in whole words that names something.
  static bool same(const std::string& a, const std::string& b) {
    if (a == b) return true;
    const std::string& shorter = a.size() < b.size() ? a : b;
    const std::string& longer = a.size() < b.size() ? b : a;
    if (shorter.size() < 3) return false;
    const std::size_t at = longer.find(shorter);
    if (at == std::string::npos) return false;
    return (at == 0 || longer[at - 1] == ' ') &&
           (at + shorter.size() == longer.size() || longer[at + shorter.size()] == ' ');
  }

  void add_up(Body& body) const {
    int best = -100;
    bool only_product = true, only_soft = true, only_place = true;
    for (const std::uint32_t i : body.mentions) {
      const BodyRole& role = roles_[i];
      const BodyName& name = names_[i];
      body.victim += role.victim;
      body.provider += role.provider;
      body.other += role.other;
      body.proper = body.proper || (name.proper && !name.opens);
      body.headed = body.headed || name.headed;
      body.located = body.located || role.located;
      body.at = body.at || role.at;
      body.perhaps = body.perhaps || role.perhaps;
      body.owner = body.owner || role.owner || role.signs;
      only_product = only_product && role.product;
      only_soft = only_soft && role.soft;
      only_place = only_place && role.place;
      const int worth =
          role.victim * 4 + (name.proper ? 8 : 0) + static_cast<int>(std::min(8U, name.last - name.first));
      if (worth > best) {
        best = worth;
        body.best = i;
      }
      body.sure = body.sure || role.victim >= kHit;
      body.sentence = std::min(body.sentence, name.sentence);
    }
    body.product = only_product;
    body.soft = only_soft;
    body.place = only_place;
    if (!body.proper && names_[body.best].opens && known(body)) body.proper = true;
    body.victim += static_cast<int>(std::min<std::size_t>(body.mentions.size() - 1, 3));
  }
  bool known(const Body& body) const { return parsed_.vocabulary->resolve(body.folded) != nullptr; }

  /// "L'intrusion chez Expédilog a exposé les clients d'Ornavia": where it happened serves whose data they are.
  void tell_places_from_owners() {
    const auto hit = [](const Body& body) {
      return is_hit(body) && body.proper && !body.perhaps && !body.product && !body.soft;
    };
    const bool others = std::any_of(bodies_.begin(), bodies_.end(), hit);
    for (Body& body : bodies_) {
      if (others && body.perhaps) body.provider = std::max(body.provider, std::max(kSurely, body.victim));
    }
    const auto owns = [&](const Body& body) { return body.owner && hit(body) && !body.at; };
    if (std::none_of(bodies_.begin(), bodies_.end(), owns)) return;
    for (Body& body : bodies_) {
      if (body.at && !body.owner && body.provider == 0 && body.proper && !body.headed) body.provider = kSurely;
    }
  }

  [[nodiscard]] static int score(const Body& body) { return body.victim - body.other; }
  /// Words that leave no doubt say that it serves the body hit.
  [[nodiscard]] static bool serves(const Body& body) { return body.provider >= kSurely || body.provider > body.victim; }
  [[nodiscard]] static bool is_hit(const Body& body) {
    return body.sure && score(body) >= (body.proper ? kHit : kHitCommon) && !serves(body);
  }

  /// How well a body does as the one hit, and in which order the kinds of evidence are asked; nothing when it does not.
  enum class Rank : std::uint8_t { None, Tool, Provider, Place, Common, Authority, Named, Hit };
  Rank rank(const Body& body) const {
    if (body.product) return body.other > 0 || body.victim < 0 || !body.proper ? Rank::None : Rank::Tool;
    if (is_hit(body)) {
      if (!body.proper) return Rank::Common;
      if (body.place) return Rank::None;
      return body.soft && score(body) < kSoft ? Rank::Authority : Rank::Hit;
    }
    if (body.other > 0 || body.victim < 0 || !body.proper) return Rank::None;
    if (serves(body)) return Rank::Provider;
    if (body.provider > 0) return Rank::None;
    if (body.place) {
      const bool town = body.located ? speaks_of(true) || speaks_of(false) : body.sentence == 0 && speaks_of(false);
      return town ? Rank::Place : Rank::None;
    }
    if (body.soft) return Rank::Authority;
    return body.headed || body.victim > 0 || known(body) ? Rank::Named : Rank::None;
  }
  /// "la commune", "la mairie": a place of the text is what they mean; or several are, "trois villes".
  bool speaks_of(bool several) const {
    static constexpr std::array<std::string_view, 3> kOne = {"commune", "mairie", "ville"};
    static constexpr std::array<std::string_view, 14> kSeveral = {
        "communes", "mairies", "villes",        "offices", "hopitaux",  "etablissements", "lycees",
        "ecoles",   "sites",   "collectivites", "centres", "cliniques", "campus",         "municipalites"};
    const auto count = static_cast<std::uint32_t>(document_.tokens.size());
    for (std::uint32_t i = 0; i < count; ++i) {
      for (const std::string_view word : kOne) {
        if (!several && document_.is_word(i, word) && alone(i)) return true;
      }
      for (const std::string_view word : kSeveral) {
        if (several && document_.is_word(i, word)) return true;
      }
    }
    return false;
  }
  /// Not the head of a longer kind: "commune de V…" is a body of its own.
  bool alone(std::uint32_t token) const {
    const CueMatch* kind = cue_at(parsed_.marks, token, Cue::Body);
    return kind != nullptr && kind->value == 1 && kind->last - kind->first == 1;
  }

  std::vector<std::size_t> choose() const {
    std::size_t best = bodies_.size();
    for (std::size_t i = 0; i < bodies_.size(); ++i) {
      if (rank(bodies_[i]) == Rank::None) continue;
      if (best == bodies_.size() || better(bodies_[i], bodies_[best])) best = i;
    }
    if (best == bodies_.size()) return {};
    if (rank(bodies_[best]) == Rank::Place && bodies_[best].located) return all_located();
    return rank(bodies_[best]) >= Rank::Common ? with_listed(best) : std::vector<std::size_t>{best};
  }
  bool better(const Body& a, const Body& b) const {
    const Rank left = rank(a), right = rank(b);
    if (left != right) return left > right;
    if (a.proper != b.proper) return a.proper;
    const auto worth = [](const Body& body) {
      return 4 * (score(body) + (body.headed ? 1 : 0)) - static_cast<int>(std::min(body.sentence, 6U));
    };
    return worth(a) > worth(b);
  }

  std::vector<std::size_t> all_located() const {
    std::vector<std::size_t> hit;
    for (std::size_t i = 0; i < bodies_.size(); ++i) {
      if (bodies_[i].located && rank(bodies_[i]) == Rank::Place) hit.push_back(i);
    }
    return hit;
  }
  /// The body, and those that stand with it in a list.
  std::vector<std::size_t> with_listed(std::size_t best) const {
    std::vector<std::size_t> hit = {best};
    for (std::size_t i = 0; i < bodies_.size(); ++i) {
      const Body& body = bodies_[i];
      if (i == best || body.other > 0 || body.victim < 0 || serves(body) || !(body.proper || body.headed)) continue;
      if (listed(bodies_[best], body)) hit.push_back(i);
    }
    std::sort(hit.begin(), hit.end(),
              [&](std::size_t a, std::size_t b) { return bodies_[a].mentions.front() < bodies_[b].mentions.front(); });
    return hit;
  }
  bool listed(const Body& a, const Body& b) const {
    for (const std::uint32_t i : a.mentions) {
      for (const std::uint32_t j : b.mentions) {
        if (names_[i].sentence == names_[j].sentence && chained(std::min(i, j), std::max(i, j))) return true;
      }
    }
    return false;
  }
  /// Each name from one to the other is joined to the next by nothing but commas, "et" and what stands before a name.
  bool chained(std::uint32_t from, std::uint32_t to) const {
    bool conjunction = false;
    for (std::uint32_t i = from; i < to; ++i) {
      std::uint32_t between = 0;
      bool joined = false;
      for (std::uint32_t t = names_[i].last; t < names_[i + 1].first; ++t) {
        if (document_.is_mark(t, ',')) {
          joined = true;
        } else if (document_.is_word(t, "et") || document_.is_word(t, "and") || document_.is_word(t, "ou")) {
          joined = conjunction = true;
        } else if (document_.tokens[t].kind != TokenKind::Word || parsed_.marks.on(t, Cue::Auxiliary) ||
                   parsed_.marks.on(t, Cue::Have) || parsed_.marks.on(t, Cue::Announces) ||
                   parsed_.marks.on(t, Cue::Provider) || parsed_.marks.on(t, Cue::Parent)) {
          return false;
        } else if (++between > 5) {
          return false;
        }
      }
      if (!joined) return false;
    }
    return conjunction;
  }

  std::optional<BodyFact> processor(const std::vector<std::size_t>& hit) const {
    const Body* best = nullptr;
    for (std::size_t i = 0; i < bodies_.size(); ++i) {
      const Body& body = bodies_[i];
      if (std::find(hit.begin(), hit.end(), i) != hit.end() || body.provider < 3 || body.other >= body.provider ||
          !body.proper)
        continue;
      if (best == nullptr || body.provider > best->provider) best = &body;
    }
    if (best == nullptr) return std::nullopt;
    BodyFact made = fact(*best);
    made.confidence = best->provider >= kSurely ? 0.9F : 0.6F;
    return made;
  }

  float confidence(const Body& body) const {
    const Rank found = rank(body);
    if (found == Rank::Hit) return score(body) >= 2 * kSurely ? 0.95F : score(body) >= kSurely ? 0.9F : 0.7F;
    return found == Rank::Named && body.headed ? 0.55F : found >= Rank::Provider ? 0.5F : 0.4F;
  }
  BodyFact fact(const Body& body) const {
    const BodyName& name = names_[body.best];
    BodyFact made;
    made.evidence = {document_.tokens[name.first].begin, name.end};
    made.name = std::string(document_.text.substr(made.evidence.begin, made.evidence.end - made.evidence.begin));
    if (const Organisation* known = parsed_.vocabulary->resolve(made.name)) made.id = known->id;
    made.confidence = confidence(body);
    return made;
  }

  const Parsed& parsed_;
  const Document& document_;
  std::vector<BodyName> names_;
  std::vector<BodyRole> roles_;
  std::vector<Body> bodies_;
};

}  // namespace

Bodies find_bodies(const Parsed& parsed) {
  return BodyChooser(parsed).run();
}

}  // namespace vigifuite::feeds::extract
