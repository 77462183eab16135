// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>

#include "daemon/cli/commands.hpp"
#include "daemon/cli/hit_page.hpp"
#include "daemon/cli/interview.hpp"
#include "daemon/cli/profiles.hpp"
#include "schemas/messages.hpp"
#include "schemas/reason_text.hpp"
#include "schemas/wording.hpp"

namespace vigifuite::cli {
namespace {

/// Whom a check was about, as it must be said again for a letter.
struct Asked {
  std::string profile;            ///< file
  std::string watch;              ///< number
  std::vector<std::string> ties;  ///< as typed after --tie
};

int exit_code(JsonValue check) {
  const std::string_view verdict = check["verdict"].text();
  if (const auto known = parse_verdict(verdict); known && exposes(*known)) return kExposed;
  const bool unknown_body = check["unknown_ties"].items().size() != 0;
  if (verdict == "undetermined" || unknown_body || !sources_answer(check["freshness"])) return kUndetermined;
  return kDone;
}

struct Counts {
  std::int64_t affected = 0, likely = 0, possible = 0, spared = 0, uncertain = 0;
  [[nodiscard]] std::int64_t exposing() const { return affected + likely + possible; }
};

Counts count(JsonValue items) {
  Counts counts;
  for (const auto element : items.items()) {
    switch (verdict_of(JsonValue(element))) {
      case Verdict::Affected: ++counts.affected; break;
      case Verdict::Likely: ++counts.likely; break;
      case Verdict::Possible: ++counts.possible; break;
      case Verdict::NotAffected: ++counts.spared; break;
      case Verdict::Undetermined: ++counts.uncertain; break;
    }
  }
  return counts;
}

class CheckPage {
 public:
  CheckPage(Session& session, JsonValue check, const Asked& asked, bool all)
      : session_(session),
        language_(session.language()),
        check_(check),
        asked_(asked),
        all_(all),
        counts_(count(check["items"])),
        labels_(session.get("/api/v1/categories"), language_),
        page_(session.page()) {}

  Page build() {
    understood_ties();
    unknown_ties();
    summary();
    for (const auto element : check_["items"].items()) {
      const JsonValue item(element);
      if (!all_ && !exposes(verdict_of(item))) continue;
      page_.blank();
      print_hit(page_, item, labels_, language_, Names::Above);
    }
    if (counts_.exposing() != 0) {
      together();
      letters();
    }
    follow_up();
    page_.blank();
    print_freshness(page_, check_, language_);
    return std::move(page_);
  }

 private:
  void counted(std::int64_t value, Message one, Message many) {
    page_.text(bold(say(language_, plural(language_, value, one, many), number(language_, value))));
  }

  void summary() {
    using enum Message;
    const auto& [affected, likely, possible, spared, uncertain] = counts_;
    const std::int64_t exposing = counts_.exposing();
    if (exposing == 0) {
      page_.text(bold(session_.say(exit_code(check_) == kDone ? CheckNothing : CheckUndetermined)));
      if (!sources_answer(check_["freshness"])) page_.text(session_.say(CheckSourcesSilent));
    } else if (exposing == affected) {
      counted(affected, CheckAffected_one, CheckAffected_many);
    } else if (exposing == likely) {
      counted(likely, CheckLikely_one, CheckLikely_many);
    } else if (exposing == possible) {
      counted(possible, CheckPossible_one, CheckPossible_many);
    } else {
      std::vector<std::string> parts;
      const auto part = [&](std::int64_t value, Message one, Message many) {
        if (value != 0) parts.push_back(say(language_, plural(language_, value, one, many), value));
      };
      part(affected, CountAffected_one, CountAffected_many);
      part(likely, CountLikely_one, CountLikely_many);
      part(possible, CountPossible_one, CountPossible_many);
      page_.text(bold(say(language_, CheckMixed, exposing, list_of(language_, parts))));
    }
    if (!all_) others(spared, uncertain);
  }

