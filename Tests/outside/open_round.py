"""An open round with many seats, put in as the superuser, and the tokens of its links, made as the server makes them.

For tests and measurements that need many participants and not the way there. Standard library only: deploy/bench reads it too.
"""

import base64
import hashlib
import hmac
import json
import uuid

ITEMS = [f"d{dimension}.{item}" for dimension in range(1, 9) for item in range(1, 5)]
FIRST_SEAT = 100_000_000_000

CONTRACT = {
    "schema": "nyttograd/contract/2", "split": True, "k": 5, "controller": "Kommunstyrelsen", "purpose": "Att prova.", "contact": "ombud@demo14.example",
    "audiences": ["council"], "comments": False, "retention": "Tills provet är gjort.", "disposalDecision": "KS 2026/1"}


def beginning(code):
    return f"{code}0000-0000-4000-8000-"


def ids(code, seats):
    """The ids of the round and its seats, by number, so that pgbench can reckon them too."""
    return uuid.UUID(beginning(code) + "0" * 12), [uuid.UUID(f"{beginning(code)}{FIRST_SEAT + number}") for number in range(seats)]


def on_shelf(council):
    """The SQL that puts what is offered on a council's shelf; `council` is the SQL of its id."""
    return f"""
        insert into app.council_instruments
          (municipality_id, id, key, version, name_sv, name_en, items, levels, document, sha256, imported_at, published_at)
        select {council}, id, key, version, name_sv, name_en, items, levels, document, sha256, '2026-01-01Z', '2026-01-01Z' from app.instruments
        on conflict do nothing"""


def statements(code, seats):
    """The SQL that makes an open round of so many invited people in the council with this code, each with an empty response."""
    round_id, seat_ids = ids(code, seats)
    document = json.dumps(CONTRACT, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    people = ", ".join(f"({number}, '{seat}'::uuid)" for number, seat in enumerate(seat_ids))
    return f"""
        set row_security = off;
        create temporary table council as select municipality_id from app.municipalities where code = '{code}';
        create temporary table people as
          select municipality_id, number, seat, gen_random_uuid() as post, 'Person ' || number as name, 'person' || number || '@demo14.example' as address
            from council, (values {people}) v (number, seat);
        insert into app.council_settings (municipality_id) select municipality_id from council on conflict do nothing;
        {on_shelf("(select municipality_id from council)")};
        insert into app.rounds (municipality_id, id, title, instrument_id, state, target_year, orderer_name, orderer_title, runner_name, runner_title,
                                closes_at, created_at, opened_at)
          select municipality_id, '{round_id}', 'Prov', (select id from app.instruments order by key, version desc limit 1), 'open', 2030,
                 'Kim Falk', 'Direktör', 'Alva Ek', 'Strateg', '2099-01-01Z', '2026-01-01Z', '2026-01-01Z' from council;
        insert into app.contracts (municipality_id, round_id, k, controller, audiences, comments, purpose, retention, disposal_reference, contact,
                                   document, sha256, frozen_at)
          select municipality_id, '{round_id}', c.k, c.controller, array['council'], false, c.purpose, c.retention, c."disposalDecision", c.contact,
                 d, sha256(convert_to(d, 'UTF8')), '2026-01-01Z'
            from council, (values ('{document}')) v (d), jsonb_to_record(d::jsonb)
              as c (k int, controller text, purpose text, retention text, "disposalDecision" text, contact text);
        insert into app.posts (municipality_id, id, function, family, title, holder_name, holder_address, holder_language)
          select municipality_id, post, 'other', 'others', 'Befattning ' || number, name, address, 'sv' from people;
        insert into app.seats (municipality_id, id, round_id, post_id, deputy, name, address, language, invited_at, function, family, area)
          select municipality_id, seat, '{round_id}', post, false, name, address, 'sv', '2026-01-01Z', 'other', 'others', '' from people;
        insert into app.responses (municipality_id, id, round_id, seat_id, items, levels, current, desired, open)
          select municipality_id, gen_random_uuid(), '{round_id}', seat, {len(ITEMS)}, 5, array_fill(0::smallint, array[{len(ITEMS)}]),
                 array_fill(0::smallint, array[{len(ITEMS)}]), true from people;
        drop table people, council;
        """


def signed(data, purpose, municipality, identity, generation):
    """A link's token, signed with the first key of the server's data folder: see Links.swift."""
    key = (data / "link.key").read_text().split(",")[0].strip().encode()
    text = uuid.UUID(str(municipality)).bytes + uuid.UUID(str(identity)).bytes + generation.to_bytes(2, "big")
    mac = hmac.new(key, purpose.encode() + text, hashlib.sha256).digest()[:16]
    return base64.urlsafe_b64encode(text + mac).rstrip(b"=").decode()


def tokens(data, municipality, code, seats):
    """The tokens of the personal links, by seat."""
    return {str(seat): signed(data, "seat", municipality, seat, 1) for seat in ids(code, seats)[1]}
