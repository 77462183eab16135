// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/key_guard.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "schemas/core/text.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::feeds {

Text Place::text(std::string_view member) const {
  if (before == kLine) return in_both(Message::FeedLine, number);
  if (before == kRecord) return in_both(Message::RejectRecord, number);
  const std::string path = fmt::format("{}{}{}{}", before, number, after, member);
  return {path, path};
}

Text words_of(const Reject& reject) {
  return in_both(Message::Within, in_both(Message::RejectRecord, reject.record),
                 in_both(Message::Within, reject.place, reject.reason));
}

KeyGuard::KeyGuard(NoticeSink& sink) : sink_(sink), slots_(256) {}

void KeyGuard::notice(Notice notice, const Place& place) {
  if (notice.key.empty()) {
    reject(place.text(), Message::RejectNoKey);
    return;
  }
  const Digest key = digest_of(notice.key);
  if (const std::uint64_t first = remember(key, report_.records + 1); first != 0) {
    reject(place.text(), Message::RejectSameKey, first);
    return;
  }
  if (notice.key.size() > kMaxKeyBytes) {
    const auto digits = hex(key);
    const std::string_view start = clip(notice.key, kMaxKeyBytes - digits.size() - 1);
    char* end = std::copy(start.begin(), start.end(), long_key_.begin());
    *end++ = '~';
    end = std::copy(digits.begin(), digits.end(), end);
    notice.key = {long_key_.data(), static_cast<std::size_t>(end - long_key_.data())};
  }
  notice.title = clip(notice.title, kMaxTitleBytes);
  notice.text = clip(notice.text, kMaxTextBytes);
  for (std::string_view* field :
       {&notice.url, &notice.language, &notice.published, &notice.organisation, &notice.domain, &notice.processor,
        &notice.country, &notice.sector, &notice.incident_from, &notice.incident_to, &notice.status, &notice.people}) {
    *field = clip(*field, kMaxFieldBytes);
  }
  notice.labels = notice.labels.first(std::min(notice.labels.size(), kMaxLabels));
  notice.safe_labels = notice.safe_labels.first(std::min(notice.safe_labels.size(), kMaxLabels));
  notice.links = notice.links.first(std::min(notice.links.size(), kMaxLinks));
  notice.record = ++report_.records;
  ++report_.notices;
  sink_.notice(notice);
}

void KeyGuard::reject(Text place, Text reason) {
  ++report_.records;
  ++report_.rejects;
  sink_.reject({report_.records, std::move(place), std::move(reason)});
}

ReadReport KeyGuard::report(Text broken_at) const {
  ReadReport report = report_;
  report.broken_at = std::move(broken_at);
  return report;
}

ReadReport KeyGuard::report_full(const Place& next) const {
  return report(in_both(Message::Within, next.text(), in_both(Message::FeedTooMany, kMaxRecords)));
}

std::uint64_t KeyGuard::remember(Digest key, std::uint64_t record) {
  if (2 * (used_ + 1) > slots_.size()) grow();
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = key.low & mask;; at = (at + 1) & mask) {
    Slot& slot = slots_[at];
    if (slot.record == 0) {
      slot = {key, record};
      ++used_;
      return 0;
    }
    if (slot.key == key) return slot.record;
  }
}

void KeyGuard::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.record == 0) continue;
    std::size_t at = slot.key.low & mask;
    while (slots_[at].record != 0) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

}  // namespace vigifuite::feeds
