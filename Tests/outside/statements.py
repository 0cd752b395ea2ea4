"""The statements that a server really sends: heard from its database's log, read for the councils that they name, and sent again.

A test has the database log them (`listen`), lets the server be used, and gets each with the role and the settings that had been entered.
"""

import re
from dataclasses import dataclass

import psycopg


@dataclass(frozen=True)
class Statement:
    """One statement as it was sent: the values as text, None for NULL."""

    role: str
    settings: tuple    # (name, value): what had been entered
    text: str
    values: tuple

    @property
    def municipality(self):
        return dict(self.settings).get("app.municipality_id")


# ---- Hearing

LISTENING = {"log_statement": "all", "log_parameter_max_length": "-1", "log_error_verbosity": "default"}


def listen(server):
    """Has everything logged that the server sends after its next start. A role's settings go before those that the database is started with."""
    with server.connect("nyttograd_super") as connection:
        for name, value in LISTENING.items():
            connection.execute(f"alter role nyttograd_app set {name} = '{value}'")


ENTRY = re.compile(r"[ \d:.-]+ UTC \[(\d+)\] (\w+):  (.*)", re.S)
EXECUTED = re.compile(r"execute \S+: (.*)", re.S)
VALUE = re.compile(r"\$\d+ = (?:NULL|'((?:[^']|'')*)')", re.S)
ENTERING = re.compile(r"select set_config\('role', (?:app\.(\w+)\((.*)\)|.*), true\), \$\d+::int8")


def heard(log, look_up):
    """The statements of a log, each as who was entered when it was sent. `look_up(sql, *values)` asks the database itself."""
    # Lines that go on begin with a tab.
    lines = log.replace("\n\t", "\0").split("\n")
    entries = [match.groups() for line in lines if (match := ENTRY.fullmatch(line.replace("\0", "\n")))]
    entered, found = {}, []
    for index, (process, _, said) in enumerate(entries):
        if not (executed := EXECUTED.fullmatch(said)) or executed[1] in ("begin", "commit", "rollback"):
            continue
        text, values = executed[1], ()
        detail = next((entry for entry in entries[index + 1:index + 2] if entry[0] == process and entry[1] == "DETAIL"), None)
        if detail:
            values = tuple(None if match[0].endswith("NULL") and match[1] is None else match[1].replace("''", "'") for match in VALUE.finditer(detail[2]))
        if match := ENTERING.match(text):
            entered[process] = match[1] and Entered(match[1], match[2], values).settings(look_up)
        elif settings := entered.get(process):
            found.append(Statement(*settings, text, values))
    return found


@dataclass(frozen=True)
class Entered:
    function: str
    arguments: str
    values: tuple

    def settings(self, look_up):
        """(role, what the entering function set); nothing if it cannot be told any more, because the row that said it is gone."""
        council, *values = self.values
        if self.function == "enter":
            role = re.match(r"'(\w+)'", self.arguments)[1]
            return role, ((("app.municipality_id", council),) if "$1" in self.arguments and council else ())
        if self.function == "enter_member":
            member = look_up("select member_id from app.sessions where municipality_id = %s and token_hash = %s::bytea", council, values[0])
            return member and ("ng_member", (("app.municipality_id", council), ("app.member_id", str(member[0][0]))))
        if self.function == "enter_participant":
            seat = look_up("select round_id, post_id from app.seats where municipality_id = %s and id = %s", council, values[0])
            return seat and ("ng_participant", (
                ("app.municipality_id", council), ("app.seat_id", values[0]), ("app.round_id", str(seat[0][0])), ("app.post_id", str(seat[0][1]))))
        if self.function == "enter_operator":
            operator = look_up("select operator_id from app.operator_sessions where token_hash = %s::bytea", self.values[0])
            return operator and ("ng_operator", (("app.operator_id", str(operator[0][0])),))
        raise AssertionError(f"say here what {self.function} sets")


# ---- Reading

# A word behind a table's name that is no alias.
NO_ALIAS = "on|where|set|join|left|cross|order|for|values|select|limit|group|returning|union|using|default"


