// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// The owner's API, whatever carries it: the Unix socket of the daemon, or a call in process when there is no daemon.
// Every answer is one JSON document with a `schema` member (schemas/json/<name>.schema.json).
//
//   GET    /api/v1/incidents?words&organisation&category&since&until&status&public_service&limit&offset   incidents
//   GET    /api/v1/incidents?unsure=1&…             incidents: those a curator should look at
//   GET    /api/v1/incidents/ID                     incident        GET /api/v1/incidents/ID/history      history
//   POST   /api/v1/incidents/ID/corrections  body: {"set":["field=value",…],"because","language"}        correction
//   POST   /api/v1/incidents/ID/corrections/N/withdraw  body: {"because","language"}                      correction
//   GET    /api/v1/corrections                      corrections: all of them, and the texts they label
//   GET    /api/v1/notices?words&limit              notices: items of sources that are texts, in their own words
//   POST   /api/v1/incidents/ID/merge  body: {"with","because"}                                          done
//   POST   /api/v1/incidents/ID/split  body: {"source","key","because"}                                  done
//   GET    /api/v1/undecided?limit                  undecided: incidents that may be one, for a curator
//   GET    /api/v1/notices?words&limit              notices: text items whose facts are not extracted yet
//   POST   /api/v1/check            body: profile   check
//   GET    /api/v1/watch                            watch-list      POST /api/v1/watch   body: profile    watch
//   GET    /api/v1/watch/N                          watch           PUT /api/v1/watch/N  body: profile    watch
//   DELETE /api/v1/watch/N                          done            GET /api/v1/watch/N/check             check
//   POST   /api/v1/watch/N/notified  body: {"incident","date","how"}                                      watch
//   GET    /api/v1/alerts?state=pending|sent|acknowledged                                                 alerts
//   GET    /api/v1/alerts/ID                        alert           POST /api/v1/alerts/ID/ack            alert
//   GET    /api/v1/letters                          letter-kinds
//   POST   /api/v1/letters  body: {"kind","incident"?,"format"?,"language"?,"controller"?,"profile"|"watch",
//                                  "procedure"?,"details"?: {input: text},"notice"?: text of the notice}  letter
//          `language`: of what is said beside the letter (default: the profile's). A PDF is base64 in the document.
//   POST   /api/v1/letters/kinds  body: the same; "kind" and "format" do not matter                  letter-kinds
//   GET    /api/v1/cases                            case-list       GET /api/v1/cases/N/INCIDENT         case
//   POST   /api/v1/cases/N/INCIDENT  body: {"open"?: true,"procedure"?: what to add,"close"?: why}        case
//   POST   /api/v1/notice  body: {"notice": text of a notice received}                                    notice-score
//   GET    /api/v1/law                              law: what the letters rest on, verified or not
//   GET    /api/v1/organisations?words         organisations-list   GET /api/v1/categories           categories-list
//   GET    /api/v1/sources                          sources         GET /api/v1/stats                     stats
//   POST   /api/v1/update   body: {"sources":[…]}   update
//   POST   /api/v1/backup   body: {"directory"}     done            POST /api/v1/doctor body: {"reindex"} doctor
//
// Failures are problem+json (RFC 9457): {"type":"about:blank","title","status","detail","detail_fr"?,"kind"?}.

#include <map>
#include <string>
#include <string_view>

#include "schemas/core/result.hpp"

namespace vigifuite::http {

struct ApiRequest {
  std::string method;
  std::string path;                          ///< decoded, without the query
  std::map<std::string, std::string> query;  ///< decoded
  std::string body;
};

struct ApiReply {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
};

/// Answers requests. Implementations may be called from any thread.
class Api {
 public:
  virtual ~Api() = default;
  virtual ApiReply handle(const ApiRequest& request) = 0;
};

}  // namespace vigifuite::http
