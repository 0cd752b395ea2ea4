"""A round before and while it collects: its times, its workshop, what one more answer gives, reminders, texts, the seminar, deputies."""

import icalendar
import pytest

from browser import Browser, browser_of
from people import Api, answer, colleague, come_back, invite_and_open, plan_round, record_agreement, refusal, register, token_in, wait_until


class Year:
    """One council whose clock is moved: by a new start of its server, as after downtime."""

    def __init__(self, start_server, now):
        self.start_server, self.server = start_server, start_server("--now", now)
        self.council = register(self.server)
        record_agreement(self.council)

    def move(self, now):
        self.server.stop()
        self.server = self.start_server("--now", now, data=self.server.data)
        self.council.api = come_back(self.server, self.council.address)
        for seat in self.council.seats:
            if seat.api:
                seat.api.server = self.server

    @property
    def api(self):
        return self.council.api

    def path(self, more=""):
        return f"/rounds/{self.council.round}{more}"

    def plan(self, closes, opens=None, **more):
        plan_round(self.council, closes, **more)
        if opens:
            self.api.ok("PATCH", self.path(), {"opensAt": opens})

    def state(self):
        return self.api.ok("GET", self.path())["state"]


@pytest.fixture(scope="module")
def council(start_server):
    server = start_server("--now", "2026-11-23T08:00:00Z")
    council = register(server)
    council.server = server
    record_agreement(council)
    return council


@pytest.fixture
def opened(council):
    plan_round(council, "2026-12-14T16:00:00Z")
    invite_and_open(council, council.server)
    return council


def path(council, more=""):
    return f"/rounds/{council.round}{more}"


def state(council):
    return council.api.ok("GET", path(council))["state"]


# Times

def test_a_round_opens_and_closes_at_its_times_over_new_year_and_after_downtime(start_server):
    year = Year(start_server, "2026-12-30T08:00:00Z")
    year.plan("2027-01-20T15:00:00Z", opens="2027-01-04T07:00:00Z")
    year.api.ok("POST", year.path("/invitations"), {})
    ready = year.council.round
    year.plan("2027-01-20T15:00:00Z", opens="2027-01-04T07:00:00Z", people=0)
    empty = year.council.round
    year.move("2027-01-05T08:00:00Z")
    year.council.round = ready
    wait_until(lambda: year.state() == "open")
    assert year.api.ok("GET", year.path())["openedAt"] > "2027-01-05" and year.api.ok("GET", year.path("/contract"))["frozenAt"]
    missed = wait_until(lambda: (found := year.api.ok("GET", f"/rounds/{empty}"))["missedOpening"] and found)
    assert (missed["state"], missed["missedOpening"]) == ("planned", "2027-01-04T07:00:00Z"), "nobody could answer it"
    year.move("2027-01-22T08:00:00Z")
    wait_until(lambda: year.state() == "closed")
    assert year.api.ok("GET", year.path())["closedAt"] == "2027-01-20T15:00:00Z"


def test_a_time_that_is_missed_is_told_once_with_what_is_missing(start_server):
    year = Year(start_server, "2026-12-30T08:00:00Z")
    disa = colleague(year.council, year.server, "Disa Frisk", "director").ok("GET", "/session")["member"]["address"]
    year.plan("2027-01-20T15:00:00Z", opens="2027-01-04T07:00:00Z", people=0)
    told = lambda address: [mail for mail in year.server.mails(address) if "öppnades inte" in mail.subject]

    def page():
        return browser_of(year.api).open(f"/omgangar/{year.council.round}").text

    assert "öppnades inte" not in page()
    year.move("2027-01-05T08:00:00Z")
    mail = wait_until(lambda: told(year.council.address))[0]
    assert "4 januari 2027" in mail.text and "plats" in mail.text and mail.links == [f"{year.server.base_url}/omgangar/{year.council.round}"]
    assert "öppnades inte" in page() and not told(disa)
    year.council.server = year.server
    # What comes later, a start anew or the old job once more, tells nothing new; and what was missing is no longer named.
    year.server.rows("insert into app.jobs (id, kind, municipality_id, subject, run_at) values (gen_random_uuid(), 'openRound', %s, %s, '2027-01-04') returning 1",
                     [municipality(year.council), year.council.round], user="nyttograd_super")
    year.move("2027-01-06T08:00:00Z")
    wait_until(lambda: year.server.rows("select count(*) from app.jobs where kind in ('openRound', 'mailOpeningMissed')", user="nyttograd_super") == [(0,)])
    assert len(told(year.council.address)) == 1
    post = year.api.ok("GET", "/posts")["items"][0]["id"]
    year.api.ok("POST", year.path("/seats"), {"postId": post})
    assert "Nu saknas inget" in page()
    # Another time is another chance.
    assert year.api.ok("PATCH", year.path(), {"opensAt": "2027-01-08T07:00:00Z"})["missedOpening"] is None
    year.move("2027-01-08T08:00:00Z")
    wait_until(lambda: year.state() == "open")
    assert len(told(year.council.address)) == 1


def test_a_seminar_that_is_called_in_the_moment_of_opening_leaves_everybody_invited_to_answer(council):
    """The worker, which has just read that the round is planned, waits for the one who moves it."""
    plan_round(council, "2026-12-14T16:00:00Z", people=2)
    for seat in council.seats:
        seat.address = f"moment.{seat.id[:8]}@demo14.example"
        council.api.ok("PATCH", path(council, f"/seats/{seat.id}"), {"address": seat.address})
    sql = lambda text, *values: council.server.rows(text, values, user="nyttograd_super")
    sql("update app.rounds set opens_at = '2026-11-23T07:00:00Z' where id = %s", council.round)
    with council.server.connect("nyttograd_super") as moving:
        moving.execute("update app.rounds set state = 'seminar' where id = %s", (council.round,))
        sql("insert into app.jobs (id, kind, municipality_id, subject, run_at) values (gen_random_uuid(), 'openRound', %s, %s, '2026-11-23T07:00:00Z')",
            municipality(council), council.round)
        wait_until(lambda: sql("select 1 from pg_stat_activity where wait_event_type = 'Lock'"))
    wait_until(lambda: state(council) == "open")
    for seat in council.seats:
        assert council.server.wait_for_mail(seat.address).subject.startswith("Vad ser du?")


