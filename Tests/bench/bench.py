"""The server against pgbench, which runs the statements of the same operation on the same rows.

Every figure is a ratio within one run: the machine's speed, and what else it does, is in both. Loopback only, bounded in time.
"""

import base64
import hashlib
import hmac
import os
import statistics
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path

HERE = Path(__file__).resolve().parent
SEATS = 500
CONNECTIONS = 64
CLIENTS = 8

# The statements of one read and of one save, as the server sends them: entering (which checks the link), and the work.
# pgbench cannot bind arrays, so that its save writes the same values as text.
ENTER = "select set_config('role', app.enter_participant(:council, :seat, 1), true), 1;"
ROW = """r.instrument_id, a.current, a.desired, a.submitted,
 encode(sha256(convert_to(a.current::text || a.desired::text || a.submitted::text, 'UTF8')), 'hex')"""
READ = f"""select {ROW} from app.responses a join app.rounds r on r.municipality_id = a.municipality_id and r.id = app.round()
 where a.municipality_id = :council and a.seat_id = :seat;"""
PUT = "app.put(a.{0}, r.instrument_id, array[:instrument]::uuid[], array[:item]::smallint[], array[:level]::smallint[])"
SAVE = f"""update app.responses a set current = {PUT.format("current")}, desired = {PUT.format("desired")} from app.rounds r
 where a.municipality_id = :council and a.seat_id = :seat and a.open
 and r.municipality_id = :council and r.id = app.round() and r.state = 'open' and r.closes_at > '2026-01-01Z'
 and (null::text[] is null or '' = any (null::text[])) returning {ROW};"""


def script(statement):
    return f"""\\set number random(0, {SEATS - 1})
\\set item random(1, 32)
\\set level random(1, 4)
select municipality_id as council, id as seat, instrument from bench.seats where number = :number \\gset
begin;
{ENTER}
{statement}
commit;
"""


