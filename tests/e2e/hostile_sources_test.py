#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sources that answer badly, each in its own way, beside one that answers well: each failure is one sentence in the
person's language, nothing that was known is lost, and the good source is read all the same."""
import gzip
import http.server
import json
import pathlib
import ssl
import subprocess
import sys
import tempfile
import threading

vigifuite = sys.argv[1]
place = pathlib.Path(tempfile.mkdtemp())
(place / "config/sources.d").mkdir(parents=True)
MEGABYTE = 1 << 20


def breach(name, title, **others):
    return {"Name": name, "Title": title, "Domain": "", "BreachDate": "2026-01-02", "AddedDate": "2026-02-03T00:00:00Z",
            "PwnCount": 10, "Description": "Invented.", "DataClasses": ["Email addresses"], "IsVerified": True, **others}


def list_of(*breaches):
    return json.dumps(list(breaches)).encode()


FIVE_DATES = ["2026-03-13", "13/03/2026", "13 mars 2026", "Fri, 13 Mar 2026 09:00:00 +0100", "2026-03-13T08:00:00Z"]
register = [{"nom": f"Organisme inventé n° {i}", "date": date, "combien": "82Go" if i else "n/a", "quoi": ["courriels", "licornes"]}
            for i, date in enumerate(FIVE_DATES)] + [{"nom": "Organisme de demain", "date": "2199-01-01", "combien": "12 personnes"}]

laughs = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(b + 1)} "{f"&{chr(b)};" * 10}">' for b in range(ord("a"), ord("j"))) + "]><rss><channel><item><title>&j;</title></item></channel></rss>"

# id: (format, answer, state, words of the sentence in French, in English); an answer is bytes, or a handler's method.
CASES = {
    "coupe": ("hibp", list_of(breach("A", "A"))[:-20], "failed", "ce n'est pas du JSON", "not a JSON document"),
    "court": ("hibp", "short", "failed", "coupé avant la fin", "cut before its end"),
    "vide": ("hibp", b"", "failed", "il est vide", "it is empty"),
    "vide-csv": ("mapped_csv", b"", "failed", "le document est vide", "the document is empty"),
    "vide-flux": ("syndication", b" \n", "failed", "le document est vide", "the document is empty"),
    "latin1": ("hibp", list_of(breach("A", "X")).replace(b"Invented", b"Invent\xe9"), "failed", "pas en UTF-8", "not valid UTF-8"),
    "deux-gigas": ("hibp", "announce_two_gigabytes", "failed", "dépasse 1048576 octets", "larger than 1048576 bytes"),
    "bombe": ("hibp", "gzip_bomb", "failed", "dépasse 1048576 octets", "larger than 1048576 bytes"),
    "html-json": ("hibp", b"<!DOCTYPE html><p>Maintenance</p>", "failed", "on dirait du HTML", "it looks like HTML"),
    "html-csv": ("mapped_csv", b"<html><p>Maintenance</p></html>", "failed", "page HTML là où on attendait du CSV", "HTML page where CSV"),
    "html-flux": ("syndication", b"<html><body><p>Maintenance</p></body></html>", "failed", "page HTML là où on attendait un flux", "HTML page where a feed"),
    "page-d-erreur": ("hibp", b'{"statusCode": 429, "message": "Rate limit"}', "failed", "aucune liste de fiches", "no list of records"),
    "boucle": ("hibp", "redirect_loop", "failed", "renvoie ailleurs plus de 5 fois", "redirects more than 5 times"),
    "absente": ("hibp", "not_found", "failed", "404 (il n'a pas cette page", "404 (it has no such page"),
    "occupee": ("hibp", "out_of_service", "failed", "503 (hors service pour le moment)", "503 (it is out of service for now)"),
    "tls": ("hibp", b"[]", "failed", "certificat", "certificate"),
    "profond": ("hibp", b"[" * 10_000 + b"]" * 10_000, "failed", "s'emboîte", "nested"),
    "rires": ("syndication", laughs.encode(), "failed", "ses propres définitions", "definitions of its own"),
    "doublons": ("hibp", list_of(breach("A", "Société Doublon"), breach("A", "Société Doublon bis")), "ok", None, None),
    "registre": ("mapped_json", json.dumps(register).encode(), "ok", None, None),
}


class Handler(http.server.BaseHTTPRequestHandler):
    good = list_of(breach("Un", "Société Inventée"), breach("Deux", "Association Inventée"))

    def do_GET(self):
        answer = Handler.good if self.path == "/bonne" else CASES[self.path.strip("/").split("?")[0]][1]
        if isinstance(answer, str):
            getattr(self, answer)()
        else:
            self.send(answer)

    def send(self, body, status=200, **headers):
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def short(self):
        self.send(b"[", Content_Length="5000")

    def announce_two_gigabytes(self):
        self.send(b"[", Content_Length=str(2 << 30))

    def gzip_bomb(self):
        self.send(gzip.compress(b" " * (200 * MEGABYTE), 9), Content_Encoding="gzip")

    def redirect_loop(self):
        self.send(b"", 302, Location="/boucle?encore")

    def not_found(self):
        self.send(b"<p>nothing here</p>", 404)

    def out_of_service(self):
        self.send(b"", 503)

    def log_message(self, *_):
        pass


