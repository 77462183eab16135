// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/api/core.hpp"
#include "daemon/http/service.hpp"

namespace vigifuite::api {

/// The owner's API over one store: reads on the caller's thread, changes through Core::write.
class Service final : public http::Api {
 public:
  explicit Service(Core core) : core_(std::move(core)) {}

  http::ApiReply handle(const http::ApiRequest& request) override;

 private:
  using Reply = Result<std::string>;
  Reply incidents(const http::ApiRequest& request) const;
  Result<std::string> organisation_named(std::string_view name) const;
  Reply incident(std::string_view id, bool history) const;
  Reply merge_incidents(std::string_view id, const http::ApiRequest& request);
  Reply split_incident(std::string_view id, const http::ApiRequest& request);
  Reply undecided(const http::ApiRequest& request) const;
  Reply decided(std::string_view what, const std::string& incident) const;
  Reply notices(const http::ApiRequest& request) const;
  Reply correct(std::string_view id, const http::ApiRequest& request);
  Reply withdraw_correction(std::string_view id, std::uint32_t number, const http::ApiRequest& request);
  Reply corrections() const;
  Reply check(const Profile& profile) const;
  Reply watch_list() const;
  Reply watch_show(WatchNumber number) const;
  Reply watch_put(std::optional<WatchNumber> number, const http::ApiRequest& request);
  Reply watch_remove(WatchNumber number);
  Reply watch_notified(WatchNumber number, const http::ApiRequest& request);
  Reply alerts(const http::ApiRequest& request) const;
  Reply alert(AlertId id) const;
  Reply acknowledge(AlertId id);
  Reply letter_kinds() const;
  Reply letter(const http::ApiRequest& request) const;
  Reply law() const;
  Reply cases() const;
  Reply case_of(WatchNumber watch, std::string_view incident) const;
  Reply change_case(WatchNumber watch, std::string_view incident, const http::ApiRequest& request);
  Reply notice_score(const http::ApiRequest& request) const;
  Reply possible_letters(const http::ApiRequest& request) const;
  Reply update(const http::ApiRequest& request);
  Reply backup(const http::ApiRequest& request) const;
  Reply doctor(const http::ApiRequest& request);

  Reply route(const http::ApiRequest& request, const std::vector<std::string_view>& path);
  Reply route_corrections(const http::ApiRequest& request, const std::vector<std::string_view>& path);
  Reply settle_correction(std::string_view incident, const std::function<Result<Sighting>(index::Batch&)>& make);
  Status write_examples(JsonOut& out, const std::string& id, const std::vector<Sighting>& corrections) const;
  Reply route_cases(const http::ApiRequest& request, const std::vector<std::string_view>& path);
  Reply route_watch(const http::ApiRequest& request, const std::vector<std::string_view>& path);
  Reply view(const std::function<Status(JsonOut&)>& write) const;

  Core core_;
};

}  // namespace vigifuite::api
