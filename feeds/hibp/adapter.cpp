// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/adapter.hpp"
#include "feeds/json_records.hpp"

namespace vigifuite::feeds {
namespace {

enum Member : std::size_t {
  kName,
  kTitle,
  kDomain,
  kBreachDate,
  kAddedDate,
  kPwnCount,
  kDescription,
  kDataClasses,
  kDisclosureUrl,
  kIsVerified,
  kIsFabricated,
  kIsSpamList,
  kIsMalware,
  kIsStealerLog,
  kMembers,
};

const MemberTable& members() {
  static const MemberTable table{"Name",         "Title",       "Domain",      "BreachDate",    "AddedDate",
                                 "PwnCount",     "Description", "DataClasses", "DisclosureUrl", "IsVerified",
                                 "IsFabricated", "IsSpamList",  "IsMalware",   "IsStealerLog"};
  return table;
}

/// The addresses that a description links to: the public pages the entry was written from.
void collect_links(std::string_view html, std::vector<std::string_view>& links) {
  constexpr std::string_view kOpening = "<a href=\"";
  for (auto at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    if (html.compare(at, kOpening.size(), kOpening) != 0) continue;
    const std::size_t start = at + kOpening.size();
    const std::size_t end = html.find('"', start);
    if (end == std::string_view::npos) return;
    links.push_back(html.substr(start, end - start));
    at = end;
  }
}

class Reader {
 public:
  std::optional<Refusal> operator()(std::span<const JsonValue> found, Notice& notice) {
    const std::string_view name = trimmed(found[kName].text());
    const std::string_view title = trimmed(found[kTitle].text());
    // The window that gives six fields only has no Name: there the title is what names the entry.
    notice.key = name.empty() ? title : name;
    if (notice.key.empty()) return Refusal{".Name", Message::RejectNoName};
    notice.title = title.empty() ? name : title;
    notice.language = "en";
    notice.text = found[kDescription].text();
    notice.text_is_html = true;
    notice.published = text_or_kind(found[kAddedDate]);
    notice.states_facts = true;
    read_body(found, notice);
    notice.incident_from = text_or_kind(found[kBreachDate]);
    notice.people_count = found[kPwnCount].integer();
    if (!notice.people_count) notice.people = text_or_kind(found[kPwnCount]);
    read_status(found, notice);
    read_lists(found, notice);
    if (!name.empty()) {
      url_.assign("https://haveibeenpwned.com/Breach/").append(name);
      notice.url = url_;
    }
    return std::nullopt;
  }

 private:
  static bool is(JsonValue flag) noexcept { return flag.boolean().value_or(false); }

  static void read_body(std::span<const JsonValue> found, Notice& notice) {
    notice.domain = found[kDomain].text();
    // These name a collection of stolen addresses, not a body that lost them.
    if (is(found[kIsSpamList]) || is(found[kIsMalware]) || is(found[kIsStealerLog])) return;
    notice.organisation = notice.title;
  }

  static void read_status(std::span<const JsonValue> found, Notice& notice) {
    if (is(found[kIsFabricated])) {
      notice.status = "fabricated";
    } else if (const auto verified = found[kIsVerified].boolean()) {
      notice.status = *verified ? "verified" : "unverified";
    }
  }

  void read_lists(std::span<const JsonValue> found, Notice& notice) {
    labels_.clear();
    for (const JsonValue label : found[kDataClasses].items()) {
      labels_.push_back(text_or_kind(JsonValue(label)));
    }
    notice.labels = labels_;
    links_.clear();
    if (const std::string_view page = found[kDisclosureUrl].text(); !page.empty()) links_.push_back(page);
    collect_links(notice.text, links_);
    notice.links = links_;
  }

  std::string url_;
  std::vector<std::string_view> labels_;
  std::vector<std::string_view> links_;
};

Result<ReadReport> read(const Payload& payload, const Source&, NoticeSink& sink) {
  JsonParser parser;
  auto root = parser.parse_in_place(payload.bytes);
  if (!root) return std::move(root).error();
  const auto list = find_records(*root, {"breaches"});
  if (!list) return list.error();
  KeyGuard guard(sink);
  return each_record<kMembers>(*list, members(), guard, Reader());
}

}  // namespace

const Adapter& adapter_hibp() {
  static const Adapter adapter{"hibp", "Have I Been Pwned: list of breaches (API v2 and v3)", refuse_mapping, read};
  return adapter;
}

}  // namespace vigifuite::feeds
