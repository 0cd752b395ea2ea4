"""The tools of deploy/bench: a server with an empty database of its own on disk; wrk and pgbench against it; and comparing the two in turn."""

import os
import statistics
import subprocess
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
CONNECTIONS = 64
CLIENTS = 8
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Case:
    """Requests of one kind, and the name of the statements that they are compared with."""

    name: str             # as deploy/bench takes it
    title: str
    path: str
    reference: str
    saves: str = ""       # "one" answer or "all", for paths.lua


class Running:
    """A program that serves: its process, where it answers, and where it logs."""

    def processor_seconds(self):
        """What it has used itself so far, without its database."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def stop(self):
        self.process.terminate()
        self.process.wait(30)


class Server(Running):
    def __init__(self, binary, folder, log_level="warning"):
        folder.mkdir(mode=0o711, exist_ok=True)
        self.data, self.log = folder / "data", folder / "log"
        self.binary = binary
        self.environment = {"PATH": os.environ["PATH"], "NYTTOGRAD_DATA": str(self.data), "NYTTOGRAD_LISTEN": "127.0.0.1:0", "NYTTOGRAD_LOG_LEVEL": log_level}
        self.start()

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [self.binary, "serve", "--empty"], env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True)
        for line in self.process.stdout:
            if line.startswith("Nyttograd answers on "):
                self.address = line.split()[-1]
                return
        raise SystemExit("the server did not start")

    @property
    def socket(self):
        return (self.data / "postgres" / "socket").resolve()

    def psql(self, text, user="nyttograd_super", database="nyttograd"):
        command = ["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", str(self.socket), "-U", user, "-d", database]
        return subprocess.run(command, input=text, text=True, capture_output=True, check=True).stdout.strip()


@dataclass(frozen=True)
class Served:
    """What wrk and the server's own processor time say of one run."""

    rate: float           # requests a second
    p50: float            # ms
    p95: float
    p99: float
    used: float           # the server's own processor time for a request, µs
    size: float           # bytes of an answer, headers with it


class Ceiling(Running):
    """The least that this stack does for the same requests (Tests/bench/ceiling), beside a server's own database."""

    def __init__(self, server, instrument, size):
        self.log = server.log
        binary = Path(server.binary).with_name("ceiling")
        command = [binary, f"host={server.socket} user=nyttograd_app dbname=nyttograd", instrument, str(size)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().split()[-1]


def wrk(server, seconds, case, headers):
    """Asks for a case as often as it can, each request with one of the headers (a file with a line each)."""
    environment = dict(os.environ, BENCH_HEADERS=str(headers), BENCH_PATH=case.path, BENCH_SAVES=case.saves)
    command = ["wrk", "-t", "2", "-c", str(CONNECTIONS), "-d", f"{seconds}s", "--timeout", "60s", "-s", str(HERE / "paths.lua"), server.address]
    before = server.processor_seconds()
    output = subprocess.run(command, env=environment, text=True, capture_output=True, check=True).stdout
    used = server.processor_seconds() - before
    requests, microseconds, failed, p50, p95, p99, size = map(int, next(line for line in output.splitlines() if line.startswith("RESULT")).split()[1:])
    if failed:
        raise SystemExit("\n".join([f"{failed} of {requests} requests failed: {case.title}", *server.log.read_text().splitlines()[:10]]))
    return Served(requests / microseconds * 1e6, p50 / 1000, p95 / 1000, p99 / 1000, used / max(requests, 1) * 1e6, size / max(requests, 1))


def pgbench(server, seconds, file, names):
    """Transactions a second."""
    programs = subprocess.run(["pg_config", "--bindir"], text=True, capture_output=True, check=True).stdout.strip()
    command = [f"{programs}/pgbench", "-n", "-h", str(server.socket), "-U", "nyttograd_app", "-M", "prepared", "-c", str(CLIENTS), "-j", "2",
               *(f"-D{name}={value}" for name, value in names.items()), "-T", str(seconds), "-f", str(file), "nyttograd"]
    done = subprocess.run(command, text=True, capture_output=True)
    assert done.returncode == 0 and "failed transactions: 0 " in done.stdout, done.stdout + done.stderr
    return float(next(line for line in done.stdout.splitlines() if line.startswith("tps")).split()[2])


def script(statements, pipelined, picks=()):
    """A transaction as most programs send it, each statement awaited; or as the server sends it, all in one round trip."""
    opening, ending = ("\\startpipeline", "\\endpipeline") if pipelined else ("begin;", "commit;")
    return "\n".join([*picks, opening, *statements, ending, ""])


def compare(server, rounds, seconds, cases, headers, scripts, names, ceiling=None):
    """Runs the references and the cases in turn, and prints the ratios.

    `scripts` are files by (reference, whether it is in one round trip); `ceiling` is that program, the headers that it takes, and the names of the cases
    that it knows. Returns the references' transactions a second, by the same.
    """
    least, least_headers, known = ceiling or (None, None, ())
    for case in cases:
        wrk(server, 3, case, headers)  # everything is prepared and warm
        if case.name in known:
            wrk(least, 3, case, least_headers)
    served, bounds = {case: [] for case in cases}, {case: [] for case in cases}
    references = {key: [] for key in scripts}
    for _ in range(rounds):
        for key, file in scripts.items():
            references[key].append(pgbench(server, seconds, file, names))
            for case in cases:
                if (case.reference, False) == key:
                    served[case].append(wrk(server, seconds, case, headers))
                    if case.name in known:
                        bounds[case].append(wrk(least, seconds, case, least_headers))
    for case in cases:
        report(case.title, served[case], references[case.reference, False])
        if bounds[case]:
            report("  the least that this stack does for it", bounds[case], references[case.reference, False])
            print(f"  of that the server reaches {statistics.median(run.rate / bound.rate for run, bound in zip(served[case], bounds[case])):.2f}")
    for (name, pipelined), rates in references.items():
        print(f"  pgbench{' in one round trip' if pipelined else ''}, {name}: {statistics.median(rates):.0f}/s")
    return {key: statistics.median(rates) for key, rates in references.items()}


def report(title, runs, references):
    def median(field):
        return statistics.median(getattr(run, field) for run in runs)

    ratios = [run.rate / reference for run, reference in zip(runs, references)]
    print(f"{title}: {statistics.median(ratios):.2f} x pgbench ({', '.join(f'{ratio:.2f}' for ratio in ratios)}); {median('rate'):.0f}/s; "
          f"p50 {median('p50'):.1f}, p95 {median('p95'):.1f}, p99 {median('p99'):.1f} ms; {median('used'):.0f} µs of the server's processor time; "
          f"{median('size') / 1000:.1f} kB an answer, {median('size') * median('rate') / 1e6:.0f} MB/s", flush=True)
