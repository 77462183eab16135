// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/adapter.hpp"
#include "feeds/json_records.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::feeds {
namespace {

// Three lists, one shape under several names: ransomwatch and RansomLook say post_title and group_name, ransomware.live
// says victim and group (v2) or post_title and group_name (v1). What attackers write (description, post_url, claim_url,
// link, magnet, screen) is never read: it holds passwords of archives and addresses of leaked data.
enum Member : std::size_t {
  kPostTitle,
  kVictim,
  kName,
  kGroupName,
  kGroup,
  kDiscovered,
  kPublished,
  kAttackDate,
  kCountry,
  kActivity,
  kDomain,
  kWebsite,
  kMembers,
};

const MemberTable& members() {
  static const MemberTable table{"post_title", "victim",     "name",    "group_name", "group",  "discovered",
                                 "published",  "attackdate", "country", "activity",   "domain", "website"};
  return table;
}

/// The first of `places` that is a text with something in it.
std::string_view first_text(std::span<const JsonValue> found, std::initializer_list<Member> places) noexcept {
  for (const Member place : places) {
    if (const std::string_view text = trimmed(found[place].text()); !text.empty()) return text;
  }
  return {};
}

/// Groups often name a victim by its host ("example.fr").
bool is_host(std::string_view name) noexcept {
  if (name.find('.') == std::string_view::npos || name.back() == '.' || name.front() == '.') return false;
  return name.find("..") == std::string_view::npos &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-") ==
             std::string_view::npos;
}

class Reader {
 public:
  std::optional<Refusal> operator()(std::span<const JsonValue> found, Notice& notice) {
    notice.title = first_text(found, {kPostTitle, kVictim, kName});
    if (notice.title.empty()) return Refusal{"", Message::RejectNoVictim};
    const std::string_view group = first_text(found, {kGroupName, kGroup});
    if (group.empty()) return Refusal{"", Message::RejectNoGroup};
    notice.published = text_or_kind(found[kDiscovered]);
    if (notice.published.empty()) notice.published = text_or_kind(found[kPublished]);
    // A group may claim one victim twice, months apart: two claims, told apart by when they were discovered.
    key_.assign(group).append("|").append(notice.title).append("|").append(notice.published);
    notice.key = key_;
    notice.states_facts = true;
    notice.status = "claimed";
    notice.organisation = notice.title;
    notice.domain = first_text(found, {kDomain, kWebsite});
    if (notice.domain.empty() && is_host(notice.title)) notice.domain = notice.title;
    notice.country = trimmed(found[kCountry].text());
    notice.sector = trimmed(found[kActivity].text());
    // The group says when it broke in; a date of discovery is no date of the incident.
    notice.incident_from = text_or_kind(found[kAttackDate]);
    return std::nullopt;
  }

 private:
  std::string key_;
};

Result<ReadReport> read(const Payload& payload, const Source&, NoticeSink& sink) {
  JsonParser parser;
  auto root = parser.parse_in_place(payload.bytes);
  if (!root) return std::move(root).error();
  const auto list = find_records(*root, {"victims", "posts", "data"});
  if (!list) return list.error();
  KeyGuard guard(sink);
  return each_record<kMembers>(*list, members(), guard, Reader());
}

/// A claim list is an attacker's word, whoever copies it.
Status check(const Source& source) {
  VIGIFUITE_TRY(refuse_mapping(source));
  if (source.trust == Trust::Attacker) return Done{};
  return fail(ErrorKind::Config, Message::MapTrustAttacker);
}

}  // namespace

const Adapter& adapter_ransomware() {
  static const Adapter adapter{"ransomware", "lists of claims: ransomwatch, ransomware.live, RansomLook", check, read};
  return adapter;
}

}  // namespace vigifuite::feeds