def test_the_opening_time_lies_ahead_and_before_the_closing_and_can_be_taken_away(council):
    plan_round(council, "2026-12-14T16:00:00Z", people=1)
    for opens in ("2026-11-22T08:00:00Z", "2026-12-14T16:00:00Z"):
        late = council.api.patch(path(council), {"opensAt": opens})
        assert refusal(late) == "opening-time-not-ahead" and late.json()["errors"][0]["pointer"] == "#/opensAt"
    assert council.api.ok("PATCH", path(council), {"opensAt": "2026-12-01T08:00:00+01:00"})["opensAt"] == "2026-12-01T07:00:00Z"
    assert refusal(council.api.patch(path(council), {"closesAt": "2026-11-30T08:00:00Z"})) == "opening-time-not-ahead"
    assert council.api.ok("PATCH", path(council), {"opensAt": None})["opensAt"] is None


# The workshop

def test_with_too_few_the_confirmed_step_deletes_the_answers_and_goes_to_the_workshop(opened):
    answer(opened.seats[0], 1)
    opened.api.ok("POST", path(opened, "/closing"))
    assert refusal(opened.api.post(path(opened, "/workshop"), {"submitted": 2})) == "submitted-count-changed"
    assert opened.api.post(path(opened, "/workshop"), {"submitted": 1}).status_code == 202
    wait_until(lambda: state(opened) == "workshop")
    result = opened.api.ok("GET", path(opened, "/result"))
    assert result["submitted"] == 1 and "findings" not in result and "dimensions" not in result
    assert opened.server.rows("select count(*) from app.responses where round_id = %s", [opened.round], user="nyttograd_super") == [(0,)]
    seat = opened.seats[0].api
    assert seat.ok("GET", "/participation")["round"]["state"] == "workshop" and seat.ok("GET", "/participation/result")["submitted"] == 1
    assert refusal(opened.api.post(path(opened, "/reopening"), {"closesAt": "2027-01-01T00:00:00Z"})) == "round-is-fixed"
    assert opened.api.ok("POST", path(opened, "/conclusion"), {})["state"] == "concluded"
    assert seat.get("/participation").status_code == 401


def test_with_enough_the_result_stays_with_the_links_through_the_workshop(opened):
    for number, seat in enumerate(opened.seats[:6]):
        answer(seat, number)
    opened.api.ok("POST", path(opened, "/closing"))
    assert refusal(opened.api.post(path(opened, "/workshop"), {"submitted": 6})) == "enough-submitted"
    opened.api.ok("POST", path(opened, "/fixing"), {"submitted": 6})
    wait_until(lambda: state(opened) == "fixed")
    document = opened.api.get(path(opened, "/result")).content
    assert opened.api.ok("POST", path(opened, "/workshop"), {})["state"] == "workshop"
    assert opened.seats[7].api.get("/participation/result").content == document == opened.api.get(path(opened, "/result")).content
    assert opened.api.ok("PUT", path(opened, "/sharing")) and opened.api.ok("GET", path(opened, "/position"))
    for step in ("planned", "open", "closed", "fixed", "cancelled"):
        moved = opened.server.rows
        with pytest.raises(Exception, match="permission denied"):
            moved("update app.rounds set state = %s where id = %s returning 1", [step, opened.round], "ng_member", municipality(opened))


def municipality(council):
    return council.server.rows("select municipality_id from app.municipalities where code = %s", [council.code], "ng_anonymous")[0][0]


# What one more answer gives

def test_beside_the_count_stands_what_one_more_answer_would_give(opened):
    count = lambda: opened.api.ok("GET", path(opened, "/response-count"))
    assert count()["oneMore"]["itemsThen"] is None and "5 more answers" in count()["oneMore"]["text"]["en"]
    for number, seat in enumerate(opened.seats[:6]):
        answer(seat, number)
    assert (count()["oneMore"]["itemsNow"], count()["oneMore"]["itemsThen"]) == (78, 93)
    # It follows from the counts alone: what was answered makes no difference.
    before = count()
    opened.seats[0].api.ok("PATCH", "/participation/answers", {"answers": {"d1.1": {"mark": "notRelevant"}}})
    assert count() == before
    for number, seat in enumerate(opened.seats[6:]):
        answer(seat, number)
    assert count()["oneMore"] is None


# Reminders

def mails_to(council, address, subject="Påminnelse"):
    return [mail for mail in council.server.mails(address) if mail.subject.startswith(subject)]


def remind(council):
    return council.api.post(path(council, "/reminders"))


def settle(server, kinds=("remind", "mailReminder")):
    """Until the worker has done what is due."""
    wait_until(lambda: server.rows("select count(*) from app.jobs where kind = any (%s) and attempts < 1 and run_at < '2026-11-24'", [list(kinds)],
                                   user="nyttograd_super") == [(0,)])
    wait_until(lambda: server.rows("select count(*) from app.jobs where kind = any (%s) and run_at < '2026-11-24'", [list(kinds)], user="nyttograd_super") == [(0,)])


