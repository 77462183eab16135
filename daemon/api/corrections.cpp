// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/corrections.hpp"

#include <algorithm>
#include <charconv>

#include "daemon/index/correct.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::api {
namespace {

constexpr std::size_t kMostSettings = 64;
constexpr std::size_t kMostBytes = 2000;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// One correction on its way from words to a sighting. The first thing wrong is kept.
class CorrectionReader {
 public:
  CorrectionReader(const Incident& incident, const Vocabulary& vocabulary, Language language, Instant now)
      : incident_(incident), vocabulary_(vocabulary), language_(language), now_(now) {}

  Result<Sighting> read(JsonValue body) {
    sighting_.source = sighting_.origin = std::string(kCuratorSource);
    sighting_.trust = Trust::Curator;
    sighting_.states_facts = true;
    sighting_.first_seen = sighting_.last_changed = now_;
    sighting_.correction.emplace();
    for (const SightingRef& ref : incident_.sightings) {
      if (ref.source == kCuratorSource) continue;
      sighting_.correction->about = ref;
      break;
    }
    sighting_.correction->because = std::string(clip(trimmed(body["because"].text()), kMostBytes));
    if (sighting_.correction->because.empty()) complain(Message::CorrectionBecause);
    std::size_t count = 0;
    for (const auto element : body["set"].items()) {
      if (++count > kMostSettings) complain(Message::CorrectionMost, kMostSettings);
      if (!wrong_.empty()) break;
      set(JsonValue(element).text());
    }
    if (count == 0) complain(Message::CorrectionNothing);
    check_dates();
    if (!wrong_.empty()) return fail(ErrorKind::Malformed, std::move(wrong_));
    return std::move(sighting_);
  }

 private:
  template <class... Words>
  void complain(Message message, const Words&... words) {
    if (wrong_.empty()) wrong_ = in_both(message, words...);
  }

  void set(std::string_view setting) {
    const auto equals = setting.find('=');
    const auto field =
        equals == std::string_view::npos ? std::nullopt : parse_corrected_field(trimmed(setting.substr(0, equals)));
    if (!field) return complain(Message::CorrectionField, clip(setting, 80));
    const std::string_view value = trimmed(setting.substr(equals + 1));
    if (value.size() > kMostBytes) return complain(Message::CorrectionLong, name_of(*field), kMostBytes);
    auto& fields = sighting_.correction->fields;
    const bool again = std::find(fields.begin(), fields.end(), *field) != fields.end();
    const bool lists = *field == CorrectedField::Organisation || *field == CorrectedField::Processor;
    if (again && !lists) return complain(Message::CorrectionTwice, name_of(*field));
    if (!again) fields.push_back(*field);
    read_value(*field, value);
  }

  void read_value(CorrectedField field, std::string_view value) {
    switch (field) {
      case CorrectedField::State: return read_status(value);
      case CorrectedField::People: return read_people(value);
      case CorrectedField::Exposed: return read_categories(field, value, sighting_.exposed, sighting_.not_exposed);
      case CorrectedField::NotExposed: return read_categories(field, value, sighting_.not_exposed, sighting_.exposed);
      case CorrectedField::Organisation: return read_body(value, sighting_.organisations, true);
      case CorrectedField::Processor: return read_body(value, sighting_.processors, false);
      case CorrectedField::From: return read_date(field, value, sighting_.incident.from);
      case CorrectedField::To: return read_date(field, value, sighting_.incident.to);
      case CorrectedField::Disclosed: return read_date(field, value, sighting_.disclosed);
      case CorrectedField::Title: return own_words(sighting_.title) = std::string(value), void();
      case CorrectedField::Summary: return own_words(sighting_.summary) = std::string(value), void();
    }
  }

  std::string& own_words(Text& text) const { return language_ == Language::French ? text.fr : text.en; }

  void read_status(std::string_view value) {
    if (const auto status = parse_status(value))
      sighting_.status = *status;
    else
      complain(Message::CorrectionStatus, value);
  }