@dataclass
class Scope:
    """One select, insert, update or delete. Those in parentheses within it are scopes of their own; `\\0n\\0` stands in its text for the nth."""

    outer: "Scope"
    tenants: frozenset   # the names of all tenant tables
    text: str = ""

    @property
    def target(self):
        """The table that it inserts into."""
        match = re.search(r"insert into app\.(\w+)", self.text)
        return match and match[1]

    def named(self):
        """(alias, table) of the tables that it reads or changes itself."""
        return [(match[2] or match[1], match[1]) for match in re.finditer(
            rf"(?<!insert into )\bapp\.(\w+)\b(?!\()(?:\s+(?:as\s+)?(?!(?:{NO_ALIAS})\b)(\w+))?", self.text)]

    def table(self, alias):
        """What an alias stands for, here or further out; an empty alias for the one table there is."""
        own = dict(self.named())
        if not alias:
            return next(iter(own.values())) if len(own) == 1 else None
        return own.get(alias) or (self.outer.table(alias) if self.outer else None)

    def anchored(self):
        """The aliases whose council is given: by a value, or by being that of another anchored one; and by a condition that always holds."""
        found = set(self.outer.anchored()) if self.outer else set()
        always, parentheses = self.text, 1
        while parentheses:
            always, parentheses = re.subn(r"\([^()]*\)", "", always)
        if re.search(r"\bor\b", always):
            return found
        own = self.named()
        for match in re.finditer(r"(?:\b(\w+)\.)?\bmunicipality_id = \$\d+", always):
            found |= {match[1]} if match[1] else {alias for alias, _ in own if len(own) == 1}
        pairs = re.findall(r"\b(\w+)\.municipality_id = (\w+)\.municipality_id", always)
        for _ in pairs:
            for one, other in pairs:
                if {one, other} & found:
                    found |= {one, other}
        return found

    def unnamed(self):
        """The tenant tables in it whose council is not given."""
        anchored = self.anchored()
        found = [table for alias, table in self.named() if table in self.tenants and alias not in anchored]
        # A new row says its council in its first column.
        if self.target in self.tenants and not re.search(rf"insert into app\.{self.target}\s+\(municipality_id\b", self.text):
            found.append(self.target)
        return found

    def bare(self):
        """Its text without any predicate that names the council of a tenant table."""
        def given(match):
            return f"(true or {match[2]}::uuid is null)" if self.table(match[1]) in self.tenants else match[0]

        def joined(match):
            return "true" if {self.table(match[1]), self.table(match[2])} <= self.tenants else match[0]

        text = re.sub(r"(?:\b(\w+)\.)?\bmunicipality_id = (\$\d+)", given, self.text)
        return re.sub(r"\b(\w+)\.municipality_id = (\w+)\.municipality_id", joined, text)


TOKEN = re.compile(
    r"(?P<inner>\(\s*(?=(?:select|insert|update|delete|with)\b))|(?P<open>\()|(?P<close>\))|(?P<words>'(?:[^']|'')*'|[^'()]+)", re.I)


def scopes(text, tenants):
    """The parts of a statement, the outermost first."""
    current = Scope(None, frozenset(tenants))
    found, waiting = [current], []
    for token in TOKEN.finditer(text):
        if token.lastgroup == "words":
            current.text += token[0]
            continue
        if token.lastgroup == "close":
            current = waiting.pop()
            current.text += ")"
            continue
        current.text += "("
        waiting.append(current)
        if token.lastgroup == "inner":
            current.text += f"\0{len(found)}\0"
            current = Scope(current, frozenset(tenants))
            found.append(current)
    return found


def unnamed(text, tenants):
    """The tenant tables that a statement names without their council."""
    return [table for scope in scopes(text, tenants) for table in scope.unnamed()]


def without_tenant_predicates(text, tenants):
    parts = [scope.bare() for scope in scopes(text, tenants)]

    def whole(number):
        return re.sub(r"\0(\d+)\0", lambda match: whole(int(match[1])), parts[number])

    return whole(0)


# ---- Sending again

def with_types(text, values):
    """The text with the types of values that PostgreSQL may not infer: the log tells values, and not the types that they were sent with."""
    def listed(match):
        value = values[int(match[0][1:]) - 1]
        return f"{match[0]}::{'uuid' if re.match('{[0-9a-f-]{36}[,}]', value) else 'text'}[]"

    def single(match):
        value = values[int(match[0][1:]) - 1] or ""
        return match[0] + next((f"::{type}" for type, shape in SHAPES.items() if re.fullmatch(shape, value)), "")

    text = re.sub(r"unnest\([$\d,\s]+\)", lambda match: re.sub(r"\$\d+", listed, match[0]), text)
    return re.sub(r"(?<!hashtextextended\()\$\d+", single, text)


SHAPES = {"timestamptz": r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?\+00", "uuid": r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"}


class Stage:
    """A transaction in which statements are sent again, to be rolled back."""

    def __init__(self, connection, tenants):
        self.connection = connection     # a superuser's, who is under row security while he has entered a role
        self.tenants = tenants
        self.cursor = psycopg.RawCursor(connection)

    def send(self, statement, text=None, settings=None):
        """The command's tag, and the rows in some order."""
        for name, value in (*(statement.settings if settings is None else settings), ("role", statement.role)):
            self.connection.execute("select set_config(%s, %s, true)", (name, value))
        self.cursor.execute(with_types(text or statement.text, statement.values), list(statement.values) or None)
        answer = self.cursor.statusmessage, sorted(map(repr, self.cursor.fetchall())) if self.cursor.description else []
        self.connection.execute("reset role")
        return answer

    def answer(self, statement, text=None, settings=None, watched=None):
        """What came of it, or how it was refused; what the watched council has then; and nothing has been done."""
        with self.connection.transaction(force_rollback=True):
            try:
                with self.connection.transaction():
                    answer = self.send(statement, text, settings)
            except (psycopg.errors.InsufficientPrivilege, psycopg.errors.IntegrityError) as refusal:
                answer = f"refused with {refusal.sqlstate}", []
            return *answer, watched and self.contents(watched)

    def contents(self, municipality):
        """A fingerprint of the rows of a council."""
        parts = [
            f"select '{table}', md5(string_agg(t::text, '|' order by t::text)) from app.{table} t where municipality_id = %s" for table in sorted(self.tenants)]
        return self.connection.execute(" union all ".join(parts), [municipality] * len(parts)).fetchall()

    def remove(self, municipality):
        """Every row of a council, as if it had never been."""
        self.connection.execute("set local session_replication_role = replica")
        for table in self.tenants:
            self.connection.execute(f"delete from app.{table} where municipality_id = %s", [municipality])
        self.connection.execute("set local session_replication_role = origin")
