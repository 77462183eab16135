#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Successive versions of real documents, read one after the other into one store, as a poller would: what is added,
changed and gone is what a comparison of their values gives, and nothing when only the bytes differ."""
import json
import pathlib
import subprocess
import sys
import tempfile

vigifuite, corpus = sys.argv[1], pathlib.Path(sys.argv[2])
if not corpus.is_dir():
    print(f"skipped: {corpus} is not there")
    sys.exit(77)
place = pathlib.Path(tempfile.mkdtemp())
(place / "sources.d").mkdir()
# source: (format, its documents in order, the list in a document, the key of a record)
SERIES = {
    "fenetre": ("hibp", sorted((corpus / "hibp/windows").glob("*.json")) + sorted((corpus / "hibp/windows-same-content").glob("*.json")), "breaches", "Title"),
    "liste": ("hibp", sorted((corpus / "hibp").glob("breaches-*.json")), "breaches", "Name"),
    "reponses": ("xposedornot", sorted((corpus / "xposedornot").glob("breaches-*.json")), "exposedBreaches", "breachID"),
}
for source, (kind, *_) in SERIES.items():
    (place / f"sources.d/{source}.toml").write_text(
        f'id = "{source}"\nname = "{source}"\nformat = "{kind}"\nurl = "file://{place}/{source}.json"\ntrust = "aggregator"\n'
        f'language = "en"\nterms = "written for this test"\n')
config = place / "config.toml"
config.write_text(f'sources_directory = "{place}/sources.d"\nsources = {json.dumps(list(SERIES))}\n')


def records(document, members, key):
    listed = document if isinstance(document, list) else document[members]
    return {record[key]: record for record in listed}


steps = 0
for source, (_, documents, members, key) in SERIES.items():
    assert len(documents) >= 6, (source, documents)
    before = {}
    for document in documents:
        (place / f"{source}.json").write_bytes(document.read_bytes())
        done = subprocess.run([vigifuite, "--store", place / "store", "--config", config, "--json", "update", "--source", source],
                              capture_output=True, text=True, check=True)
        item = json.loads(done.stdout)["items"][0]
        after = records(json.loads(document.read_text("utf-8-sig")), members, key)
        expected = {"records": len(after), "notices": len(after), "rejects": 0, "added": len(after.keys() - before.keys()),
                    "changed": sum(after[name] != before[name] for name in after.keys() & before.keys()),
                    "withdrawn": len(before.keys() - after.keys())}
        got = {name: item.get(name, 0) for name in expected}
        assert item["state"] == "ok" and got == expected, (document.name, item["state"], got, expected)
        before, steps = after, steps + 1
print(f"{steps} documents of {len(SERIES)} sources: each step is what a comparison of the values gives")
