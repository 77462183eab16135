// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/adapter.hpp"
#include "feeds/json_records.hpp"

namespace vigifuite::feeds {
namespace {

enum Member : std::size_t {
  kBreachId,
  kBreachedDate,
  kAddedDate,
  kDomain,
  kIndustry,
  kVerified,
  kBreachType,
  kExposedData,
  kExposedRecords,
  kDescription,
  kReferenceUrl,
  kMembers,
};

const MemberTable& members() {
  static const MemberTable table{"breachID",    "breachedDate", "addedDate",   "domain",         "industry",
                                 "verified",    "breachType",   "exposedData", "exposedRecords", "exposureDescription",
                                 "referenceURL"};
  return table;
}

class Reader {
 public:
  std::optional<Refusal> operator()(std::span<const JsonValue> found, Notice& notice) {
    notice.key = trimmed(found[kBreachId].text());
    if (notice.key.empty()) return Refusal{".breachID", Message::RejectNotText};
    notice.title = notice.key;
    notice.language = "en";
    notice.text = found[kDescription].text();
    notice.published = text_or_kind(found[kAddedDate]);
    notice.states_facts = true;
    // A combolist or a stealer log names a collection, not a body that lost it.
    const std::string_view type = found[kBreachType].text();
    if (type != "ComboList" && type != "StealerLogs") notice.organisation = notice.key;
    notice.domain = trimmed(found[kDomain].text());
    notice.sector = found[kIndustry].text();
    notice.incident_from = text_or_kind(found[kBreachedDate]);
    if (const auto verified = found[kVerified].boolean()) notice.status = *verified ? "verified" : "unverified";
    notice.people_count = found[kExposedRecords].integer();
    if (!notice.people_count) notice.people = text_or_kind(found[kExposedRecords]);
    read_lists(found, notice);
    return std::nullopt;
  }

 private:
  void read_lists(std::span<const JsonValue> found, Notice& notice) {
    url_.assign("https://xposedornot.com/breach/").append(notice.key);
    notice.url = url_;
    labels_.clear();
    for (const JsonValue label : found[kExposedData].items()) {
      labels_.push_back(trimmed(text_or_kind(JsonValue(label))));
    }
    notice.labels = labels_;
    link_ = trimmed(found[kReferenceUrl].text());
    if (!link_.empty()) notice.links = {&link_, 1};
  }

  std::string url_;
  std::vector<std::string_view> labels_;
  std::string_view link_;
};

Result<ReadReport> read(const Payload& payload, const Source&, NoticeSink& sink) {
  JsonParser parser;
  auto root = parser.parse_in_place(payload.bytes);
  if (!root) return std::move(root).error();
  const auto list = find_records(*root, {"exposedBreaches", "Exposed Breaches"});
  if (!list) return list.error();
  KeyGuard guard(sink);
  return each_record<kMembers>(*list, members(), guard, Reader());
}

}  // namespace

const Adapter& adapter_xposedornot() {
  static const Adapter adapter{"xposedornot", "XposedOrNot: list of breaches (API v1)", refuse_mapping, read};
  return adapter;
}

}  // namespace vigifuite::feeds
