"""Migrations that change rows, on filled tables: the owner is under row security too, so that one which forgets it would change none."""

import cluster
from seed import LATER, NOW, hashed, insert


def migrated_until(number):
    """A new database with the migrations below a number, and the numbered file itself."""
    shared, files = cluster.shared(), sorted((cluster.SQL / "migrations").glob("*.sql"))
    name = shared.clone(of="template0")
    shared.psql(cluster.OWNER, name, "create schema app;")
    for file in files:
        if int(file.name[:4]) < number:
            shared.psql(cluster.OWNER, name, file.read_text())
    return name, next(file for file in files if int(file.name[:4]) == number)


def test_sessions_from_before_they_had_ids_get_one_each():
    name, file = migrated_until(9)
    council, member = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
    with cluster.shared().connect(name, cluster.SUPER) as connection:
        insert(connection, "municipalities", municipality_id=council, code="9901", name="Almviken", county_code="99", county_name="Län",
               org_nr="212000-9901", population=1, fictional=True)
        insert(connection, "members", municipality_id=council, id=member, name="Alva", address="alva@demo01.example", language="sv", invited_at=NOW)
        insert(connection, "operators", id=member, address="oskar@nyttograd.example", invited_at=NOW)
        for number in range(3):
            times = {"created_at": NOW, "touched_at": NOW, "expires_at": LATER}
            insert(connection, "sessions", municipality_id=council, token_hash=hashed(f"{number}"), member_id=member, **times)
            insert(connection, "operator_sessions", token_hash=hashed(f"{number}"), operator_id=member, **times)
        for table in ("sessions", "operator_sessions"):
            connection.execute(f"alter table app.{table} enable row level security, force row level security")
    cluster.shared().psql(cluster.OWNER, name, file.read_text())
    with cluster.shared().connect(name, cluster.SUPER) as connection:
        for table in ("sessions", "operator_sessions"):
            assert connection.execute(f"select count(distinct id), count(*) from app.{table}").fetchone() == (3, 3)
    cluster.shared().drop(name)
