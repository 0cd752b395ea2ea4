"""Rounds put straight into a running server's database, and the personal links of their seats: for tests of answering alone."""

import hashlib
import uuid
from dataclasses import dataclass, field

import open_round
from people import Api

LONG_AGO, FAR_OFF = "2026-01-01T00:00:00Z", "2100-01-01T00:00:00Z"
ITEMS = len(open_round.ITEMS)


@dataclass
class Seat:
    id: uuid.UUID
    token: str
    api: Api


@dataclass
class Round:
    server: object
    council: uuid.UUID
    id: uuid.UUID
    seats: list = field(default_factory=list)

    def sql(self, text, parameters=()):
        with self.server.connect("nyttograd_super") as connection:
            cursor = connection.execute(text, parameters)
            return cursor.fetchall() if cursor.description else []

    def saved(self, seat):
        """What the database holds: current, desired, submitted."""
        return self.sql("select current, desired, submitted from app.responses where municipality_id = %s and seat_id = %s", (self.council, seat.id))[0]

    def close(self):
        self.sql("update app.rounds set state = 'closed', closed_at = %s where municipality_id = %s and id = %s", (LONG_AGO, self.council, self.id))
        self.sql("update app.responses set open = false where municipality_id = %s and round_id = %s", (self.council, self.id))

    def fix(self):
        self.close()
        self.sql("delete from app.responses where municipality_id = %s and round_id = %s", (self.council, self.id))
        self.sql("update app.rounds set state = 'fixed', fixed_at = %s where municipality_id = %s and id = %s", (LONG_AGO, self.council, self.id))


def make_round(server, people=2, code="9914", state="open", closes_at=FAR_OFF, title="Mognadsanalys hösten 2026", name="Person {}", post="Direktör {}", area=""):
    """A round with so many invited seats; open, or planned."""
    with server.connect("nyttograd_super") as connection:
        council = connection.execute("select municipality_id from app.municipalities where code = %s", (code,)).fetchone()[0]
        instrument = connection.execute("select id from app.instruments order by version desc limit 1").fetchone()[0]
        connection.execute(open_round.on_shelf(f"'{council}'::uuid"))
        made = Round(server, council, uuid.uuid4())
        connection.execute("insert into app.council_settings (municipality_id) values (%s) on conflict do nothing", (council,))
        insert(connection, "rounds", municipality_id=council, id=made.id, title=title, instrument_id=instrument, state=state, target_year=2028,
               orderer_name="Kim Falk", orderer_title="Kvalitetsdirektör", runner_name="Alva Ek", runner_title="E-strateg",
               closes_at=closes_at, created_at=LONG_AGO)
        insert(connection, "contracts", municipality_id=council, round_id=made.id, k=5, controller="Kommunstyrelsen",
               audiences=["participants", "council", "anonymous-statistics"], comments=False,
               purpose="Att se hur väl kommunen tar hem nyttan av sitt utvecklingsarbete.",
               retention="Svaren raderas när omgången fastställs. Resultatet bevaras.", disposal_reference="KS 2026/123 § 45",
               contact="dataskyddsombud@demo14.example", document="{}", sha256=hashlib.sha256(b"{}").digest(), frozen_at=LONG_AGO)
        for number in range(1, people + 1):
            seat, own = uuid.uuid4(), dict(municipality_id=council)
            post_id = uuid.uuid4()
            insert(connection, "posts", **own, id=post_id, function="other", family="others", title=f"{post.format(number)} {str(post_id)[:4]}", area=area,
                   holder_name="Holder", holder_address="holder@demo14.example", holder_language="sv")
            insert(connection, "seats", **own, id=seat, round_id=made.id, post_id=post_id, deputy=False, name=name.format(number),
                   address=f"p{number}@demo14.example", language="sv", invited_at=LONG_AGO, function="other", family="others", area=area)
            if state == "open":
                insert(connection, "responses", **own, id=uuid.uuid4(), round_id=made.id, seat_id=seat, items=ITEMS, levels=5,
                       current=[0] * ITEMS, desired=[0] * ITEMS, open=True)
            token = open_round.signed(server.data, "seat", council, seat, 1)
            made.seats.append(Seat(seat, token, Api(server, token)))
    return made


def insert(connection, table, **values):
    names = ", ".join(values)
    connection.execute(f"insert into app.{table} ({names}) values ({', '.join(['%s'] * len(values))})", list(values.values()))
