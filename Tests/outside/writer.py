"""A client of many connections that saves answers and asks for mail, and keeps the list of what was acknowledged: `writer.py` as a process.

It reads one order as JSON from its standard input, and writes what came of it to its standard output:

  order   {"address": "127.0.0.1:8080", "tokens": {seat: token, …}, "savers": 32, "mail": [address, …], "start": 0,
           "kill": pid, "signal": 9, "inFlight": 16, "before": 200, "after": 0}
  answer  {"inFlight": 31, "acknowledged": 412, "seconds": 1.2, "saved": {"seat item": [[current, desired], …]}, "submitted": {seat: [true, …]}, "mail": [address, …]}

It kills that process itself, so that it knows how many of its requests had been sent and not been answered. Where several values are listed for one
answer, the first was acknowledged and the rest were sent after it, without an acknowledgement: any of them may stand. A list that begins with null
has none that was acknowledged. With `after`, it goes on until so many more are acknowledged, in `seconds`; without, until the connections are lost.
"""

import collections
import http.client
import json
import os
import sys
import threading
import time

from open_round import ITEMS

SECONDS = 30


class Ledger:
    """What was sent and what was acknowledged, and how many wait for an answer."""

    def __init__(self):
        self.changed = threading.Condition()
        self.saved, self.submitted, self.mail, self.refusals = {}, {}, [], []
        self.in_flight = self.acknowledged = 0
        self.stopped = False

    def send(self, book, keys, value):
        with self.changed:
            for key in keys:
                book.setdefault(key, [None]).append(value)
            self.in_flight += 1
            self.changed.notify_all()

    def end(self, book, keys, value, acknowledged):
        with self.changed:
            self.in_flight -= 1
            if acknowledged:
                self.acknowledged += 1
                for key in keys:
                    book[key] = [value]
            self.changed.notify_all()


class Caller(threading.Thread):
    """One connection. Ends when it is lost, unless it is to go on."""

    def __init__(self, ledger, order):
        super().__init__(daemon=True)
        self.ledger, self.order = ledger, order
        self.connection = None

    def call(self, method, path, token, body, book, keys, value):
        headers = {"Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        if token:
            headers["Authorization"] = f"Bearer {token}"
        self.connection = self.connection or http.client.HTTPConnection(self.order["address"], timeout=SECONDS)
        self.ledger.send(book, keys, value)
        acknowledged = False
        try:
            self.connection.request(method, "/api/v1" + path, None if body is None else json.dumps(body), headers)
            answer = self.connection.getresponse()
            answer.read()
            acknowledged = 200 <= answer.status < 300
            if not acknowledged and answer.status < 500:
                self.ledger.refusals.append(f"{method} {path}: {answer.status}")
        except (OSError, http.client.HTTPException):
            self.connection.close()
            self.connection = None
        finally:
            self.ledger.end(book, keys, value, acknowledged)
        if not acknowledged:
            time.sleep(0.02)
        return acknowledged

    def run(self):
        for work in self.works():
            if self.ledger.stopped:
                return
            lost = not self.call(*work) and self.connection is None
            if lost and not self.order["after"]:
                return


class Saver(Caller):
    """Saves single items. Each pair of seat and item is one saver's alone, so that it knows their order; a seat is shared by all savers."""

    def __init__(self, ledger, order, number, seats):
        super().__init__(ledger, order)
        pairs = [(seat, item) for seat in seats for item in ITEMS]
        self.mine = pairs[number :: order["savers"]]

    def works(self):
        number = self.order["start"]
        while True:
            for seat, item in self.mine:
                number += 1
                pair = [1 + number % 5, 1 + number // 5 % 5]
                yield ("PUT", f"/participation/answers/{item}", self.order["tokens"][seat], {"current": pair[0], "desired": pair[1]},
                       self.ledger.saved, [f"{seat} {item}"], pair)


class WholeSaver(Caller):
    """Saves all items of a seat of its own at once, submits, and takes that back, over and over."""

    def __init__(self, ledger, order, seat):
        super().__init__(ledger, order)
        self.seat = seat

    def works(self):
        number, token = self.order["start"], self.order["tokens"][self.seat]
        while True:
            number += 1
            pair = [1 + number % 5, 1 + number // 5 % 5]
            answers = {item: {"current": pair[0], "desired": pair[1]} for item in ITEMS}
            yield "PATCH", "/participation/answers", token, {"answers": answers}, self.ledger.saved, [f"{self.seat} {item}" for item in ITEMS], pair
            yield "PUT", "/participation/submission", token, None, self.ledger.submitted, [self.seat], True
            yield "PATCH", "/participation/answers", token, {"answers": answers}, self.ledger.saved, [f"{self.seat} {item}" for item in ITEMS], pair
            if number % 2:
                yield "DELETE", "/participation/submission", token, None, self.ledger.submitted, [self.seat], False


class MailAsker(Caller):
    """Asks for a sign-in link for one address after another."""

    def __init__(self, ledger, order, addresses):
        super().__init__(ledger, order)
        self.addresses = addresses

    def works(self):
        asked = {}
        for address in self.addresses:
            yield "POST", "/sign-in-links", None, {"address": address}, asked, [address], True
            if asked[address] == [True]:
                self.ledger.mail.append(address)


def main():
    order = json.load(sys.stdin)
    ledger = Ledger()
    seats = sorted(order["tokens"])
    callers = [Saver(ledger, order, number, seats[8:]) for number in range(order["savers"])]
    callers += [WholeSaver(ledger, order, seat) for seat in seats[:8]] + [MailAsker(ledger, order, order["mail"][part::4]) for part in range(4)]
    for caller in callers:
        caller.start()
    with ledger.changed:
        ready = ledger.changed.wait_for(lambda: ledger.acknowledged >= order["before"] and ledger.in_flight >= order["inFlight"], SECONDS)
        if not ready:
            raise SystemExit(f"{ledger.acknowledged} acknowledged, {ledger.in_flight} in flight")
        os.kill(order["kill"], order["signal"])
        in_flight, before, killed = ledger.in_flight, ledger.acknowledged, time.monotonic()
        if order["after"]:
            ledger.changed.wait_for(lambda: ledger.acknowledged >= before + order["after"], SECONDS)
            ledger.stopped = True
        seconds = time.monotonic() - killed
    for caller in callers:
        caller.join(SECONDS)
    if ledger.refusals:
        raise SystemExit(f"refused: {collections.Counter(ledger.refusals)}")
    json.dump({
        "inFlight": in_flight, "acknowledged": ledger.acknowledged, "seconds": seconds,
        "saved": ledger.saved, "submitted": ledger.submitted, "mail": ledger.mail}, sys.stdout)


if __name__ == "__main__":
    main()
