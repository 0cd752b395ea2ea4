"""What the server can do, measured against what bounds it in the same run: `bench.py BINARY [ROUNDS [SECONDS]] [CASE ...]`.

Every ratio is of two measurements next to each other in one round: the machine's speed, and what else it does, is in both. Loopback only, bounded in
time. docs/benchmarks.md says what is compared, and has figures.
"""

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "outside"))
import answering
import reading
import whole_round
from measuring import CLIENTS, CONNECTIONS, Server

NAMES = [case.name for case in answering.CASES + reading.CASES] + ["round"]


def main(binary, *arguments):
    numbers, names = [int(word) for word in arguments if word.isdigit()], [word for word in arguments if not word.isdigit()]
    if strange := [name for name in names if name not in NAMES] or len(numbers) > 2:
        raise SystemExit(f"deploy/bench [ROUNDS [SECONDS]] [CASE ...]: the cases are {', '.join(NAMES)}" + (f", and not {strange}" if names else ""))
    rounds, seconds = [*numbers, *[3, 5][len(numbers):]]
    chosen = names or NAMES
    # Not in /tmp, which may be memory.
    with tempfile.TemporaryDirectory(prefix="nyttograd-bench-", dir="/var/tmp") as folder:
        folder = Path(folder)
        folder.chmod(0o711)
        server = Server(binary, folder / "served")
        try:
            describe(server)
            for feature in (answering, reading):
                if cases := [case for case in feature.CASES if case.name in chosen]:
                    feature.run(server, folder, rounds, seconds, cases)
        finally:
            server.stop()
        if "round" in chosen:
            whole_round.run(binary, folder)


def describe(server):
    for name in ["server_version", "fsync", "full_page_writes", "synchronous_commit", "wal_sync_method"]:
        print(f"{name} = {server.psql(f'show {name}')}")
    print("row security enabled, and forced, on responses =", server.psql(
        "select relrowsecurity, relforcerowsecurity from pg_class where oid = 'app.responses'::regclass"))
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the beginning; {CONNECTIONS} connections; pgbench with {CLIENTS} clients", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