def test_only_those_who_have_not_submitted_are_reminded_once_a_day_and_nothing_tells_who(opened):
    answer(opened.seats[0], 1)
    answer(opened.seats[1], 2, submit=False)
    before = {seat.id: len(mails_to(opened, seat.address)) for seat in opened.seats}
    seats = lambda: opened.api.get(path(opened, "/seats?limit=100")).content
    shown = seats()
    assert remind(opened).status_code == 202
    for seat in opened.seats[1:]:
        mail = wait_until(lambda: mails_to(opened, seat.address)[before[seat.id]:])[0]
        assert [token_in(link) for link in mail.links] == [seat.api.token]
    settle(opened.server)
    assert len(mails_to(opened, opened.seats[0].address)) == before[opened.seats[0].id], "who has submitted is left alone"
    assert seats() == shown, "no seat shows it"
    told = opened.api.ok("GET", path(opened, "/reminders"))
    assert told["days"] == [{"day": "2026-11-23", "sentAt": told["days"][0]["sentAt"]}] and told["reason"] == "reminded-today"
    assert refusal(remind(opened)) == "reminded-today"


def test_a_person_with_two_seats_gets_one_mail_with_both_links_and_no_count_says_so(council):
    plan_round(council, "2026-12-14T16:00:00Z", people=3)
    twice = "twice@demo14.example"
    for seat in council.seats[1:]:
        council.api.ok("PATCH", path(council, f"/seats/{seat.id}"), {"address": twice})
    council.api.ok("POST", path(council, "/invitations"), {})
    council.api.ok("POST", path(council, "/opening"))
    before = len(mails_to(council, twice))
    answered = remind(council)
    assert answered.status_code == 202 and set(answered.json()) == {"days", "canRemind", "reason", "_links"}
    mail = wait_until(lambda: mails_to(council, twice)[before:])[0]
    settle(council.server)
    assert len(mails_to(council, twice)) == before + 1 and len(set(mail.links)) == 2


def test_a_reminder_leaves_nothing_that_a_member_of_the_database_can_read(opened):
    remind(opened)
    settle(opened.server)
    ours = municipality(opened)
    member = lambda sql: opened.server.rows(sql, [], "ng_member", ours)
    for sql in ("select 1 from app.jobs", "select app.waiting_seats(app.municipality(), '2026-11-23')", "update app.reminders set sent_at = null returning 1"):
        with pytest.raises(Exception, match="permission denied"):
            member(sql)
    columns = opened.server.rows(
        "select column_name from information_schema.columns where table_schema = 'app' and table_name = 'reminders'", user="nyttograd_super")
    assert {column for column, in columns} == {"municipality_id", "round_id", "day", "sent_at"}


def test_reminders_go_on_their_days_also_after_downtime_and_not_when_all_is_over(start_server):
    year = Year(start_server, "2026-12-20T08:00:00Z")
    year.plan("2027-01-20T15:00:00Z", people=2)
    invite_and_open(year.council, year.server)
    days = lambda more: year.api.put(year.path("/reminders"), {"days": more})
    wrong = days(["2026-12-20", "2027-01-04", "2027-01-21"])
    assert [error["pointer"] for error in wrong.json()["errors"]] == ["#/days/0", "#/days/2"]
    assert [day["day"] for day in days(["2026-12-22", "2027-01-04", "2027-01-19"]).json()["days"]] == ["2026-12-22", "2027-01-04", "2027-01-19"]
    assert [day["day"] for day in days(["2027-01-04", "2026-12-22"]).json()["days"]] == ["2026-12-22", "2027-01-04"]
    seat = year.council.seats[1]
    year.move("2027-01-04T14:00:00Z")
    mail = wait_until(lambda: [mail for mail in year.server.mails(seat.address) if mail.subject.startswith("Påminnelse")])
    assert len(mail) == 1
    sent = {day["day"]: day["sentAt"] for day in year.api.ok("GET", year.path("/reminders"))["days"]}
    assert sent["2026-12-22"] is None and sent["2027-01-04"] > "2027-01-04T14:00", "a day that has passed is left out"
    assert [day["day"] for day in days([]).json()["days"]] == ["2027-01-04"], "what has been stays"


def test_no_day_is_chosen_on_which_the_round_has_closed_by_eight_and_one_that_has_passed_is_said_to_have(start_server):
    year = Year(start_server, "2026-12-20T08:00:00Z")
    year.plan("2027-01-20T06:30:00Z", people=1)
    days = lambda *more: year.api.put(year.path("/reminders"), {"days": more})
    early = days("2027-01-19", "2027-01-20")
    assert early.status_code == 422 and [error["pointer"] for error in early.json()["errors"]] == ["#/days/1"]
    assert days("2027-01-05", "2027-01-19").status_code == 200
    year.move("2027-01-06T08:00:00Z")
    page = browser_of(year.api).open(f"/omgangar/{year.council.round}/paminnelser").text
    assert page.count("Skickades inte") == 1 and page.count("Skickas klockan åtta") == 1


# Texts

def test_texts_are_previewed_as_they_are_sent_and_stand_once_they_are_read(council):
    plan_round(council, "2026-12-14T16:00:00Z", people=2)
    words = {"sv": "Kära kollega!\n\nVi behöver dig.", "en": "Dear colleague!"}
    texts = lambda body: council.api.patch(path(council, "/texts"), body)
    shown = texts({"invitation": words, "introduction": words, "reminder": words}).json()
    preview = shown["invitation"]["preview"]["sv"]
    assert "Alva Ek, E-strateg skriver:\n\nKära kollega!\n\nVi behöver dig.\n\n" in preview["body"] and "/e/…" in preview["body"]
    seat = council.seats[1]
    # Of nobody else's, who may have been reminded today.
    seat.address = "reader@demo14.example"
    council.api.ok("PATCH", path(council, f"/seats/{seat.id}"), {"address": seat.address})
    council.api.ok("POST", path(council, "/invitations"), {})
    mail = council.server.wait_for_mail(seat.address)
    link = mail.links[0]
    place = council.api.ok("GET", path(council, f"/seats/{seat.id}"))
    sent = mail.text.replace("\r\n", "\n").replace(token_in(link), "…").replace(f"{place['title']}, {place['area']}", "…")
    assert sent.strip() == preview["body"].strip() and mail.subject == preview["subject"]
    assert refusal(texts({"invitation": {"sv": "", "en": ""}})) == "text-frozen"
    changed = {"sv": "Välkommen.", "en": ""}
    assert texts({"introduction": changed}).status_code == 200
    council.api.ok("POST", path(council, "/opening"))
    assert refusal(texts({"introduction": words})) == "text-frozen"
    person = council.api.as_holder_of(token_in(link))
    assert person.ok("GET", "/participation")["round"]["introduction"] == changed
    assert texts({"reminder": {"sv": "Sista veckan.", "en": "The last week."}}).status_code == 200
    assert remind(council).status_code == 202
    reminder = wait_until(lambda: mails_to(council, seat.address)[-1:])[0]
    assert "Sista veckan." in reminder.text
    council.api.ok("POST", path(council, "/closing"))
    assert refusal(texts({"reminder": words})) == "round-not-open"