  void read_people(std::string_view value) {
    if (value.empty()) return;
    PeopleFigure figure;
    figure.by = Trust::Curator;
    figure.date = date_of(now_);
    std::string_view digits = value;
    for (const auto& [mark, qualifier] :
         {std::pair{std::string_view(">="), Qualifier::AtLeast}, std::pair{std::string_view("<="), Qualifier::AtMost},
          std::pair{std::string_view("~"), Qualifier::About}}) {
      if (!digits.starts_with(mark)) continue;
      figure.qualifier = qualifier;
      digits.remove_prefix(mark.size());
      break;
    }
    std::string plain(trimmed(digits));
    std::erase(plain, ' ');
    const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), figure.count);
    if (plain.empty() || error != std::errc() || end != plain.data() + plain.size() || figure.count < 0)
      return complain(Message::CorrectionPeople, value);
    sighting_.people.push_back(std::move(figure));
  }

  void read_date(CorrectedField field, std::string_view value, PartialDate& date) {
    if (value.empty()) return;
    const auto read = parse_partial_date(value);
    if (!read) return complain(Message::CorrectionDate, name_of(field), value);
    if (read->first_day() > now_) return complain(Message::CorrectionFuture, name_of(field), value);
    date = *read;
  }

  void read_body(std::string_view value, std::vector<OrganisationRef>& bodies, bool hit) {
    if (value.empty()) return;
    OrganisationRef ref{{}, std::string(value), {}};
    const Organisation* body = vocabulary_.resolve(value);
    if (body != nullptr) {
      ref.id = body->id;
      if (ref.name == ref.id) ref.name = body->name;
    }
    const Organisation* kind = body == nullptr ? vocabulary_.class_of(value) : nullptr;
    if (hit && kind != nullptr) sighting_.organisation_classes.push_back(kind->id);
    const Organisation* row = body != nullptr ? body : kind;
    if (hit && row != nullptr) sighting_.public_service = is_public_body(row->legal_nature);
    bodies.push_back(std::move(ref));
  }

  void read_categories(CorrectedField field, std::string_view value, CategorySet& named, const CategorySet& other) {
    bool any_signed = false, any_plain = false;
    for (std::size_t at = 0; at < value.size();) {
      const std::size_t end = std::min(value.find(',', at), value.size());
      std::string_view slug = trimmed(value.substr(at, end - at));
      at = end + 1;
      const char sign = slug.starts_with('+') || slug.starts_with('-') ? slug.front() : '\0';
      if (sign != '\0') slug.remove_prefix(1);
      (sign != '\0' ? any_signed : any_plain) = true;
      const auto category = vocabulary_.category(trimmed(slug));
      if (!category) return complain(Message::CorrectionSlug, slug);
      if (sign == '-')
        sighting_.correction->unsaid.add(*category);
      else
        named.add(*category);
    }
    if (any_signed && any_plain) return complain(Message::CorrectionSigns, name_of(field));
    if (!any_signed) sighting_.correction->whole.push_back(field);
    for (const Category category : named&(other | sighting_.correction->unsaid))
      return complain(Message::CorrectionBoth, vocabulary_.info(category).slug);
  }

  /// As they will be when the correction is made.
  void check_dates() {
    const auto& fields = sighting_.correction->fields;
    const auto corrected = [&](CorrectedField field) {
      return std::find(fields.begin(), fields.end(), field) != fields.end();
    };
    const PartialDate from = corrected(CorrectedField::From) ? sighting_.incident.from : incident_.incident.from;
    const PartialDate to = corrected(CorrectedField::To) ? sighting_.incident.to : incident_.incident.to;
    if (!corrected(CorrectedField::From) && !corrected(CorrectedField::To)) return;
    if (from.known() && to.known() && from.first_day() > to.last_day())
      complain(Message::CorrectionOrder, to_string(from), to_string(to));
  }

  const Incident& incident_;
  const Vocabulary& vocabulary_;
  Language language_;
  Instant now_;
  Sighting sighting_;
  Text wrong_;
};

}  // namespace

Result<Sighting> correction_from(JsonValue body, const Incident& incident, const Vocabulary& vocabulary, Instant now) {
  const Language language = body["language"].text() == "en" ? Language::English : Language::French;
  return CorrectionReader(incident, vocabulary, language, now).read(body);
}

}  // namespace vigifuite::api
