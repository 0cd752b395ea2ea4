"""The server against pgbench, which runs the statements of the same operation on the same rows: `bench.py BINARY ROUNDS SECONDS`.

Every ratio is of two measurements next to each other in one round: the machine's speed, and what else it does, is in both. Loopback only, bounded in
time. docs/benchmarks.md says what is compared, and has figures.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "outside"))
import open_round

CODE = "9914"
SEATS = 500
CONNECTIONS = 64
CLIENTS = 8
TICKS = os.sysconf("SC_CLK_TCK")

# The statements of one operation, as the server sends them (Database/Authority.swift, Participation+SQL.swift): entering, which checks the link, and
# the work. pgbench has no ids of its own: the seat's is made of its number.
SEAT = f"('{open_round.beginning(CODE)}' || :seat)::uuid"
ECHO = ", :seat::int8"
READ_ONLY = ", set_config('transaction_read_only', 'on', true)"
ENTER = f"select set_config('role', app.enter_participant(:council, {SEAT}, 1), true)"
# Without the check of the link: what is left when it is taken away is what it costs.
ENTER_UNCHECKED = f"""select set_config('role', 'ng_participant', true), set_config('app.municipality_id', :council, true),
 set_config('app.seat_id', {SEAT}::text, true), set_config('app.round_id', :round, true), set_config('app.post_id', :round, true)"""
ETAG = "encode(sha256(convert_to(a.current::text || a.desired::text || a.submitted::text, 'UTF8')), 'hex')"
RETURNED = f"r.instrument_id, a.current, a.desired, a.submitted, {ETAG}"
READ = f"""select {RETURNED} from app.responses a join app.rounds r on r.municipality_id = a.municipality_id and r.id = app.round()
 where a.municipality_id = :council and a.seat_id = {SEAT};"""
TAGS = "string_to_array(nullif(:tags::text, '0'), ',')"
SAVE = f"""update app.responses a set current[:item] = :level::smallint, desired[:item] = :level::smallint from app.rounds r
 where a.municipality_id = :council and a.seat_id = {SEAT} and a.open
   and r.municipality_id = :council and r.id = app.round() and r.state = 'open' and r.closes_at > :now and r.instrument_id = :instrument
   and ({TAGS} is null or {ETAG} = any ({TAGS})) returning {RETURNED};"""

REFERENCES = {
    "read": [ENTER + ECHO + READ_ONLY + ";", READ],
    "read unchecked": [ENTER_UNCHECKED + ECHO + READ_ONLY + ";", READ],
    "save": [ENTER + ECHO + ";", SAVE],
}


def script(statements, pipelined):
    """A transaction as most programs send it, each statement awaited; or as the server sends it, all in one round trip."""
    opening, ending = ("\\startpipeline", "\\endpipeline") if pipelined else ("begin;", "commit;")
    picks = [f"\\set seat random({open_round.FIRST_SEAT}, {open_round.FIRST_SEAT + SEATS - 1})", f"\\set item random(1, {len(open_round.ITEMS)})",
             "\\set level random(1, 4)", "\\set tags 0"]
    return "\n".join([*picks, opening, *statements, ending, ""])


@dataclass
class Case:
    """Requests of one kind, and the reference they are compared with."""

    name: str
    path: str
    reference: str
    saving: bool = False


CASES = [
    Case("read the saved answers", "/api/v1/participation/answers", "read"),
    Case("read the questionnaire with its texts", "/api/v1/participation", "read"),
    Case("save one answer, durably", "/api/v1/participation/answers/{item}", "save", saving=True),
]


class Server:
    def __init__(self, binary, folder):
        self.data = folder / "data"
        environment = {"PATH": os.environ["PATH"], "NYTTOGRAD_DATA": str(self.data), "NYTTOGRAD_LISTEN": "127.0.0.1:0", "NYTTOGRAD_LOG_LEVEL": "warning"}
        with open(folder / "log", "wb") as log:
            self.process = subprocess.Popen(
                [binary, "serve", "--empty"], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True)
        for line in self.process.stdout:
            if line.startswith("Nyttograd answers on "):
                self.address = line.split()[-1]
                return
        raise SystemExit("the server did not start")

    @property
    def socket(self):
        return (self.data / "postgres" / "socket").resolve()

    def psql(self, text, user="nyttograd_super"):
        command = ["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", str(self.socket), "-U", user, "-d", "nyttograd"]
        return subprocess.run(command, input=text, text=True, capture_output=True, check=True).stdout.strip()

    def processor_seconds(self):
        """What the server itself has used so far, without its database."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def stop(self):
        self.process.terminate()
        self.process.wait(30)