def test_a_text_that_nobody_wrote_is_frozen_too(council):
    plan_round(council, "2026-12-14T16:00:00Z", people=1)
    council.api.ok("POST", path(council, "/invitations"), {})
    assert refusal(council.api.patch(path(council, "/texts"), {"invitation": {"sv": "Sent", "en": "Late"}})) == "text-frozen"


@pytest.mark.parametrize("text", ["Svara på https://nyttograd.example/e/abc", "Gå till nyttograd.se", "x" * 2001, "Tyst\u200f\u202eomvänt"])
def test_no_link_or_token_is_forged_into_a_text(council, text):
    plan_round(council, "2026-12-14T16:00:00Z", people=1)
    wrong = council.api.patch(path(council, "/texts"), {"invitation": {"sv": text, "en": ""}})
    assert wrong.status_code == 422 and [error["pointer"] for error in wrong.json()["errors"]] == ["#/invitation/sv"]


def test_a_text_with_a_tab_in_it_is_sent_as_it_stands(council):
    """As it comes from a word processor. It must not cost a whole round its mail."""
    plan_round(council, "2026-12-14T16:00:00Z", people=1)
    council.api.ok("PUT", path(council, "/seminar"), SEMINAR | {"agenda": "9.00\tKaffe\n9.30\tNytta"})
    words = {"sv": "Så här:\n\t1.\tLäs\n\t2.\tSvara", "en": ""}
    council.api.ok("PATCH", path(council, "/texts"), {"invitation": words, "reminder": words})
    seat = council.seats[0]
    seat.address = "tab@demo14.example"
    council.api.ok("PATCH", path(council, f"/seats/{seat.id}"), {"address": seat.address})
    council.api.ok("POST", path(council, "/seminar/invitations"))
    call = council.server.wait_for_mail(seat.address)
    assert "9.30\tNytta" in call.text and calendar_of(call)[0]["DESCRIPTION"].startswith("9.00\tKaffe\n9.30\tNytta")
    council.api.ok("POST", path(council, "/opening"))
    assert words["sv"] in council.server.wait_for_mail(seat.address, 2).text.replace("\r\n", "\n")
    remind(council)
    assert words["sv"] in council.server.wait_for_mail(seat.address, 3).text.replace("\r\n", "\n")


# The seminar

SEMINAR = {
    "startsAt": "2026-12-01T09:00:00+01:00", "endsAt": "2026-12-01T10:30:00+01:00", "place": "Stadshuset; rum 1, våning 2", "link": "https://mote.example/nytta",
    "agenda": "Vad nytta är, och för vem.\nHur vi svarar: var och en för sig, " + "åäö " * 30, "materials": [{"title": "Vägledningen", "link": "https://www.example.org/nytta"}]}


def calendar_of(mail):
    """The event in a mail, as a calendar reads it, and what the part says that it does."""
    part = next(part for part in mail.message.walk() if part.get_content_type() == "text/calendar")
    raw = part.get_payload(decode=True)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n")) and mail.message.get_content_type() == "multipart/alternative"
    calendar = icalendar.Calendar.from_ical(raw)
    assert not calendar.errors and calendar["METHOD"] == part.get_param("method")
    (event,) = calendar.walk("VEVENT")
    assert not event.errors
    return event, str(calendar["METHOD"])


def seminar_mails(council, seat):
    return [mail for mail in council.server.mails(seat.address) if council.round and any(
        words in mail.subject for words in ("seminarium", "Seminariet"))]


def call_to_seminar(council, people=3):
    plan_round(council, "2026-12-14T16:00:00Z", people=people)
    before = {seat.address: len(seminar_mails(council, seat)) for seat in council.seats}
    council.api.ok("PUT", path(council, "/seminar"), SEMINAR)
    assert council.api.ok("POST", path(council, "/seminar/invitations")) == {"invited": people}
    for seat in council.seats:
        mail = wait_until(lambda: seminar_mails(council, seat)[before[seat.address]:])[0]
        seat.mail = mail
        seat.api = council.api.as_holder_of(token_in(next(link for link in mail.links if "/e/" in link)))
    return before


