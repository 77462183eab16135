#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Resident memory and wake-ups of the daemon with the shipped sources, once it has nothing to do."""
import os
import pathlib
import select
import socket
import subprocess
import sys
import tempfile
import time

build = pathlib.Path(sys.argv[1])
SECONDS = 20
with tempfile.TemporaryDirectory() as place:
    here = pathlib.Path(place)
    (here / "config.toml").write_text(f'store = "{here}/store"\nkey_file = "{here}/key"\nsocket = "{here}/s"\nsources_directory = "{here}/none"\nlog_level = "error"\n')
    notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    notify.bind(f"{here}/notify")
    daemon = subprocess.Popen([build / "daemon/app/vigifuited", "--config", here / "config.toml"], env={**os.environ, "NOTIFY_SOCKET": f"{here}/notify"})
    while select.select([notify], [], [], 60)[0] and b"READY=1" not in notify.recv(65536):
        pass

    def switches():
        total = 0
        for task in pathlib.Path(f"/proc/{daemon.pid}/task").iterdir():
            for line in (task / "status").read_text().splitlines():
                if line.startswith("voluntary_ctxt_switches"):
                    total += int(line.split()[1])
        return total

    time.sleep(SECONDS)  # the network sources are tried once and then wait for their next turn
    before = switches()
    time.sleep(SECONDS)
    woken = switches() - before
    rss = next(line for line in pathlib.Path(f"/proc/{daemon.pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    print(f"resident {int(rss.split()[1]) / 1024:.1f} MiB (limit 40), {woken} wake-ups of all threads in {SECONDS} s at rest")
    daemon.terminate()
    daemon.wait()
