#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The daemon as an operator runs it: starts, answers on its socket, reads a source that changes, reloads, stops."""
import http.server
import json
import os
import pathlib
import queue
import signal
import socket
import subprocess
import sys
import tempfile
import threading

vigifuited, vigifuite, root = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
LIMIT = 60  # seconds an expected thing may take before the test fails
place = pathlib.Path(tempfile.mkdtemp())
(place / "sources.d").mkdir()
(place / "organisations.d").mkdir()


class Feed(http.server.BaseHTTPRequestHandler):
    """A list of breaches with an ETag; the test swaps it."""
    etag, body, seen = '"1"', b"[]", []

    def do_GET(self):
        Feed.seen.append((self.headers.get("If-None-Match"), self.headers.get("User-Agent")))
        if self.headers.get("If-None-Match") == Feed.etag:
            self.send_response(304)
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("ETag", Feed.etag)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(Feed.body)))
        self.end_headers()
        self.wfile.write(Feed.body)

    def log_message(self, *_):
        pass


def breach(name, title, count):
    return {"Name": name, "Title": title, "Domain": "exemple.invalid", "BreachDate": "2026-01-02", "AddedDate": "2026-02-03T00:00:00Z",
            "ModifiedDate": "2026-02-03T00:00:00Z", "PwnCount": count, "Description": "Invented.", "LogoPath": "",
            "DataClasses": ["Email addresses"], "IsVerified": True, "IsFabricated": False, "IsSensitive": False, "IsRetired": False,
            "IsSpamList": False, "IsMalware": False}


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Feed)
threading.Thread(target=server.serve_forever, daemon=True).start()
Feed.body = json.dumps([breach("Inventee", "Société Inventée", 10)]).encode()

(place / "sources.d/essai.toml").write_text(f'''id = "essai"
name = "Essai"
format = "hibp"
url = "http://127.0.0.1:{server.server_port}/breaches"
homepage = "http://127.0.0.1/"
interval = "1h"
trust = "aggregator"
language = "en"
terms = "written for this test"
''')
config = place / "config.toml"
config.write_text(f'''store = "{place}/store"
key_file = "{place}/watch.key"
socket = "{place}/api.sock"
sources_directory = "{place}/sources.d"
organisations_directory = "{place}/organisations.d"
sources = ["france", "essai"]
contact = "postmaster@exemple.invalid"
log_level = "info"
''')
notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
notify.bind(str(place / "notify.sock"))


news = queue.Queue()


def listen():
    """A supervisor always reads: the daemon must never wait for it."""
    while True:
        news.put(notify.recv(65536).decode())


threading.Thread(target=listen, daemon=True).start()


def told(word):
    """Waits until the daemon tells its supervisor `word`."""
    while word not in news.get(timeout=LIMIT):
        pass


def ask(*arguments, code=0):
    done = subprocess.run([vigifuite, "--socket", str(place / "api.sock"), "--lang", "fr", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == code, f"{arguments}: exit {done.returncode}: {done.stdout}{done.stderr}"
    return done.stdout


daemon = subprocess.Popen([vigifuited, "--config", str(config)], env={**os.environ, "NOTIFY_SOCKET": str(place / "notify.sock")},
                          stderr=subprocess.PIPE, text=True)
try:
    told("READY=1")
    assert oct((place / "api.sock").stat().st_mode & 0o777) == "0o660", "the socket is for owner and group"
    assert oct((place / "watch.key").stat().st_mode & 0o777) == "0o600", "the key is for its owner"

    update = json.loads(ask("--json", "update", "--source", "essai"))
    row = update["items"][0]
    assert row["state"] in ("ok", "unchanged"), row
    assert "Société Inventée" in ask("incidents", "inventée"), "what the source said is listed"
    assert Feed.seen[0] == (None, Feed.seen[0][1]) and "postmaster@exemple.invalid" in Feed.seen[0][1], Feed.seen

    assert json.loads(ask("--json", "update", "--source", "essai"))["items"][0]["state"] == "unchanged"
    assert Feed.seen[-1][0] == '"1"', "the second request is conditional"

    watched = json.loads(ask("--json", "watch", "add", "--label", "essai", "--tie", "Pôle emploi:2009..2013", "--tie", "Société Inventée:2020.."))
    assert watched["number"] == 1 and watched["alerts"] >= 2, watched
    assert "France Travail et Cap emploi" in ask("alerts"), "the past is searched for a new watch"

    Feed.etag, Feed.body = '"2"', json.dumps([breach("Inventee", "Société Inventée", 2_000_000)]).encode()
    update = json.loads(ask("--json", "update", "--source", "essai"))
    assert update["items"][0]["changed"] == 1 and update["people_to_tell"] == 1, update
    updates = [item for item in json.loads(ask("--json", "alerts"))["items"] if item["kind"] == "update"]
    assert len(updates) == 1, "who was told is told the correction, once"

    Feed.etag, Feed.body = '"3"', b"<html>Maintenance</html>"
    update = json.loads(ask("--json", "update", "--source", "essai", code=2))
    assert update["items"][0]["state"] == "failed" and "HTML" in update["items"][0]["error"]["fr"], update
    assert "Société Inventée" in ask("incidents", "inventée"), "a bad page takes nothing away"

    (place / "sources.d/autre.toml").write_text("id = \n")
    daemon.send_signal(signal.SIGHUP)
    told("RELOADING=1")
    told("READY=1")
    assert "essai" in ask("sources"), "a wrong source file leaves the old sources in place"
    (place / "sources.d/autre.toml").unlink()

    own = place / "organisations.d/miens.toml"
    own.write_text('schema = "vigifuite/own-organisations@v1"\n[[items]]\nid = "mutuelle-inventee"\nname = "MGEN"\n')
    daemon.send_signal(signal.SIGHUP)
    told("RELOADING=1")
    told("READY=1")
    assert "mutuelle-inventee" not in ask("organisations", "inventée"), "a wrong list leaves the old bodies in place"
    own.write_text('schema = "vigifuite/own-organisations@v1"\n[[items]]\nid = "mutuelle-inventee"\nname = "Mutuelle Inventée"\n')
    daemon.send_signal(signal.SIGHUP)
    told("RELOADING=1")
    told("READY=1")
    assert "mutuelle-inventee" in ask("organisations", "inventée"), "a list of one's own is read on reload"
    assert "Société Inventée" in ask("incidents", "inventée"), "and nothing is lost"

    second = subprocess.run([vigifuited, "--config", str(config)], capture_output=True, text=True, check=False, timeout=LIMIT)
    assert second.returncode in (1, 78) and "another" in second.stderr.lower(), second

    ask("watch", "remove", "1")
    assert json.loads(ask("--json", "watch", "list"))["items"] == []
    daemon.send_signal(signal.SIGTERM)
    code = daemon.wait(LIMIT)
    journal = daemon.stderr.read()
    assert code == 0, (code, journal)
    assert not (place / "api.sock").exists(), "the socket is removed"
    for word in ("Pôle emploi", "2009"):
        assert word not in journal, f"the journal names a tie: {word}"
    print("the daemon starts, polls, tells, corrects, refuses rubbish, reloads and stops")
finally:
    if daemon.poll() is None:
        daemon.kill()
        sys.stderr.write(daemon.stderr.read())
    server.shutdown()