def test_a_call_comes_with_a_line_for_the_calendar_and_a_change_and_the_calling_off_follow_it(council):
    call_to_seminar(council)
    seat = council.seats[1]
    event, method = calendar_of(seat.mail)
    assert method == "REQUEST" and event["SEQUENCE"] == 0 and event["STATUS"] == "CONFIRMED"
    assert event.start.isoformat() == "2026-12-01T08:00:00+00:00" and event.end.isoformat() == "2026-12-01T09:30:00+00:00"
    assert event["LOCATION"] == "Stadshuset; rum 1, våning 2, https://mote.example/nytta"
    assert str(event["DESCRIPTION"]).startswith(SEMINAR["agenda"].strip()) and "https://www.example.org/nytta" in event["DESCRIPTION"]
    assert event["ATTENDEE"] == f"mailto:{seat.address}" and event["ATTENDEE"].params["CN"]
    assert "/e/" not in event.to_ical().decode(), "a calendar is shown to others"
    assert state(council) == "seminar" and council.api.ok("GET", path(council, "/contract"))["frozenAt"]
    assert refusal(council.api.post(path(council, "/seminar/invitations"))) == "round-is-at-seminar"

    moved = SEMINAR | {"startsAt": "2026-12-02T09:00:00+01:00", "endsAt": "2026-12-02T10:30:00+01:00"}
    assert council.api.ok("PUT", path(council, "/seminar"), moved)["sequence"] == 1
    change = wait_until(lambda: [mail for mail in seminar_mails(council, seat) if mail.subject == "Seminariet har ändrats: Mognadsanalys 2026"])[-1]
    changed, method = calendar_of(change)
    assert (method, changed["SEQUENCE"], changed["UID"]) == ("REQUEST", 1, event["UID"]) and changed.start.isoformat() == "2026-12-02T08:00:00+00:00"

    assert council.api.delete(path(council, "/seminar")).status_code == 204
    off = wait_until(lambda: [mail for mail in seminar_mails(council, seat) if mail.subject.startswith("Inställt")])[-1]
    ended, method = calendar_of(off)
    assert (method, ended["SEQUENCE"], ended["UID"], ended["STATUS"]) == ("CANCEL", 2, event["UID"], "CANCELLED")
    assert council.api.delete(path(council, "/seminar")).status_code == 404
    assert council.api.ok("POST", path(council, "/opening"))["state"] == "open", "the round goes on without it"


def test_cancelling_the_round_calls_the_seminar_off(council):
    call_to_seminar(council, people=1)
    seat = council.seats[0]
    before = len([mail for mail in seminar_mails(council, seat) if mail.subject.startswith("Inställt")])
    council.api.ok("POST", path(council, "/cancellation"))
    off = wait_until(lambda: [mail for mail in seminar_mails(council, seat) if mail.subject.startswith("Inställt")][before:])[0]
    assert calendar_of(off)[1] == "CANCEL" and not off.links


def struck_from(council, address):
    return [mail for mail in council.server.mails(address) if mail.subject.startswith("Seminariet gäller inte dig längre")]


def test_whoever_leaves_a_seat_has_the_seminar_struck_from_his_calendar(council):
    call_to_seminar(council)
    changed, removed, stays = council.seats
    before = {seat.address: len(struck_from(council, seat.address)) for seat in council.seats}
    called = calendar_of(changed.mail)[0]
    council.api.ok("PATCH", path(council, f"/seats/{changed.id}"), {"address": "annan@demo14.example", "confirmDeletion": True})
    assert council.api.delete(path(council, f"/seats/{removed.id}?confirmDeletion=true")).status_code == 204
    for seat in (changed, removed):
        mail = wait_until(lambda: struck_from(council, seat.address)[before[seat.address]:])[0]
        ended, method = calendar_of(mail)
        assert (method, ended["UID"], ended["STATUS"]) == ("CANCEL", called["UID"], "CANCELLED") and ended["SEQUENCE"] > called["SEQUENCE"]
        assert ended["ATTENDEE"] == f"mailto:{seat.address}" and not mail.links
    assert len(struck_from(council, stays.address)) == before[stays.address]
    wait_until(lambda: council.server.rows("select count(*) from app.seminar_departures", user="nyttograd_super") == [(0,)])
    # Whoever comes back is called again, by a line that calendars take for newer.
    council.api.ok("PATCH", path(council, f"/seats/{changed.id}"), {"address": changed.address})
    mails = len(council.server.mails(changed.address))
    council.api.ok("POST", path(council, "/invitations"), {})
    again, method = calendar_of(council.server.wait_for_mail(changed.address, mails + 1))
    assert method == "REQUEST" and again["SEQUENCE"] > ended["SEQUENCE"]


def test_a_seminar_that_is_moved_asks_anew_who_comes(council):
    call_to_seminar(council)
    comes, silent, _ = council.seats
    before = {seat.address: len(council.server.mails(seat.address)) for seat in council.seats}
    told = lambda: council.api.ok("GET", path(council, "/seminar/attendances"))
    comes.api.ok("PUT", "/participation/seminar", {"attends": True, "sequence": 0})
    assert council.api.ok("PUT", path(council, "/seminar"), SEMINAR)["sequence"] == 0, "nothing is told where nothing has changed"
    assert council.api.ok("PUT", path(council, "/seminar"), SEMINAR | {"place": "Rosen"})["sequence"] == 1
    assert told()["coming"] == 1, "another room asks nobody anew"
    council.server.wait_for_mail(comes.address, before[comes.address] + 1)
    moved = {"place": "Rosen", "startsAt": "2026-12-02T09:00:00+01:00", "endsAt": "2026-12-02T10:30:00+01:00"}
    assert council.api.ok("PUT", path(council, "/seminar"), SEMINAR | moved)["sequence"] == 2
    assert (told()["coming"], told()["unanswered"]) == (0, 3) and comes.api.ok("GET", "/participation/seminar")["attendance"] is None
    asked = wait_until(lambda: [mail for mail in council.server.mails(comes.address)[before[comes.address]:] if mail.subject.startswith("Ny tid")])[0]
    event, method = calendar_of(asked)
    assert (method, event["SEQUENCE"]) == ("REQUEST", 2) and "säg igen om du kommer" in asked.text
    wait_until(lambda: [mail for mail in council.server.mails(silent.address)[before[silent.address]:]
                        if mail.subject.startswith("Seminariet har ändrats") and calendar_of(mail)[0]["SEQUENCE"] == 2])
    browser = browser_of(council.api)
    assert browser.open(f"/omgangar/{council.round}/seminarium").has("Har svarat för en tidigare tid")
    # Who answers on a page from before is told, and not taken at his word.
    assert refusal(comes.api.put("/participation/seminar", {"attends": True, "sequence": 1})) == "seminar-has-moved"
    comes.api.ok("PUT", "/participation/seminar", {"attends": True, "sequence": 2})
    assert told()["coming"] == 1


