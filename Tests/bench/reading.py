"""A strategist reads the result of a round of 16: the document, the page, the report. Against pgbench running the statements that the server was heard to send.

A document is handed on as it is stored, so that reading it should cost what the database takes. A page and a report are drawn anew from it at
each request: there the ratio says what drawing costs, and the processor time is what to look at.
"""

from council import Client, Council
from heard import Heard
from measuring import Case, compare, script

CODE = "9915"
PEOPLE = 16

PATHS = {
    "document": ("read the result's document", "/api/v1/rounds/{round}/result"),
    "result-page": ("read the result's page", "/omgangar/{round}/resultat"),
    "report": ("read the report's data", "/api/v1/rounds/{round}/report"),
    "report-page": ("read the report's page", "/omgangar/{round}/rapport"),
}
# Without a round and a database: what the edge takes of each.
EDGE = "/api/v1/api-info"
CASES = [Case(name, title, path, name) for name, (title, path) in PATHS.items()]


def run(server, folder, rounds, seconds, cases):
    council = Council(server, CODE, PEOPLE)
    for step in (council.plan, council.import_seats, council.invite, council.open, council.answer, council.close, council.fix):
        step()
    server.psql("analyze;")
    # The API takes the token from the header, pages take it from the cookie.
    headers = {"Authorization": f"Bearer {council.token}", "Cookie": f"session={council.token}"}
    for name, value in headers.items():
        (folder / name).write_text(f"{name}: {value}\n")
    for case in cases:
        path = case.path.format(round=council.round)
        name = "Authorization" if path.startswith("/api/") else "Cookie"
        with Heard(server) as heard:
            statements = heard.of(lambda: Client(server).bytes("GET", path, headers={name: headers[name]}))
        scripts = {}
        for pipelined in (False, True):
            scripts[case.reference, pipelined] = folder / f"{case.name} {pipelined}.sql"
            scripts[case.reference, pipelined].write_text(script(statements, pipelined))
        compare(server, rounds, seconds, [Case(case.name, case.title, path, case.reference)], folder / name, scripts, {})