def wrk(server, seconds, tokens_file, case):
    """Requests a second, the server's own processor time for one in µs, and the median and the slowest 5 % and 1 % in ms."""
    environment = dict(os.environ, BENCH_TOKENS=str(tokens_file), BENCH_PATH=case.path, BENCH_SAVING=str(int(case.saving)))
    command = ["wrk", "-t", "2", "-c", str(CONNECTIONS), "-d", f"{seconds}s", "-s", str(HERE / "paths.lua"), server.address]
    before = server.processor_seconds()
    output = subprocess.run(command, env=environment, text=True, capture_output=True, check=True).stdout
    used = server.processor_seconds() - before
    requests, microseconds, failed, p50, p95, p99 = map(int, next(line for line in output.splitlines() if line.startswith("RESULT")).split()[1:])
    if failed or not requests:
        log = (server.data.parent / "log").read_text().splitlines()
        raise SystemExit("\n".join([f"{failed} of {requests} requests failed: {case.name}", *log[:10]]))
    return requests / microseconds * 1e6, used / requests * 1e6, p50 / 1000, p95 / 1000, p99 / 1000


def pgbench(server, seconds, file, names):
    """Transactions a second."""
    programs = subprocess.run(["pg_config", "--bindir"], text=True, capture_output=True, check=True).stdout.strip()
    command = [f"{programs}/pgbench", "-n", "-h", str(server.socket), "-U", "nyttograd_app", "-M", "prepared", "-c", str(CLIENTS), "-j", "2",
               *(f"-D{name}={value}" for name, value in names.items()), "-T", str(seconds), "-f", str(file), "nyttograd"]
    done = subprocess.run(command, text=True, capture_output=True)
    assert done.returncode == 0 and "failed transactions: 0 " in done.stdout, done.stdout + done.stderr
    return float(next(line for line in done.stdout.splitlines() if line.startswith("tps")).split()[2])


def main(binary, rounds, seconds):
    # Not in /tmp, which may be memory.
    with tempfile.TemporaryDirectory(prefix="nyttograd-bench-", dir="/var/tmp") as folder:
        folder = Path(folder)
        folder.chmod(0o711)
        server = Server(binary, folder)
        try:
            describe(server)
            compare(server, folder, rounds, seconds)
        finally:
            server.stop()


def describe(server):
    for name in ["server_version", "fsync", "full_page_writes", "synchronous_commit", "wal_sync_method"]:
        print(f"{name} = {server.psql(f'show {name}')}")
    print("row security enabled, and forced, on responses =", server.psql(
        "select relrowsecurity, relforcerowsecurity from pg_class where oid = 'app.responses'::regclass"))
    print(f"{os.cpu_count()} processors; {CONNECTIONS} connections; pgbench with {CLIENTS} clients")


def compare(server, folder, rounds, seconds):
    server.psql(open_round.statements(CODE, SEATS) + "analyze;")
    council, instrument = server.psql(
        f"select municipality_id, instrument_id from app.rounds where id = '{open_round.ids(CODE, 0)[0]}'").split("|")
    names = {"council": council, "round": open_round.ids(CODE, 0)[0], "instrument": instrument, "now": "2026-01-01T00:00:00Z"}
    tokens = folder / "tokens"
    tokens.write_text("".join(f"{token}\n" for token in open_round.tokens(server.data, council, CODE, SEATS).values()))
    files = {}
    for name, statements in REFERENCES.items():
        for pipelined in (False, True):
            files[name, pipelined] = folder / f"{name} {pipelined}.sql"
            files[name, pipelined].write_text(script(statements, pipelined))
    for case in CASES:
        wrk(server, 1, tokens, case)  # everything is prepared and warm
    served = {case.name: [] for case in CASES}
    references = {key: [] for key in files}
    for _ in range(rounds):
        for key, file in files.items():
            references[key].append(pgbench(server, seconds, file, names))
            for case in CASES:
                if (case.reference, False) == key:
                    served[case.name].append(wrk(server, seconds, tokens, case))
    report(served, references)


def report(served, references):
    def median(column):
        return statistics.median(column)

    for case in CASES:
        rates, used, p50, p95, p99 = zip(*served[case.name])
        ratios = [rate / reference for rate, reference in zip(rates, references[case.reference, False])]
        print(f"{case.name}: {median(ratios):.2f} x pgbench ({', '.join(f'{ratio:.2f}' for ratio in ratios)}); {median(rates):.0f}/s; "
              f"p50 {median(p50):.1f}, p95 {median(p95):.1f}, p99 {median(p99):.1f} ms; {median(used):.0f} µs of the server's processor time")
    for (name, pipelined), rates in references.items():
        print(f"pgbench{' in one round trip' if pipelined else ''}, {name}: {median(rates):.0f}/s")
    checked, unchecked = median(references["read", True]), median(references["read unchecked", True])
    print(f"the check of the link in the database: {(1 / checked - 1 / unchecked) * 2e6:.0f} µs of a processor")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