def test_who_was_invited_before_the_seminar_is_called_to_it_too(council):
    plan_round(council, "2026-12-14T16:00:00Z", people=2)
    early = council.seats[0]
    mails = len(council.server.mails(early.address))
    council.api.ok("POST", path(council, "/invitations"), {"seatIds": [early.id]})
    council.server.wait_for_mail(early.address, mails + 1)
    council.api.ok("PUT", path(council, "/seminar"), SEMINAR)
    council.api.ok("POST", path(council, "/seminar/invitations"))
    assert calendar_of(council.server.wait_for_mail(early.address, mails + 2))[1] == "REQUEST"


def test_participants_say_whether_they_come_with_a_note_to_who_runs_the_round(council):
    call_to_seminar(council)
    comes, stays, _ = council.seats
    assert comes.api.ok("GET", "/participation/seminar")["attendance"] is None
    comes.api.ok("PUT", "/participation/seminar", {"attends": True})
    stays.api.ok("PUT", "/participation/seminar", {"attends": True})
    assert stays.api.ok("PUT", "/participation/seminar", {"attends": False, "note": "Jag är bortrest."})["attendance"] == {
        "attends": False, "note": "Jag är bortrest."}
    told = council.api.ok("GET", path(council, "/seminar/attendances"))
    assert (told["coming"], told["notComing"], told["unanswered"]) == (1, 1, 1)
    assert {"seatId": stays.id, "attendance": {"attends": False, "note": "Jag är bortrest."}}.items() <= next(
        row for row in told["seats"] if row["seatId"] == stays.id).items()
    # Another holder has not answered, and is called by a link of his own.
    struck = len(struck_from(council, comes.address))
    council.api.ok("PATCH", path(council, f"/seats/{comes.id}"), {"name": "Ny Person", "confirmDeletion": True})
    assert council.api.ok("GET", path(council, "/seminar/attendances"))["coming"] == 0
    wait_until(lambda: struck_from(council, comes.address)[struck:])
    calls = len(seminar_mails(council, comes))
    assert council.api.ok("POST", path(council, "/invitations"), {}) == {"invited": 1}
    called = wait_until(lambda: seminar_mails(council, comes)[calls:])[0]
    assert calendar_of(called)[1] == "REQUEST" and not called.subject.startswith("Seminariet har ändrats")


def test_opening_after_the_seminar_invites_everybody_to_answer_by_the_same_link(council):
    call_to_seminar(council)
    seat = council.seats[2]
    mails = len(council.server.mails(seat.address))
    assert seat.api.get("/participation/answers").status_code == 404
    council.api.ok("POST", path(council, "/opening"))
    mail = council.server.wait_for_mail(seat.address, mails + 1)
    assert mail.subject.startswith("Vad ser du?") and token_in(mail.links[0]) == seat.api.token
    answer(seat, 1)
    assert refusal(council.api.put(path(council, "/seminar"), SEMINAR)) == "round-not-planned"


def test_the_answer_is_taken_until_the_seminar_begins(start_server):
    year = Year(start_server, "2026-11-30T08:00:00Z")
    year.council.server = year.server
    call_to_seminar(year.council, people=1)
    seat = year.council.seats[0]
    seat.api.ok("PUT", "/participation/seminar", {"attends": True})
    year.move("2026-12-01T08:00:00Z")
    assert refusal(seat.api.put("/participation/seminar", {"attends": False})) == "seminar-is-past"
    assert not seat.api.ok("GET", "/participation/seminar")["takesAnswers"]


@pytest.mark.parametrize("change, pointer", [
    ({"startsAt": "2026-11-20T08:00:00Z"}, "#/startsAt"), ({"endsAt": "2026-12-01T07:00:00Z"}, "#/endsAt"), ({"place": "", "link": ""}, "#/place"),
    ({"link": "http://mote.example"}, "#/link"), ({"materials": [{"title": "x", "link": "javascript:alert(1)"}]}, "#/materials/0/link"),
    ({"agenda": "Se mote.example/x"}, "#/agenda")])
def test_what_is_wrong_with_a_seminar_is_told_at_its_place(council, change, pointer):
    plan_round(council, "2026-12-14T16:00:00Z", people=0)
    wrong = council.api.put(path(council, "/seminar"), SEMINAR | change)
    assert wrong.status_code == 422 and pointer in [error["pointer"] for error in wrong.json()["errors"]]


def test_saving_the_page_of_a_seminar_keeps_every_material(council):
    plan_round(council, "2026-12-14T16:00:00Z", people=0)
    many = [{"title": f"Bok {number}", "link": f"https://bok.example/{number}"} for number in range(10)]
    council.api.ok("PUT", path(council, "/seminar"), SEMINAR | {"materials": many})
    browser = browser_of(council.api)
    browser.open(f"/omgangar/{council.round}/seminarium").submit("Spara seminariet")
    assert council.api.ok("GET", path(council, "/seminar"))["materials"] == many


# Deputies, and posts that change hands

def new_post(council, title, **more):
    return council.api.ok("POST", "/posts", {
        "function": "other", "title": title, "holderName": "Bo Lind", "holderAddress": "bo.lind@demo14.example", "holderLanguage": "sv", **more})["id"]


def deputy(council, post, first, last, **more):
    return council.api.post(f"/posts/{post}/deputies", {
        "name": "Dag Holm", "address": "Dag.Holm@demo14.example", "language": "sv", "fromDay": first, "toDay": last, **more})


def proposal(council, post):
    return next(it for it in council.api.ok("GET", path(council, "/seat-proposals"))["proposals"] if it["postId"] == post)


