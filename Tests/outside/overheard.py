"""A server on which everything has been done, for two councils alike, while its database told what it was sent."""

import copy
import functools
import re
from dataclasses import dataclass

import contract
import matrix
import statements
from instruments import bridged

BEFORE_CLOSING, AFTER_CLOSING, LONG_AFTER = "2026-12-01T08:00:00Z", "2026-12-15T08:00:00Z", "2027-02-01T16:00:00Z"


@dataclass
class Overheard:
    world: matrix.World
    statements: list
    requests: list     # of the server's log: (method, route, status, round trips)


def seen_from_there(world):
    """The same world with the first two councils in each other's place: whatever `matrix.TABLE` does in one, it does in the other."""
    world.settle()   # Makes its connection to the database, which they share.
    other = copy.copy(world)
    other.here, other.there = world.there, world.here
    return other


def overhear(start_server):
    """Every operation of openapi.yaml and every page by who may, commands, and what the worker does."""
    from test_canaries import every_page  # Which needs what makes the fixtures first.

    def start(*arguments, **options):
        server = start_server(*arguments, **options)
        statements.listen(server)
        return server

    world = matrix.World(start)   # Which starts its server twice.
    for view in (world, seen_from_there(world)):
        for operation in contract.OPERATIONS:
            ask = matrix.TABLE[operation.id](view)
            answer = matrix.request(operation, ask).by(matrix.rightful(operation, ask) or world.nobody)
            assert answer.status_code in operation.successes, f"{operation.id}: {answer.text}"
        do_more(view.here)
        compare_questionnaires(view)
    every_page(world)
    use_commands(world)
    for town in (world.here, world.there):
        stay_open(town)
    world.settle()
    close_on_time(world, start_server)
    look_up = functools.cache(lambda sql, *values: world.sql(sql, *values))
    log = (world.server.data / "postgresql.log").read_text()
    return Overheard(world, statements.heard(log, look_up), requests_of(world.server.log_text))


def do_more(town):
    """What no row of the matrix does."""
    round = town.open()
    town.alva.ok("PATCH", f"/rounds/{round.id}/seats/{round.seats[0][0]}", {"language": "en"})
    called_off = f"/rounds/{town.with_seminar().id}/seminar"
    town.alva.ok("POST", f"{called_off}/invitations")
    leaves = called_off.removesuffix("seminar") + "seats"
    town.alva.ok("DELETE", f"{leaves}/{town.alva.ok('GET', leaves)['items'][0]['id']}?confirmDeletion=true")
    town.alva.ok("DELETE", called_off)
    after_seminar = f"/rounds/{town.with_seminar().id}"
    town.alva.ok("POST", f"{after_seminar}/seminar/invitations")
    town.alva.ok("POST", f"{after_seminar}/opening")
    by_itself = town.planned(seats=1)
    for round in (by_itself, town.planned(seats=0)):
        town.alva.ok("PATCH", f"/rounds/{round.id}", {"opensAt": BEFORE_CLOSING, "closesAt": LONG_AFTER})


def compare_questionnaires(world):
    """The second version of a questionnaire, one of the council's own and one that is offered to all, leads to the first."""
    own, offered = world.here.file(), world.file()
    for file in (own, bridged({**own, "version": 2}, 1)):
        made = world.here.alva.ok("POST", "/instruments", file)["id"]
        world.here.alva.ok("POST", f"/instruments/{made}/publication")
    for file in (offered, bridged({**offered, "version": 2}, 1)):
        world.operator.ok("POST", "/operator/instruments", file)


def use_commands(world):
    command, sharing = world.server.command, f"/rounds/{world.there.fixed.id}/sharing"
    command("operator", "list")
    command("operator", "approve", world.waiting_registration(), "--as", "operator1@drift.example")
    for step in ("PUT", "DELETE"):
        world.there.alva.ok(step, sharing)
        command("edition", "publish", "--fictional")


def stay_open(town):
    """One round goes on when the others are closed."""
    path = f"/rounds/{town.running.id}"
    town.alva.ok("POST", f"{path}/closing")
    town.alva.ok("POST", f"{path}/reopening", {"closesAt": LONG_AFTER})


def close_on_time(world, start_server):
    """The worker finds rounds whose time has come, to open and to close."""
    world._connection.close()
    world.server.stop()
    world.server = start_server("--now", AFTER_CLOSING, data=world.server.data)
    due = "select count(*) from app.rounds where state = 'open' and closes_at < %s or state = 'planned' and opens_at < %s and missed_at is null"
    matrix.wait_until(lambda: world.sql(due, AFTER_CLOSING, AFTER_CLOSING)[0][0] == 0)
    # Requests to join of before are gone. Of these one waits, and one is not confirmed.
    world.nobody.server = world.server
    for town in (world.here, world.there):
        world.nobody.ok("POST", "/join-confirmations", {"token": town.join_token()})
        town.join_token()


def requests_of(log):
    return [(method, route, int(status), int(trips))
            for method, trips, route, status in re.findall(r"method=(\w+) .*?roundTrips=(\d+) .*?route=(\S+) .*?status=(\d+)", log)]