class Server:
    def __init__(self, binary, folder):
        self.data = folder / "data"
        environment = {"PATH": os.environ["PATH"], "NYTTOGRAD_DATA": str(self.data), "NYTTOGRAD_LISTEN": "127.0.0.1:0", "NYTTOGRAD_LOG_LEVEL": "warning"}
        self.process = subprocess.Popen([binary, "serve", "--empty"], env=environment, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
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

    def stop(self):
        self.process.terminate()
        self.process.wait(30)


def seed(server):
    """An open round with many seats, and their links' tokens, made as the server makes them."""
    server.psql("""
        set row_security = off;
        create schema bench;
        create table bench.seats as select n as number, municipality_id, gen_random_uuid() as id, gen_random_uuid() as post, gen_random_uuid() as round,
            (select id from app.instruments limit 1) as instrument
          from app.municipalities, generate_series(0, %d) n where code = '9914';
        update bench.seats set round = (select round from bench.seats where number = 0);
        create unique index on bench.seats (number);
        grant usage on schema bench to nyttograd_app; grant select on bench.seats to nyttograd_app;
        insert into app.council_settings (municipality_id) select municipality_id from bench.seats where number = 0;
        insert into app.rounds (municipality_id, id, title, instrument_id, state, target_year, orderer_name, orderer_title, runner_name, runner_title, closes_at, created_at)
          select municipality_id, round, 'Bench', instrument, 'open', 2030, 'a', 'b', 'c', 'd', '2100-01-01Z', '2026-01-01Z'
          from bench.seats where number = 0;
        insert into app.contracts (municipality_id, round_id, k, controller, audiences, comments, purpose, retention, disposal_reference, contact, document, sha256, frozen_at)
          select municipality_id, round, 5, 'a', '{council}', false, 'b', 'c', 'd', 'e', '{}', sha256('{}'), '2026-01-01Z' from bench.seats where number = 0;
        insert into app.posts (municipality_id, id, function, family, title, holder_name, holder_address, holder_language)
          select municipality_id, post, 'other', 'others', 'Post ' || number, 'P', 'p@demo14.example', 'sv' from bench.seats;
        insert into app.seats (municipality_id, id, round_id, post_id, deputy, name, address, language, invited_at)
          select municipality_id, id, round, post, false, 'P', 'p@demo14.example', 'sv', '2026-01-01Z' from bench.seats;
        insert into app.responses (municipality_id, id, round_id, seat_id, items, current, desired, open)
          select municipality_id, gen_random_uuid(), round, id, 32, array_fill(0::smallint, array[32]), array_fill(0::smallint, array[32]), true from bench.seats;
        analyze;
        """ % (SEATS - 1))
    key = (server.data / "link.key").read_text().strip().split(",")[0].encode()
    tokens = []
    for line in server.psql("select municipality_id, id from bench.seats").splitlines():
        council, seat = (uuid.UUID(part).bytes for part in line.split("|"))
        text = council + seat + (1).to_bytes(2, "big")
        mac = hmac.new(key, b"seat" + text, hashlib.sha256).digest()[:16]
        tokens.append(base64.urlsafe_b64encode(text + mac).rstrip(b"=").decode())
    return tokens


def wrk(server, seconds, tokens_file, path, saving):
    environment = dict(os.environ, BENCH_TOKENS=str(tokens_file), BENCH_PATH=path, BENCH_SAVING="1" if saving else "0")
    command = ["wrk", "-t", "2", "-c", str(CONNECTIONS), "-d", f"{seconds}s", "-s", str(HERE / "paths.lua"), server.address]
    output = subprocess.run(command, env=environment, text=True, capture_output=True, check=True).stdout
    requests, microseconds, failed, p50, p95, p99 = map(int, next(line for line in output.splitlines() if line.startswith("RESULT")).split()[1:])
    assert failed == 0, f"{failed} of {requests} requests failed"
    return requests / microseconds * 1e6, (p50 / 1000, p95 / 1000, p99 / 1000)


def pgbench(server, seconds, file, bindir):
    command = [f"{bindir}/pgbench", "-n", "-h", str(server.socket), "-U", "nyttograd_app", "-M", "prepared", "-c", str(CLIENTS), "-j", "2",
               "-T", str(seconds), "-f", str(file), "nyttograd"]
    output = subprocess.run(command, text=True, capture_output=True, check=True).stdout
    return float(next(line for line in output.splitlines() if line.startswith("tps")).split()[2])


def main(binary, rounds, seconds):
    bindir = subprocess.run(["pg_config", "--bindir"], text=True, capture_output=True, check=True).stdout.strip()
    with tempfile.TemporaryDirectory(prefix="ngbench", dir="/var/tmp") as folder:
        folder = Path(folder)
        folder.chmod(0o755)
        server = Server(binary, folder)
        try:
            report(server, folder, bindir, rounds, seconds)
        finally:
            server.stop()


def report(server, folder, bindir, rounds, seconds):
    for name in ["fsync", "full_page_writes", "synchronous_commit", "server_version"]:
        print(f"{name} = {server.psql(f'show {name}')}")
    print(f"row security forced on responses = {server.psql('''select relforcerowsecurity from pg_class where oid = 'app.responses'::regclass''')}")
    tokens = folder / "tokens"
    tokens.write_text("\n".join(seed(server)) + "\n")
    for name, statement in [("read", READ), ("save", SAVE)]:
        (folder / f"{name}.sql").write_text(script(statement))
    cases = [
        ("read the saved answers", "/api/v1/participation/answers", False, "read"),
        ("read the questionnaire page's whole document", "/api/v1/participation", False, "read"),
        ("save one answer, durably", "", True, "save"),
    ]
    wrk(server, 2, tokens, cases[0][1], False)
    for name, path, saving, reference in cases:
        ratios, latencies, rates, ceilings = [], [], [], []
        for _ in range(rounds):
            ceiling = pgbench(server, seconds, folder / f"{reference}.sql", bindir)
            rate, latency = wrk(server, seconds, tokens, path, saving)
            ratios.append(rate / ceiling), latencies.append(latency), rates.append(rate), ceilings.append(ceiling)
        p50, p95, p99 = (statistics.median(column) for column in zip(*latencies))
        print(f"{name}: {statistics.median(ratios):.2f} x pgbench "
              f"({statistics.median(rates):.0f}/s against {statistics.median(ceilings):.0f}/s; {CONNECTIONS} connections, {CLIENTS} clients; "
              f"p50 {p50:.1f} ms, p95 {p95:.1f} ms, p99 {p99:.1f} ms; ratios {', '.join(f'{ratio:.2f}' for ratio in ratios)})")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