def test_a_seat_is_proposed_to_the_deputy_of_the_day(council):
    plan_round(council, "2026-12-14T16:00:00Z", people=1)
    post = new_post(council, "Stabschef")
    assert proposal(council, post)["deputy"] is None
    later = deputy(council, post, "2026-11-24", "2026-12-01").json()
    assert proposal(council, post)["deputy"] is None, "he begins tomorrow"
    assert refusal(deputy(council, post, "2026-12-01", "2026-12-05")) == "deputy-overlaps"
    assert deputy(council, post, "2026-12-05", "2026-12-02").status_code == 422
    today = deputy(council, post, "2026-11-20", "2026-11-23", name="Eva Ek").json()
    assert proposal(council, post)["deputy"] == {"name": "Eva Ek", "address": "dag.holm@demo14.example", "language": "sv", "toDay": "2026-11-23"}
    assert [it["id"] for it in council.api.ok("GET", f"/posts/{post}/deputies")["deputies"]] == [today["id"], later["id"]]
    assert council.api.delete(f"/posts/{post}/deputies/{today['id']}").status_code == 204
    assert council.api.delete(f"/posts/{post}/deputies/{today['id']}").status_code == 404
    assert proposal(council, post)["deputy"] is None


def test_the_page_proposes_the_deputy_and_the_seat_stays_the_deputys(council):
    plan_round(council, "2026-12-14T16:00:00Z", people=1)
    post = new_post(council, "Vårdchef")
    stands_in = deputy(council, post, "2026-11-01", "2026-12-31").json()
    browser = browser_of(council.api)
    page = browser.open(f"/omgangar/{council.round}/platser")
    assert page.has("Dag Holm, ersättare till och med 31 december 2026")
    page = page.submit("Lägg till", posts=[stands_in["id"]])
    seat = next(seat for seat in council.api.ok("GET", path(council, "/seats"))["items"] if seat["postId"] == post)
    assert (seat["deputy"], seat["name"], seat["holder"]["name"]) == (True, "Dag Holm", "Bo Lind")
    assert council.api.delete(f"/posts/{post}/deputies/{stands_in['id']}").status_code == 204
    assert council.api.ok("GET", path(council, f"/seats/{seat['id']}"))["name"] == "Dag Holm"


def test_a_post_that_changes_hands_leaves_its_seat_until_somebody_has_been_warned(opened):
    seat = opened.seats[3]
    answer(seat, 1)
    shown = opened.api.ok("GET", path(opened, f"/seats/{seat.id}"))
    opened.api.ok("PATCH", f"/posts/{shown['postId']}", {"holderName": "Carl Sund", "holderAddress": "carl.sund@demo14.example"})
    try:
        after = opened.api.ok("GET", path(opened, f"/seats/{seat.id}"))
        assert after["name"] == shown["name"] and after["holder"]["name"] == "Carl Sund" and seat.api.ok("GET", "/participation/answers")["submitted"]
        browser = browser_of(opened.api)
        assert browser.open(f"/omgangar/{opened.round}/platser").has("Befattningen innehas nu av Carl Sund.")
        page = browser.open(f"/omgangar/{opened.round}/platser/{seat.id}")
        assert page.form(["name"]).value("name") == "Carl Sund" and page.has("det som kan ha svarats raderas")
        warned = page.submit("Spara")
        assert warned.status == 409 and seat.api.ok("GET", "/participation/answers")["submitted"]
        assert warned.submit("Spara", confirmDeletion="on").has("Platsen är ändrad")
        assert seat.api.get("/participation").status_code == 401
        assert opened.api.ok("GET", path(opened, "/response-count"))["submitted"] == 0
    finally:
        opened.api.ok("PATCH", f"/posts/{shown['postId']}", {"holderName": shown["name"], "holderAddress": shown["address"]})


# Many seats at once

def posts_of(council):
    return council.api.ok("GET", "/posts?limit=1")["_meta"]["totalItems"]


def test_many_seats_are_looked_at_first_and_made_all_at_once(council):
    plan_round(council, "2026-12-14T16:00:00Z", people=1)
    known = new_post(council, "Miljöchef", area="Miljö")
    table = "Befattning;Del;Namn;E-post;Språk\n" + "Miljöchef;Miljö;Bo Lind;BO.LIND@demo14.example;en\n" + "".join(
        f"Enhetschef {number};;Person {number};enhet{number}@demo14.example;\n" for number in range(40))
    before = posts_of(council)
    look = council.api.ok("POST", path(council, "/seat-imports"), {"table": table})
    assert not look["done"] and len(look["seats"]) == 41 and [seat["isNewPost"] for seat in look["seats"][:2]] == [False, True]
    assert posts_of(council) == before and council.api.ok("GET", path(council, "/seats"))["_meta"]["totalItems"] == 1, "nothing is made yet"
    assert council.api.ok("POST", path(council, "/seat-imports"), {"table": table, "confirm": True})["done"]
    assert posts_of(council) == before + 40 and council.api.ok("GET", path(council, "/seats"))["_meta"]["totalItems"] == 42
    assert known in {seat["postId"] for seat in council.api.ok("GET", path(council, "/seats?limit=100"))["items"]}
    again = council.api.post(path(council, "/seat-imports"), {"table": table, "confirm": True})
    assert again.status_code == 422 and len(again.json()["errors"]) == 41
    for seat in council.api.ok("GET", path(council, "/seats?limit=100"))["items"][1:]:
        council.api.delete(path(council, f"/seats/{seat['id']}"))
    for post in council.api.ok("GET", "/posts?limit=100")["items"]:
        if post["title"].startswith("Enhetschef"):
            council.api.delete(f"/posts/{post['id']}")


