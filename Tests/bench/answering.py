"""A participant reads and saves, against pgbench running the statements of the same operation on the same rows: each another of 500 participants."""

from pathlib import Path

import open_round
from measuring import Case, Ceiling, compare, script

CODE = "9914"
SEATS = 500
ANSWER = 1300  # bytes of the body of saved answers

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
ONE = "current[:item] = :level::smallint, desired[:item] = :level::smallint"
EVERY = f"'{{{','.join(map(str, range(1, len(open_round.ITEMS) + 1)))}}}'::smallint[], array_fill(:level::smallint, array[{len(open_round.ITEMS)}])"
ALL = f"current = app.put(a.current, {EVERY}), desired = app.put(a.desired, {EVERY})"
TAGS = "string_to_array(nullif(:tags::text, '0'), ',')"


def save(change):
    return f"""update app.responses a set {change} from app.rounds r
 where a.municipality_id = :council and a.seat_id = {SEAT} and a.open
   and r.municipality_id = :council and r.id = app.round() and r.state = 'open' and r.closes_at > :now and r.instrument_id = :instrument
   and ({TAGS} is null or {ETAG} = any ({TAGS})) returning {RETURNED};"""


REFERENCES = {
    "read": [ENTER + ECHO + READ_ONLY + ";", READ],
    "read unchecked": [ENTER_UNCHECKED + ECHO + READ_ONLY + ";", READ],
    "save": [ENTER + ECHO + ";", save(ONE)],
    "submit": [ENTER + ECHO + ";", save(ALL)],
}
PICKS = [f"\\set seat random({open_round.FIRST_SEAT}, {open_round.FIRST_SEAT + SEATS - 1})", f"\\set item random(1, {len(open_round.ITEMS)})",
         "\\set level random(1, 4)", "\\set tags 0"]

CASES = [
    Case("read", "read the saved answers", "/api/v1/participation/answers", "read"),
    Case("questionnaire", "read the questionnaire with its texts", "/api/v1/participation", "read"),
    Case("save", "save one answer, durably", "/api/v1/participation/answers/{item}", "save", saves="one"),
    Case("submit", "save all 32 answers in one call, durably", "/api/v1/participation/answers", "submit", saves="all"),
]


def run(server, folder: Path, rounds, seconds, cases):
    server.psql(open_round.statements(CODE, SEATS) + "analyze;")
    council, instrument = server.psql(
        f"select municipality_id, instrument_id from app.rounds where id = '{open_round.ids(CODE, 0)[0]}'").split("|")
    names = {"council": council, "round": open_round.ids(CODE, 0)[0], "instrument": instrument, "now": "2026-01-01T00:00:00Z"}
    headers = folder / "personal links"
    headers.write_text("".join(f"Authorization: Bearer {token}\n" for token in open_round.tokens(server.data, council, CODE, SEATS).values()))
    scripts, wanted = {}, {case.reference for case in cases}
    for name, statements in REFERENCES.items():
        for pipelined in (False, True):
            if name.removesuffix(" unchecked") in wanted:
                scripts[name, pipelined] = folder / f"{name} {pipelined}.sql"
                scripts[name, pipelined].write_text(script(statements, pipelined, PICKS))
    seats = folder / "seats"
    seats.write_text("".join(f"Seat: {council} {seat}\n" for seat in open_round.ids(CODE, SEATS)[1]))
    ceiling = Ceiling(server, instrument, ANSWER)
    try:
        medians = compare(server, rounds, seconds, cases, headers, scripts, names, (ceiling, seats, ("read", "save")))
    finally:
        ceiling.stop()
    if "read" in wanted:
        checked, unchecked = medians["read", True], medians["read unchecked", True]
        print(f"  the check of the link in the database: {(1 / checked - 1 / unchecked) * 2e6:.0f} µs of a processor")
