// SPDX-License-Identifier: AGPL-3.0-or-later
#include <cerrno>
#include <fstream>

#include "daemon/cli/commands.hpp"
#include "daemon/cli/profiles.hpp"
#include "daemon/cli/reading_page.hpp"
#include "schemas/wording.hpp"

namespace vigifuite::cli {
namespace {

constexpr std::size_t kMostTextBytes = std::size_t{16} << 20U;
constexpr std::size_t kMostLineBytes = std::size_t{32} << 20U;  ///< a text of the same size, escaped
constexpr std::size_t kPiece = std::size_t{64} << 10U;

/// Reads announcements line by line, and answers each on a line; a line that cannot be read is said on the error
/// stream and passed over.
class Lines {
 public:
  explicit Lines(Session& session) : session_(session), out_(session.streams().out) {}

  void read(std::istream& in) {
    std::string piece(kPiece, '\0');
    while (in.read(piece.data(), kPiece), in.gcount() > 0) take({piece.data(), static_cast<std::size_t>(in.gcount())});
    end_line();
    flush();
  }
  [[nodiscard]] bool good() const noexcept { return refused_ == 0; }

 private:
  void take(std::string_view bytes) {
    while (!bytes.empty()) {
      const std::size_t end = bytes.find('\n');
      append(bytes.substr(0, end));
      if (end == std::string_view::npos) return;
      end_line();
      bytes.remove_prefix(end + 1);
    }
  }

  void append(std::string_view bytes) {
    if (too_long_) return;
    too_long_ = line_.size() + bytes.size() > kMostLineBytes;
    if (!too_long_) line_ += bytes;
  }

  void end_line() {
    ++number_;
    if (too_long_)
      refuse(
          session_.say(Message::LineTooLong, number(session_.language(), static_cast<std::int64_t>(kMostLineBytes))));
    else if (line_.find_first_not_of(" \t\r") != std::string::npos)
      answer();
    line_.clear();
    too_long_ = false;
  }

  void answer() {
    if (const auto read = session_.doors().predict(line_, answers_); !read)
      return refuse(read.error().in(session_.language()));
    answers_ += '\n';
    if (answers_.size() >= kPiece) flush();
  }

  void refuse(const std::string& why) {
    flush();  // what was said before comes before
    ++refused_;
    session_.fail_with(session_.say(Message::LineRefused, number_, why));
  }

  void flush() {
    out_ << answers_;
    answers_.clear();
  }

  Session& session_;
  std::ostream& out_;
  std::string line_, answers_;
  bool too_long_ = false;
  std::int64_t number_ = 0, refused_ = 0;
};

int read_lines(Session& session, const std::string& file) {
  std::ifstream opened;
  if (file != "-") {
    errno = 0;
    opened.open(file, std::ios::binary);
    if (!opened)
      return session.fail_with(session.say(Message::FileUnreadable, file, file_failure(errno, session.language())));
  }
  Lines lines(session);
  lines.read(file == "-" ? session.streams().in : opened);
  return lines.good() ? kDone : kFailed;
}

std::optional<Language> language_of(const std::string& word) {
  if (word.empty()) return std::nullopt;
  return word == "en" ? Language::English : Language::French;
}

int show_document(Session& session, const std::string& bytes,
                  const std::function<void(Page&, JsonValue, const CategoryLabels&)>& render) {
  if (session.json()) {
    session.streams().out << bytes << '\n';
    return kDone;
  }
  JsonParser parser;
  const auto document = parser.parse(bytes);
  if (!document) return session.fail_with(document.error());
  Page page = session.page();
  render(page, *document, CategoryLabels(Vocabulary::shipped(), session.language()));
  session.print(page);
  return kDone;
}

}  // namespace

int run_read(Session& session, const Arguments& arguments) {
  const std::string file = arguments.text("announcement");
  if (arguments.flag("--jsonl")) {
    if (arguments.given("--format") || arguments.given("--text-lang") || arguments.given("--published"))
      return session.misuse(session.say(Message::UsageReadLines), "read");
    return read_lines(session, file);
  }
  const auto bytes = read_file(session, file, kMostTextBytes);
  if (!bytes) return session.fail_with(bytes.error());
  TextToRead text;
  text.bytes = *bytes;
  if (arguments.given("--format")) text.html = arguments.text("--format") == "html";
  text.language = language_of(arguments.text("--text-lang"));
  text.published = parse_partial_date(arguments.text("--published")).value_or(PartialDate{});
  return show_document(session, session.doors().read_text(text),
                       [&](Page& page, JsonValue reading, const CategoryLabels& labels) {
                         print_reading(page, reading, labels, session.language());
                       });
}

int run_sources_probe(Session& session, const Arguments& arguments) {
  ProbeRequest request;
  request.target = arguments.text("target");
  request.format = arguments.text("--format");
  request.language = language_of(arguments.text("--text-lang"));
  request.limit = static_cast<std::size_t>(arguments.number("--limit").value_or(request.limit));
  const auto document = [&] {
    const Progress progress(session, session.say(Message::ProbeProgress));
    return session.doors().probe(request, session.client());
  }();
  if (!document) return session.fail_with(document.error());
  return show_document(session, *document, [&](Page& page, JsonValue probe, const CategoryLabels& labels) {
    print_probe(page, probe, labels, session.language());
  });
}

}  // namespace vigifuite::cli