def test_a_line_break_in_a_cell_of_a_table_keeps_nobody_from_his_mail(council):
    plan_round(council, "2026-12-14T16:00:00Z", people=0)
    table = 'Befattning;Del;Namn;E-post\n"Chef för bygg\noch miljö";"\nBygg ";"Bruno\r\n  Berg";bruno@demo14.example'
    made = council.api.ok("POST", path(council, "/seat-imports"), {"table": table, "confirm": True})["seats"]
    assert [(seat["title"], seat["area"], seat["name"]) for seat in made] == [("Chef för bygg och miljö", "Bygg", "Bruno Berg")]
    council.api.ok("POST", path(council, "/invitations"), {})
    assert "Chef för bygg och miljö" in council.server.wait_for_mail("bruno@demo14.example").text


def test_a_table_of_five_hundred_real_lines_is_taken(council):
    """Titles, parts and addresses as long as councils have them: more than the 64 KiB that a body usually has."""
    plan_round(council, "2026-12-14T16:00:00Z", people=0)
    lines = [f"Enhetschef för grundskola {n};Barn- och utbildningsförvaltningen;Företrädare för programområde;Förnamn Efternamnsson {n};"
             f"fornamn.efternamnsson{n}@demo14.example;svenska" for n in range(500)]
    table = "Befattning;Del;Funktion;Namn;E-post;Språk\n" + "\n".join(lines)
    assert len(table.encode()) > 65_536
    assert len(council.api.ok("POST", path(council, "/seat-imports"), {"table": table})["seats"]) == 500
    too_many = council.api.post(path(council, "/seat-imports"), {"table": table + "\nEn till;;;Bo Ek;bo.ek@demo14.example;"})
    assert too_many.status_code == 422 and [error["detail"][:9] for error in too_many.json()["errors"]] == ["Line 502:"]


def test_every_error_of_a_table_is_told_with_its_line_and_nothing_is_made(council):
    plan_round(council, "2026-12-14T16:00:00Z", people=1)
    new_post(council, "Lantmätare")
    table = "Title\tName\tE-mail\tFunction\nGood\tEva Ek\teva.ek@demo14.example\t\n\tEva\teva\t\nLantmätare\tAnnan\tannan@demo14.example\t\n"
    before = posts_of(council)
    for confirm in (False, True):
        wrong = council.api.post(path(council, "/seat-imports"), {"table": table, "confirm": confirm})
        assert wrong.status_code == 422 and [error["detail"][:7] for error in wrong.json()["errors"]] == ["Line 3:", "Line 3:", "Line 4:"]
    assert posts_of(council) == before and council.api.ok("GET", path(council, "/seats"))["_meta"]["totalItems"] == 1


def test_a_table_is_pasted_looked_at_and_confirmed_by_page(council):
    plan_round(council, "2026-12-14T16:00:00Z", people=1)
    browser = browser_of(council.api)
    page = browser.open(f"/omgangar/{council.round}/platser").follow("Lägg till många på en gång")
    wrong = page.submit("Granska", table="Befattning;Namn;E-post\nKommunikatör;Ola;ola")
    assert wrong.status == 422 and wrong.has("Rad 2: E-post: Är ingen e-postadress.")
    looked = wrong.submit("Granska", table="Befattning;Namn;E-post\nKommunikatör;Ola Ek;ola.ek@demo14.example")
    assert looked.has("1 plats läggs till") and looked.has("ny befattning")
    assert looked.submit("Lägg till platserna").has("Platserna är tillagda") and council.api.ok("GET", path(council, "/seats"))["_meta"]["totalItems"] == 2


# The pages, in both languages

def test_each_page_of_the_collecting_is_there_in_both_languages(council):
    plan_round(council, "2026-12-14T16:00:00Z", people=1)
    council.api.ok("PUT", path(council, "/seminar"), SEMINAR)
    seat, address = council.seats[0], council.seats[0].address
    before = len(seminar_mails(council, seat))
    browser = browser_of(council.api)
    home = f"/omgangar/{council.round}"
    assert browser.open(home + "/seminarium").submit("Skicka kallelsen").has("Kallelsen är på väg")
    link = next(link for link in wait_until(lambda: seminar_mails(council, seat)[before:])[0].links if "/e/" in link)
    own = Browser(council.server)
    page = own.open(link)
    assert page.has("Du är kallad till ett seminarium")
    page = page.follow("Läs mer").submit("Spara", attends="no", note="Jag är bortrest.")
    assert page.has("Tack för ditt besked") and page.has("Vad är nytta?") and page.has("Sju frågor om varje nytta")
    assert browser.open(home + "/seminarium").has("Jag är bortrest.")
    for more, swedish, english in [
        ("/seminarium", "Vilka som kommer", "Who comes"), ("/paminnelser", "Valda dagar", "Chosen days"), ("/texter", "Egna texter", "Texts of your own"),
        ("/platser/lista", "Många platser på en gång", "Many seats at once")]:
        assert browser.open(home + more + "?lang=sv").has(swedish) and browser.open(home + more + "?lang=en").has(english)
    browser.open(home + "?lang=sv")
    days = browser.open(home + "/paminnelser").submit("Lägg till dagen", day="2026-12-03")
    assert days.has("3 december 2026") and days.submit("Ta bort").has("Inga dagar är valda")
    assert browser.open(home + "/paminnelser").submit("Lägg till dagen", day="2026-11-23").errors().keys() == {"day"}
    texts = browser.open(home + "/texter").submit("Spara texterna", reminder__sv="Glöm inte oss.")
    assert texts.has("Texterna är sparade") and texts.has("Glöm inte oss.") and texts.has("Påminnelse: din röst i Mognadsanalys 2026")
    assert set(browser.open(home + "/texter").submit("Spara texterna", reminder__sv="Se kommun.se").errors()) == {"reminder.sv"}
    assert own.open(f"/enkat/{seat.id}/seminarium?lang=en").has("What is a benefit?") and address
