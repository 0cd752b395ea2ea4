"""A round of many seats through the API, step by step: how long each takes, and what it costs.

Round trips are what the server's log says of each request. Rows written and commits, the worker's too, are counted in the log that the database writes
ahead (pg_walinspect): exact, and there as soon as the step is done, where pg_stat tells some of it ten seconds later.
"""

import re
import time
from collections import Counter

from council import Council, wait_for
from measuring import Server

CODE = "9914"
SEATS = 500

REQUEST = re.compile(r"method=(\w+) .*?roundTrips=(\d+) .*?route=(\S+) .*?status=(\d+)")
ROWS = """
    select c.relname, count(*) from pg_get_wal_records_info('{0}', '{1}') w
      join pg_class c on c.relnamespace = 'app'::regnamespace and c.relkind = 'r'
       and w.block_ref like '%rel 1663/' || (select oid from pg_database where datname = current_database()) || '/' || pg_relation_filenode(c.oid) || ' %'
     where w.resource_manager = 'Heap' and w.record_type ~ '^(INSERT|UPDATE|HOT_UPDATE|DELETE)' group by 1 order by 1;"""
COMMITS = "select count(*) from pg_get_wal_records_info('{0}', '{1}') where resource_manager = 'Transaction' and record_type = 'COMMIT';"


class Watch:
    """Takes down what a step costs."""

    def __init__(self, server):
        self.server = server
        server.psql("create extension if not exists pg_walinspect;")

    def position(self):
        return self.server.psql("select pg_current_wal_flush_lsn()")

    def step(self, name, work):
        log, begin, used = self.server.log.stat().st_size, self.position(), self.server.processor_seconds()
        began = time.monotonic()
        work()
        seconds = time.monotonic() - began
        used, end = self.server.processor_seconds() - used, self.position()
        requests = REQUEST.findall(self.server.log.read_bytes()[log:].decode(errors="replace"))
        trips = Counter()
        for method, number, route, _ in requests:
            trips[f"{method} {route.removeprefix('/api/v1')}"] = max(int(number), trips[f"{method} {route.removeprefix('/api/v1')}"])
        rows = self.server.psql(ROWS.format(begin, end)).replace("|", " ").replace("\n", ", ") if begin != end else ""
        commits = self.server.psql(COMMITS.format(begin, end)) if begin != end else 0
        size = self.server.psql(f"select pg_wal_lsn_diff('{end}', '{begin}')")
        print(f"{name}: {seconds:.2f} s ({used:.2f} s of the server's processor time); {len(requests)} requests; {commits} commits, "
              f"{int(size) / 1000:.0f} kB of log; rows: {rows or 'none'}", flush=True)
        for route, most in trips.items():
            print(f"  {route}: {most} round trip{'s' if most != 1 else ''}")


def run(binary, folder, seats=SEATS):
    server = Server(binary, folder / "round", log_level="info")
    try:
        council, watch = Council(server, CODE, seats), Watch(server)
        council.plan()
        print(f"A round of {seats} seats")
        mails = council.number_of_mails()
        watch.step("import the seats from a table", council.import_seats)
        watch.step("invite everybody, until the mails are written", lambda: (
            council.invite(), wait_for(lambda: council.number_of_mails() >= mails + seats)))
        watch.step("open", council.open)
        watch.step("everybody saves 32 answers in one call, and submits", council.answer)
        watch.step("close", council.close)
        watch.step("fix, until it is done", council.fix)
        watch.step("the mails about the result", lambda: wait_for(lambda: council.number_of_mails() >= mails + 2 * seats))
        read(council, watch)
    finally:
        server.stop()


def read(council, watch):
    """Everything of the round that is long, once, with its bytes."""
    path, cookie = f"/omgangar/{council.round}", {"Cookie": f"session={council.token}"}
    for name, address in {
        "the result's document": f"/api/v1/rounds/{council.round}/result", "the result's page": f"{path}/resultat",
        "the report's data": f"/api/v1/rounds/{council.round}/report", "the report's page": f"{path}/rapport", "the round's page": path,
        "the page of its seats": f"{path}/platser", "the list of its seats": f"/api/v1/rounds/{council.round}/seats?limit=100",
        "the page of the posts": "/kommun/poster", "the home page": "/kommun",
    }.items():
        sizes = []
        watch.step(name, lambda: sizes.append(len(council.me.bytes("GET", address, headers=cookie))))
        print(f"  {sizes[0] / 1000:.1f} kB")
