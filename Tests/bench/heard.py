"""The statements that a server really sends for a request, heard from its database's log, as pgbench can send them again."""

import re

from council import wait_for

# A role's settings go before those that the database is started with.
LISTENING = {"log_statement": "all", "log_parameter_max_length": "-1", "log_error_verbosity": "default"}
ENTRY = re.compile(r"[ \d:.-]+ UTC \[(\d+)\] (\w+):  (.*)", re.S)
EXECUTED = re.compile(r"execute \S+: (.*)", re.S)
VALUE = re.compile(r"\$(\d+) = (NULL|'(?:[^']|'')*')", re.S)


class Heard:
    """Listens while it is entered, and starts the server anew before and after; then `of(ask)` asks, and says what a member's authority sent."""

    def __init__(self, server):
        self.server, self.log = server, server.data / "postgresql.log"

    def __enter__(self):
        self.set("set {} = '{}'")
        return self

    def __exit__(self, *_):
        self.set("reset {}")

    def set(self, change):
        """For connections that begin from now on."""
        self.server.psql("".join(f"alter role nyttograd_app {change.format(name, value)};" for name, value in LISTENING.items()))
        self.server.stop()
        self.server.start()

    def of(self, ask):
        """The statements as text, each with its values in it, from entering on; but for those of the first time, whose answers the server keeps in memory."""
        ask()
        begin = self.log.stat().st_size
        ask()
        return wait_for(lambda: self.statements(self.log.read_bytes()[begin:].decode()), 10)

    @staticmethod
    def statements(log):
        entries = [match.groups() for line in log.replace("\n\t", "\0").split("\n") if (match := ENTRY.fullmatch(line.replace("\0", "\n")))]
        entering = next((index for index, (_, _, said) in enumerate(entries) if "app.enter_member(" in said), None)
        if entering is None:
            return None
        own = [(kind, said) for process, kind, said in entries[entering:] if process == entries[entering][0]]
        found = []
        for (_, said), (kind, detail) in zip(own, [*own[1:], ("", "")]):
            if executed := EXECUTED.fullmatch(said):
                values = dict(VALUE.findall(detail)) if kind == "DETAIL" else {}
                found.append(re.sub(r"\$(\d+)", lambda match: values[match[1]], executed[1]) + ";")
        return found