  /// What was looked at and is not shown: counted, never hidden.
  void others(std::int64_t spared, std::int64_t uncertain) {
    using enum Message;
    const auto counted_words = [&](std::int64_t value, Message one, Message many) {
      return say(language_, plural(language_, value, one, many), value);
    };
    std::string words;
    if (spared != 0) words = counted_words(spared, CheckSpared_one, CheckSpared_many);
    if (uncertain != 0 && words.empty())
      words = counted_words(uncertain, CheckUncertain_one, CheckUncertain_many);
    else if (uncertain != 0) {
      const Message form = plural(language_, uncertain, CheckUncertainToo_one, CheckUncertainToo_many);
      words = say(language_, form, words, uncertain);
    }
    if (!words.empty()) page_.text(say(language_, CheckOthers, words));
  }

  void unknown_ties() {
    for (const auto element : check_["unknown_ties"].items()) {
      const JsonValue unknown(element);
      const std::string words = unknown.is_string() ? shown(unknown, language_) : tie_words(unknown);
      if (unknown["several"].boolean().value_or(false)) {
        page_.text(say(language_, Message::TieSeveral, words, bodies_with_ids(unknown["near"])));
        continue;
      }
      const std::string near = body_names(unknown["near"], language_);
      page_.text(near.empty() ? say(language_, Message::TieUnknown, words)
                              : say(language_, Message::TieUnknownNear, words, near));
    }
  }

  /// How old names, bodies that are no more and names of networks were taken.
  void understood_ties() {
    for (const auto element : check_["ties"].items()) {
      const JsonValue tie(element);
      const std::string said = printable(tie["name"].text());
      if (const auto became = names_at(tie["became"]); !became.empty()) {
        page_.text(renamed_sentence(language_, said, became));
      }
      std::vector<std::string> heirs;
      for (const auto item : tie["heirs"].items()) {
        const JsonValue heir(item);
        heirs.push_back(
            heir_words(language_, printable(heir["name"].text()), text_at(heir["what"]), date_at(heir["since"])));
      }
      if (!heirs.empty()) page_.text(say(language_, Message::FilesWent, said, list_of(language_, heirs)));
      if (const std::string note = shown(tie["note"], language_); !note.empty()) page_.text(note);
    }
  }

  /// "Caisse des dépôts (caisse-des-depots) et Communes (communes)".
  std::string bodies_with_ids(JsonValue bodies) const {
    std::vector<std::string> names;
    for (const auto element : bodies.items()) {
      names.push_back(body_name(JsonValue(element)) + " (" + printable(JsonValue(element)["id"].text()) + ")");
    }
    return list_of(language_, names);
  }

  std::string tie_words(JsonValue unknown) const {
    for (const char* name : {"words", "tie", "name", "organisation"}) {
      if (unknown[name]) return body_name(unknown[name]);
    }
    return {};
  }

  void together() {
    const JsonValue together = check_["together"];
    const std::string exposed = labels_.of(together["exposed"]);
    if (!exposed.empty() && counts_.exposing() > 1) {
      page_.blank().text(say(language_, Message::Together, exposed));
    } else {
      page_.blank();
    }
    for (const auto risk : together["risks"].items()) {
      const std::string words = uncapitalised(shown(JsonValue(risk), language_));
      if (!words.empty()) page_.text(say(language_, Message::Risk, words));
    }
    std::size_t rank = 0;
    for (const auto element : together["actions"].items()) {
      const std::string words = shown(JsonValue(element)["text"], language_);
      if (words.empty()) continue;
      if (++rank > 3) break;
      if (rank == 1) page_.text(bold(say(language_, Message::FirstThings)));
      page_.text(std::to_string(rank) + ". " + words, 2, 5);
    }
  }

  /// How the person is named again on the next command line.
  std::string same_person(JsonValue item) const {
    if (!asked_.watch.empty()) return " --watch " + asked_.watch;
    std::string out;
    if (!asked_.profile.empty())
      out = " --profile " + shell_word(asked_.profile);
    else if (item["tie"])
      out = " --tie " + shell_word(typed(item["tie"]));
    return out;
  }