def serve(with_tls=False):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if with_tls:
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
                        "-keyout", place / "key.pem", "-out", place / "cert.pem"], check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(place / "cert.pem", place / "key.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port


plain, secure = serve(), serve(with_tls=True)
MAPPINGS = {
    "mapped_csv": '[mapping]\norganisation = "nom"\n',
    "mapped_json": '[mapping]\nrecords = "$"\norganisation = "nom"\npublished = "date"\npeople = "combien"\nlabels = "quoi"\n',
}


def declare(name, kind):
    address = f"https://127.0.0.1:{secure}" if name == "tls" else f"http://127.0.0.1:{plain}"
    (place / f"config/sources.d/{name}.toml").write_text(
        f'id = "{name}"\nname = "{name}"\nformat = "{kind}"\nurl = "{address}/{name}"\ntrust = "press"\nlanguage = "fr"\n'
        f'max_bytes = {MEGABYTE}\nterms = "written for this test"\n{MAPPINGS.get(kind, "")}')


declare("bonne", "hibp")
for case, (kind, *_) in CASES.items():
    declare(case, kind)
config = place / "config/config.toml"
config.write_text(f'sources_directory = "{place}/config/sources.d"\nsources = {json.dumps(["france", "bonne", *CASES])}\n')


def ask(*arguments, language="fr", codes=(0,)):
    done = subprocess.run([vigifuite, "--store", place / "store", "--config", config, "--lang", language, *arguments],
                          capture_output=True, text=True, check=False)
    assert done.returncode in codes, f"{arguments}: exit {done.returncode}: {done.stdout}{done.stderr}"
    assert not done.stderr, f"{arguments}: {done.stderr}"
    return done.stdout


def incidents(*words):
    return json.loads(ask("--json", "incidents", "--limit", "1000", *words))["items"]


everything = ["--source", "bonne", *(word for case in CASES for word in ("--source", case))]
report = {item["source"]: item for item in json.loads(ask("--json", "update", *everything))["items"]}
assert report["bonne"]["state"] == "ok" and report["bonne"]["added"] == 2, report["bonne"]
for case, (_, _, state, french, english) in CASES.items():
    item = report[case]
    assert item["state"] == state, (case, item)
    if state != "failed":
        continue
    error = item["error"]
    assert french in error["fr"] and english in error["en"], (case, error)
    for words in error.values():
        assert "\n" not in words and len(words) < 300, (case, words)
print(f"{len(CASES)} answers, each in one sentence, and the good source read")

# The same on the page a person reads, in either language.
for language, column in (("fr", 3), ("en", 4)):
    page = " ".join(ask("update", *everything, language=language).replace("\u00a0", " ").split())
    for case, row in CASES.items():
        assert row[column] is None or row[column].replace("\u00a0", " ") in page, (language, case, page)

# Rejects have a place and a reason; labels nobody knows are counted and shown; no figure or date is invented.
assert report["doublons"]["rejects"] == 1 and report["doublons"]["notices"] == 1, report["doublons"]
assert "fiche 2" in ask("sources", "show", "doublons") and "même clé que la fiche 1" in ask("sources", "show", "doublons").replace("\u00a0", " ")
assert "licornes" in ask("sources", "show", "registre")
dated = [item for item in incidents("organisme") if item["id"].startswith("organisme-invente")]
assert len(dated) == len(FIVE_DATES), [item["id"] for item in dated]
for item in dated:
    assert item["disclosed"] == "2026-03-13", item
    assert "people" not in item and item["exposed"] == ["email"] and item["unmapped_labels"] == ["licornes"], item
assert "2199" not in json.dumps(incidents("demain")[0].get("disclosed", "")), incidents("demain")

# An item that changes its title stays the same item; a bad answer from a source that was good takes nothing away.
known = {item["id"] for item in incidents()}
Handler.good = list_of(breach("Un", "Société Inventée, ex-Trouvée"), breach("Deux", "Association Inventée"))
item = json.loads(ask("--json", "update", "--source", "bonne"))["items"][0]
assert (item["added"], item["changed"]) == (0, 1), item
assert {item["id"] for item in incidents()} == known and incidents("trouvée"), "the new title is there, under the old name"
for bad in (b"", b"<html>", Handler.good[:-9], b"{}"):
    Handler.good = bad
    ask("--json", "update", "--source", "bonne", codes=(2,))
    assert {item["id"] for item in incidents()} == known
print("nothing that was known is lost")
