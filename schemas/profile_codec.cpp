// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/facts_codec.hpp"
#include "schemas/messages.hpp"
#include "schemas/profile.hpp"

namespace vigifuite {
namespace {

constexpr std::string_view kSchema = "vigifuite/profile@v1";
constexpr std::size_t kMaxTies = 1000;
constexpr std::size_t kMaxText = 2000;

/// A string of a person's own file, of a length a person writes.
void read_short(const MembersIn& in, std::string_view name, std::string& value, Need need = Need::Optional) {
  if (in[name].text().size() > kMaxText)
    in.complain(name, Message::MemberLong);
  else
    in.read(name, value, need);
}

void read_organisation(const MembersIn& in, OrganisationRef& ref) {
  if (in["organisation"].is_string()) {
    read_short(in, "organisation", ref.name);
  } else {
    in.within("organisation", [&](const MembersIn& body) {
      body.refuse_others({"id", "name", "domain"});
      read_short(body, "id", ref.id);
      read_short(body, "name", ref.name);
      read_short(body, "domain", ref.domain);
    });
  }
  if (ref == OrganisationRef{}) in.complain("organisation", Message::ProfileNoBody);
}

void read_tie(const MembersIn& in, Tie& tie) {
  in.refuse_others({"organisation", "relation", "from", "to", "ongoing"});
  read_organisation(in, tie.organisation);
  in.read_word("relation", tie.relation);
  in.read("from", tie.period.from);
  in.read("to", tie.period.to);
  in.read("ongoing", tie.ongoing);
  if (tie.ongoing && tie.period.to.known()) in.complain("ongoing", Message::ProfileOngoing);
  if (tie.period.from.known() && tie.period.to.known() && tie.period.from.first_day() > tie.period.to.last_day()) {
    in.complain("from", Message::ProfileBackwards);
  }
}

void read_ties(const MembersIn& in, std::vector<Tie>& ties) {
  const JsonValue array = in.array("ties");
  std::size_t index = 0;
  for (const auto element : array.items()) {
    if (index == kMaxTies) return in.complain("ties", Message::ProfileTies);
    const JsonValue item(element);
    Tie& tie = ties.emplace_back();
    if (const auto text = item.string()) {
      auto parsed = parse_tie(*text);
      if (parsed)
        tie = *std::move(parsed);
      else
        in.complain("ties[" + std::to_string(index) + "]", parsed.error().text());
    } else {
      read_tie(MembersIn(item, in, "ties", index), tie);
    }
    ++index;
  }
}

void read_notified(const MembersIn& in, std::vector<ReceivedNotice>& notified) {
  in.each("notified", [&](const MembersIn& item) {
    if (notified.size() == kMaxTies) return item.complain({}, Message::ProfileNotices);
    item.refuse_others({"incident", "date", "how"});
    ReceivedNotice& notice = notified.emplace_back();
    read_short(item, "incident", notice.incident, Need::Required);
    item.read("date", notice.date);
    read_short(item, "how", notice.how);
  });
}

}  // namespace

void write(JsonOut& out, const Tie& tie) {
  out.begin_object().key("organisation").begin_object().member_if("id", tie.organisation.id);
  out.member_if("name", tie.organisation.name).member_if("domain", tie.organisation.domain).end_object();
  out.member("relation", words::of(tie.relation));
  write_date(out, "from", tie.period.from);
  write_date(out, "to", tie.period.to);
  if (tie.ongoing) out.member("ongoing", true);
  out.end_object();
}

void write_members(JsonOut& out, const Profile& profile) {
  out.member_if("label", profile.label).member("language", words::of(profile.language)).key("ties").begin_array();
  for (const Tie& tie : profile.ties) write(out, tie);
  out.end_array();
  if (!profile.notified.empty()) {
    out.key("notified").begin_array();
    for (const ReceivedNotice& notice : profile.notified) {
      out.begin_object().member("incident", notice.incident);
      write_date(out, "date", notice.date);
      out.member_if("how", notice.how).end_object();
    }
    out.end_array();
  }
  if (profile.identity != Identity{}) {
    const Identity& who = profile.identity;
    out.key("identity").begin_object().member_if("name", who.name).member_if("postal_address", who.postal_address);
    out.member_if("email", who.email).member_if("phone", who.phone).member_if("birth_name", who.birth_name);
    write_date(out, "birth_date", who.birth_date);
    out.member_if("birth_place", who.birth_place).member_if("nationality", who.nationality).end_object();
  }
  if (!profile.cases.empty()) {
    out.key("cases").begin_array();
    for (const Case& followed : profile.cases) write(out, followed);
    out.end_array();
  }
}

void write(JsonOut& out, const Profile& profile) {
  out.begin_object().member("schema", kSchema);
  write_members(out, profile);
  out.end_object();
}

Result<Profile> read_profile(JsonValue json) {
  Text wrong;
  Profile profile;
  const MembersIn in(json, wrong);
  in.refuse_others({"schema", "label", "language", "ties", "notified", "identity", "cases"});
  if (in["schema"].present() && in["schema"].text() != kSchema) {
    in.complain("schema", Message::ProfileSchema);
  }
  read_short(in, "label", profile.label);
  in.read_word("language", profile.language);
  read_ties(in, profile.ties);
  read_notified(in, profile.notified);
  in.within("identity", [&](const MembersIn& who) {
    who.refuse_others({"name", "postal_address", "email", "phone", "birth_name", "birth_date", "birth_place",
                       "nationality"});
    read_short(who, "name", profile.identity.name);
    read_short(who, "postal_address", profile.identity.postal_address);
    read_short(who, "email", profile.identity.email);
    read_short(who, "phone", profile.identity.phone);
    read_short(who, "birth_name", profile.identity.birth_name);
    who.read("birth_date", profile.identity.birth_date);
    read_short(who, "birth_place", profile.identity.birth_place);
    read_short(who, "nationality", profile.identity.nationality);
  });
  read_cases(in, profile.cases);
  if (!wrong.empty()) return fail(ErrorKind::Malformed, Message::Within, in_both(Message::ProfileNamed), wrong);
  return profile;
}

}  // namespace vigifuite