  /// A letter states facts: none about what is only claimed, or that no public page confirms.
  static bool letter_fits(JsonValue item) {
    const std::string_view status = item["status"].text();
    return exposes(verdict_of(item)) && (status == "confirmed" || status == "corrected") &&
           item["verified"].boolean().value_or(true);
  }

  /// The complaint needs a notice or a sure tie (schemas/letters/l1-cnil.json); the question to the body needs neither.
  static bool fits(JsonValue kind, JsonValue item) {
    const Verdict verdict = verdict_of(item);
    return kind["id"].text() != "cnil" || verdict == Verdict::Affected || verdict == Verdict::Likely;
  }

  void letters() {
    const auto kinds = session_.get("/api/v1/letters");
    if (!kinds) return;  // the verdict stands without them
    std::vector<JsonValue> items, first;
    for (const auto element : check_["items"].items()) {
      if (const JsonValue item(element); letter_fits(item)) items.push_back(item);
    }
    for (const auto element : kinds->value["items"].items()) {
      if (const JsonValue kind(element); kind["first"].boolean().value_or(true)) first.push_back(kind);
    }
    // Who received no notice asks the body before complaining of it.
    const bool told = !items.empty() && verdict_of(items.front()) == Verdict::Affected;
    std::stable_partition(first.begin(), first.end(),
                          [&](JsonValue kind) { return told || kind["id"].text() == "acces"; });
    bool titled = false;
    for (const JsonValue kind : first) titled = letters_of(kind, items, titled);
  }

  bool letters_of(JsonValue kind, const std::vector<JsonValue>& items, bool titled) {
    constexpr std::size_t kMost = 10;
    std::size_t listed = 0;
    for (const JsonValue item : items) {
      if (listed == kMost || !fits(kind, item)) continue;
      if (!titled) page_.blank().text(bold(say(language_, Message::LettersReady)));
      if (++listed == 1) page_.text(shown(kind["title"], language_), 2, 4);
      titled = true;
      page_.command("vigifuite letter " + printable(kind["id"].text()) + " " + printable(item["incident"].text()) +
                        same_person(item),
                    4);
    }
    return titled;
  }

  void follow_up() {
    if (asked_.ties.empty() || check_["unknown_ties"].items().size() != 0) return;
    std::string line = "vigifuite watch add";
    for (const std::string& tie : asked_.ties) line += " --tie " + shell_word(tie);
    page_.blank().text(say(language_, Message::KeepWatching)).command(line, 4);
  }

  Session& session_;
  Language language_;
  JsonValue check_;
  const Asked& asked_;
  bool all_;
  Counts counts_;
  CategoryLabels labels_;
  Page page_;
};

int finish(Session& session, const Result<Document>& check, const Asked& asked, bool all) {
  if (!check) return session.fail_with(check.error());
  if (session.json())
    session.print_document(*check);
  else if (!session.quiet())
    session.print(CheckPage(session, check->value, asked, all).build());
  return exit_code(check->value);
}

}  // namespace

int run_check(Session& session, const Arguments& arguments) {
  const bool tied = arguments.given("--tie") || arguments.given("--profile");
  const bool all = arguments.flag("--all");
  Asked asked{arguments.text("--profile"), arguments.text("--watch"), {}};
  if (arguments.given("--watch")) {
    if (tied) return session.misuse(session.say(Message::UsageWatchAlone), "check");
    return finish(session, session.get("/api/v1/watch/" + asked.watch + "/check"), asked, all);
  }
  if (!tied && !session.interactive()) return session.misuse(session.say(Message::UsageCheckWhat), "check");
  const auto profile = tied ? profile_from(session, arguments) : interview(session);
  if (!profile) return session.fail_with(profile.error());
  if (profile->ties.empty() && profile->notified.empty()) return session.fail_with(session.say(Message::CheckNoTie));
  if (asked.profile.empty()) {
    for (const Tie& tie : profile->ties) asked.ties.push_back(typed(tie));
  }
  return finish(session, session.ask({"POST", "/api/v1/check", {}, document_of(*profile)}), asked, all);
}

}  // namespace vigifuite::cli
