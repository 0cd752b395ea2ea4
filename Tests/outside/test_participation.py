"""Answering by personal link: over the API, and by pages without script."""

import datetime
import threading
import zoneinfo
from concurrent.futures import ThreadPoolExecutor

import pytest

import open_round
import people
from browser import Browser
from people import problem
from seats import ITEMS, make_round

BLANK = {"current": None, "desired": None}


@pytest.fixture(scope="module")
def server(start_server):
    """Of its own: rounds are put into its database past the service."""
    return start_server()


@pytest.fixture
def round_(server):
    return make_round(server)


@pytest.fixture
def seat(round_):
    return round_.seats[0]


def save(seat, item, value, **more):
    return seat.api.put(f"/participation/answers/{item}", value, **more)


def levels(current, desired):
    return {"current": current, "desired": desired}


def answers(seat):
    return seat.api.ok("GET", "/participation/answers")


def pointers(answer):
    return [error["pointer"] for error in answer.json().get("errors", [])]


# Reading

def test_the_questionnaire_comes_with_what_is_promised_and_what_is_saved(seat):
    save(seat, "d1.1", levels(2, 4))
    read = seat.api.ok("GET", "/participation")
    assert read["round"]["state"] == "open" and read["seat"]["name"] == "Person 1" and read["council"]["areaWord"]
    assert read["contract"]["k"] == 5 and read["contract"]["disposalDecision"] == "KS 2026/123 § 45" and len(read["contract"]["sha256"]) == 64
    assert [item["key"] for dimension in read["questionnaire"]["dimensions"] for item in dimension["items"]] == open_round.ITEMS
    assert {key for dimension in read["questionnaire"]["dimensions"] for item in dimension["items"] for key in item["terms"]} == {
        term["key"] for term in read["questionnaire"]["terms"]}
    assert read["response"] == answers(seat)
    assert read["response"]["answers"] == {item: BLANK for item in open_round.ITEMS} | {"d1.1": levels(2, 4)}


def test_before_the_round_opens_and_after_it_is_fixed_there_are_no_answers(server, round_, seat):
    planned = make_round(server, people=1, state="planned").seats[0]
    round_.fix()
    for one, state in ((planned, "planned"), (seat, "fixed")):
        read = one.api.ok("GET", "/participation")
        assert read["round"]["state"] == state and read["response"] is None
        assert problem(one.api.get("/participation/answers")) == (404, "not-found")
        assert problem(save(one, "d1.1", levels(1, 1))) == (409, "round-not-open")


# Saving

@pytest.mark.parametrize("value, counts", [
    (levels(2, 4), True), (levels(2, None), False), (levels(None, 5), False), ({"mark": "dontKnow"}, True), ({"mark": "notRelevant"}, True), (BLANK, False)])
def test_an_answer_is_saved_as_it_was_given_and_twice_is_as_once(value, counts, seat):
    save(seat, "d8.4", levels(1, 1))
    first, again = save(seat, "d8.4", value), save(seat, "d8.4", value)
    assert first.status_code == again.status_code == 200 and first.json() == again.json() and first.headers["ETag"] == again.headers["ETag"]
    assert first.json()["savedItems"] == ["d8.4"] and first.json()["answered"] == int(counts) and first.json()["items"] == ITEMS
    assert answers(seat)["answers"]["d8.4"] == value


@pytest.mark.parametrize("value, pointer", [
    (levels(0, 1), "/current"), (levels(6, 6), "/current"), (levels(1, 7), "/desired"), (levels("3", 1), "/current"), (levels(True, 1), "/current"),
    ({"current": 1}, "/desired"), ({}, "/current"), ({"mark": "perhaps"}, "/mark"), ({"mark": None}, "/mark"), ({"mark": "dontKnow", "current": 1}, "/current"),
    (levels(1, 1) | {"comment": "x"}, "/comment")])
def test_what_is_no_answer_is_refused_with_its_pointer(value, pointer, seat):
    refused = save(seat, "d1.1", value)
    assert problem(refused) == (422, "invalid-fields") and f"#{pointer}" in pointers(refused)
    patched = seat.api.patch("/participation/answers", {"answers": {"d1.1": value, "d1.2": levels(3, 3)}})
    assert problem(patched) == (422, "invalid-fields") and f"#/answers/d1.1{pointer}" in pointers(patched)
    assert patched.json()["savedItems"] == ["d1.2"] and patched.headers["ETag"]
    assert answers(seat)["answers"] | {"d1.2": BLANK} == {item: BLANK for item in open_round.ITEMS}
    assert answers(seat)["answers"]["d1.2"] == levels(3, 3)


@pytest.mark.parametrize("body, pointer", [
    ({}, "#/answers"), ({"answers": {}}, "#/answers"), ({"answers": []}, "#/answers"), ({"answers": {"d1.1": BLANK}, "more": 1}, "#/more"),
    ({"answers": {"d9.9": BLANK}}, "#/answers/d9.9"), ({"answers": {"a/b~": BLANK}}, "#/answers/a~1b~0"), ({"answers": {"d1.1": 3}}, "#/answers/d1.1"),
    ({"answers": {f"x{number}": BLANK for number in range(241)}}, "#/answers")])
def test_a_body_that_saves_nothing_says_why(body, pointer, seat):
    before = seat.api.get("/participation/answers").headers["ETag"]
    refused = seat.api.patch("/participation/answers", body)
    assert refused.status_code == 422 and pointer in pointers(refused)
    if pointer != "#/more":
        assert refused.json()["savedItems"] == [] and refused.headers["ETag"] == before


def test_what_is_not_an_object_and_items_that_do_not_exist(seat):
    assert seat.api.patch("/participation/answers", []).status_code == 400
    assert seat.api.put("/participation/answers/d1.1", 3).status_code == 400
    assert problem(save(seat, "d9.1", levels(1, 1))) == (404, "not-found")


def test_two_devices_keep_what_each_has_saved(round_, seat):
    halves, refused = (open_round.ITEMS[::2], open_round.ITEMS[1::2]), []

    def device(items):
        for number in range(100):
            answer = save(seat, items[number % len(items)], levels(1 + number % 5, 1 + number // 5 % 5))
            if answer.status_code != 200:
                refused.append(answer)

    threads = [threading.Thread(target=device, args=(items,)) for items in halves]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    last = {number % 16: levels(1 + number % 5, 1 + number // 5 % 5) for number in range(100)}
    assert not refused
    assert answers(seat)["answers"] == {item: last[place] for items in halves for place, item in enumerate(items)}


def test_of_the_same_item_the_later_stands(seat):
    for value in (levels(1, 2), levels(5, 5), {"mark": "dontKnow"}, levels(3, None)):
        save(seat, "d2.2", value)
    assert answers(seat)["answers"]["d2.2"] == levels(3, None)


def test_a_tag_guards_against_what_has_changed_since(seat):
    tag = seat.api.get("/participation/answers").headers["ETag"]
    assert seat.api.get("/participation/answers", headers={"If-None-Match": tag}).status_code == 304
    saved = save(seat, "d1.1", levels(1, 2), headers={"If-Match": f'"other", {tag}'})
    assert saved.status_code == 200 and saved.headers["ETag"] != tag
    for stale in (tag, f"W/{saved.headers['ETag']}", '"other"'):
        assert problem(save(seat, "d1.1", levels(4, 4), headers={"If-Match": stale})) == (412, "precondition-failed")
        assert problem(seat.api.patch("/participation/answers", {"answers": {"d1.1": levels(4, 4)}}, headers={"If-Match": stale}))[0] == 412
    assert answers(seat)["answers"]["d1.1"] == levels(1, 2)
    assert save(seat, "d1.1", levels(5, 5), headers={"If-Match": "*"}).status_code == 200
    assert seat.api.get("/participation/answers", headers={"If-None-Match": tag}).status_code == 200


# Submitting

def test_submitting_changing_withdrawing_and_clearing(round_, seat):
    save(seat, "d1.1", levels(1, 2))
    submitted = seat.api.ok("PUT", "/participation/submission")
    assert submitted["submitted"] and submitted["savedItems"] == [] and submitted["answered"] == 1
    assert seat.api.ok("PUT", "/participation/submission") == submitted
    assert save(seat, "d1.2", levels(1, 2)).json()["submitted"]
    for _ in range(2):
        assert seat.api.delete("/participation/submission").status_code == 204
        assert not answers(seat)["submitted"] and answers(seat)["answered"] == 2
    seat.api.ok("PUT", "/participation/submission")
    for _ in range(2):
        assert seat.api.delete("/participation/answers").status_code == 204
        assert round_.saved(seat) == ([0] * ITEMS, [0] * ITEMS, False)


CHANGES = [
    ("PUT", "/participation/answers/d1.1", levels(5, 5)), ("PATCH", "/participation/answers", {"answers": {"d1.1": levels(5, 5), "d1.2": levels(9, 9)}}),
    ("PUT", "/participation/submission", None), ("DELETE", "/participation/submission", None), ("DELETE", "/participation/answers", None)]


def test_nothing_changes_after_the_closing_though_nobody_has_closed(start_server):
    """The worker knows nothing of this round: the time alone closes it."""
    before = start_server("--now", "2026-12-31T23:00:00Z")
    round_ = make_round(before, closes_at="2027-01-01T00:00:00Z")
    seat = round_.seats[0]
    assert save(seat, "d1.1", levels(1, 2)).status_code == 200
    before.stop()
    after = start_server("--now", "2027-01-01T00:00:00Z", data=before.data)
    seat.api.server = after
    round_.server = after
    saved = round_.saved(seat)
    for method, path, body in CHANGES:
        assert problem(seat.api.call(method, path, body)) == (409, "round-not-open")
        assert problem(seat.api.call(method, path, body, headers={"If-Match": '"x"'}))[0] == 409
    assert round_.saved(seat) == saved
    read = seat.api.ok("GET", "/participation")
    assert read["round"]["state"] == "closed" and read["response"]["answers"]["d1.1"] == levels(1, 2)


def test_closing_is_exact(round_, seat):
    closes = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=1.5)
    round_.sql("update app.rounds set closes_at = %s where municipality_id = %s and id = %s", (closes, round_.council, round_.id))
    accepted, refused = 0, 0
    while refused < 20:
        began = datetime.datetime.now(datetime.UTC)
        status = save(seat, "d1.1", levels(1 + accepted % 5, 1)).status_code
        ended = datetime.datetime.now(datetime.UTC)
        assert status == 200 and began < closes or status == 409 and ended >= closes
        accepted, refused = accepted + (status == 200), refused + (status == 409)
    assert accepted > 20 and round_.saved(seat)[0][0] == 1 + (accepted - 1) % 5


# Whose it is

def test_another_seats_token_sees_nothing_of_this_one(server, round_, seat):
    other, far = round_.seats[1], make_round(server, people=1, code="9915").seats[0]
    save(seat, "d1.1", levels(1, 2))
    for one in (other, far):
        assert answers(one)["answers"]["d1.1"] == BLANK
        assert one is far or "Person 1" not in one.api.get("/participation").text
    for token in (None, seat.token[:-1] + ("A" if seat.token[-1] != "A" else "B"), open_round.signed(server.data, "seat", round_.council, seat.id, 2),
                  open_round.signed(server.data, "signin", round_.council, seat.id, 1), open_round.signed(server.data, "seat", round_.council, far.id, 1)):
        stranger = people.Api(server, token)
        for method, path, body in [("GET", "/participation", None), ("GET", "/participation/answers", None), *CHANGES]:
            assert problem(stranger.call(method, path, body)) == (401, "not-signed-in")
    assert round_.saved(seat)[0][0] == 1


def test_the_link_ends_with_the_round(round_, seat):
    round_.sql("update app.rounds set state = 'cancelled', ended_at = %s where id = %s", ("2026-01-02Z", round_.id))
    assert problem(seat.api.get("/participation")) == (401, "not-signed-in")
    page = Browser(round_.server).open(f"/e/{seat.token}")
    assert page.status == 410 and page.has("Länken gäller inte längre") and page.has("avslutad eller inställd") and seat.token not in page.html


def test_500_behind_one_address_answer_at_once(server):
    """Nothing is lost, and nobody is told to wait."""
    crowd = make_round(server, people=500, code="9916")

    def answer(number):
        seat = crowd.seats[number]
        given = {item: levels(1 + (number + place) % 5, 1 + number * place % 5) for place, item in enumerate(open_round.ITEMS)}
        statuses = [seat.api.patch("/participation/answers", {"answers": given}).status_code, seat.api.put("/participation/submission").status_code]
        return statuses, given

    with ThreadPoolExecutor(64) as pool:
        results = list(pool.map(answer, range(500)))
    assert [statuses for statuses, _ in results] == [[200, 200]] * 500
    rows = dict((seat, (current, desired, submitted)) for seat, current, desired, submitted in crowd.sql(
        "select seat_id, current, desired, submitted from app.responses where round_id = %s", (crowd.id,)))
    for seat, (_, given) in zip(crowd.seats, results):
        assert rows[seat.id] == ([a["current"] for a in given.values()], [a["desired"] for a in given.values()], True)


# The whole way

def test_from_the_invitation_to_the_receipt_and_a_change_of_address(server):
    council = people.register(server, "9918")
    people.record_agreement(council)
    people.plan_round(council, "2099-01-01T00:00:00Z", people=6)
    people.invite_and_open(council, server)
    seat, others = council.seats[1], council.seats[2:]
    link = server.wait_for_mail(seat.address).links[0]
    browser = Browser(server)
    page = browser.open(link).follow("Börja svara").submit("Spara och gå vidare", d1__1__current="3", d1__1__desired="4")
    assert page.has("Sparat. 1 av 4 påståenden i Ledning och styrning är besvarade.")
    assert browser.open(f"/enkat/{seat.id}/skicka").submit("Skicka in").has("Tack! Dina svar är inlämnade.")
    assert council.api.ok("GET", f"/rounds/{council.round}/response-count")["submitted"] == 1
    path = f"/rounds/{council.round}/seats/{seat.id}"
    change = {"name": "Nyanställd", "address": f"ny@{council.domain}", "confirmDeletion": True}
    council.api.ok("PATCH", path, change)
    assert problem(seat.api.get("/participation")) == (401, "not-signed-in")
    gone = browser.open(f"/enkat/{seat.id}")
    assert gone.status == 403 and gone.has("Öppna din personliga länk")
    assert browser.open(link).status == 410
    council.api.ok("POST", f"/rounds/{council.round}/invitations", {"seatIds": [seat.id]})
    new = Browser(server).open(server.wait_for_mail(change["address"]).links[0])
    assert new.has("Nyanställd, här svarar du för platsen") and new.has("Börja svara") and not new.has("inlämnade")
    assert others[0].api.get("/participation").status_code == 200


def test_a_round_that_is_closed_early_says_when_it_closed(server):
    council = people.register(server, "9917")
    people.record_agreement(council)
    people.plan_round(council, "2099-01-01T00:00:00Z", people=5)
    people.invite_and_open(council, server)
    link = server.wait_for_mail(council.seats[1].address).links[0]
    assert Browser(server).open(link).has("Stänger 1 januari 2099")
    council.api.ok("POST", f"/rounds/{council.round}/closing")
    page = Browser(server).open(link)
    assert page.has(f"Den stängde {datetime.datetime.now(zoneinfo.ZoneInfo('Europe/Stockholm')).day} ") and not page.has("2099")


# Pages

@pytest.fixture
def page(server, seat):
    """The page that the link leads to, in a browser of one's own."""
    return Browser(server).open(f"/e/{seat.token}")


def item_of(page, key):
    form = page.form(["shown"])
    return form.value(f"{key}.current"), form.value(f"{key}.desired")


def test_the_first_page_says_who_asks_and_what_is_promised(page, seat):
    for words in ("Kim Falk, Kvalitetsdirektör", "Alva Ek, E-strateg", "Det här lovas du", "minst 5", "Kommunstyrelsen", "KS 2026/123 § 45", "Så svarar du",
                  "Om alla svarar likadant", "anonym statistik över kommuner", "1 januari 2100 kl. 01.00", "Lärande", "Vad mäter vi den med?"):
        assert page.has(words), words
    assert page.has(seat.api.ok("GET", "/participation")["contract"]["sha256"])
    english = page.browser.open(f"/enkat/{seat.id}?lang=en")
    assert english.has("What you are promised") and english.has("Start answering") and "\uf8ff" not in english.html + page.html


def test_a_screen_has_its_area_with_levels_scales_and_words(page, seat):
    for number in range(1, 9):
        screen = page.browser.open(f"/enkat/{seat.id}/{number}")
        assert screen.has(f"Område {number} av 8") and screen.html.count('class="item"') == 4 and "\uf8ff" not in screen.html
        names = screen.form(["shown"]).names()
        assert {f"d{number}.{item}.{half}" for item in range(1, 5) for half in ("current", "desired")} <= names
        assert screen.html.count('value="dontKnow"') == screen.html.count('value="notRelevant"') == 4
        assert screen.html.count("Tillfällig") == 4 * 2 + 5 and screen.has("Exempel") and screen.has("Ordet")
    assert page.browser.open(f"/enkat/{seat.id}/9").status == page.browser.open(f"/enkat/{seat.id}/01").status == 404


def test_what_is_saved_is_said_and_half_an_answer_is_told_kindly(page, seat):
    second = page.follow("Börja svara").submit("Spara och gå vidare", d1__1__current="2", d1__1__desired="4", d1__2__current="3", d1__3__current="dontKnow")
    assert second.path == f"/enkat/{seat.id}/2?from=1"
    assert second.has("Sparat. 2 av 4 påståenden i Ledning och styrning är besvarade.") and second.has("I ett påstående är bara det ena läget valt")
    assert second.has("2 av 32 påståenden är besvarade")
    first = second.follow("Till 1.2")
    assert first.has("Välj också ett önskat läge") and item_of(first, "d1.1") == ("2", "4") and item_of(first, "d1.3") == ("dontKnow", None)
    saved = answers(seat)["answers"]
    assert saved["d1.2"] == levels(3, None) and saved["d1.3"] == {"mark": "dontKnow"} and saved["d1.4"] == BLANK
    # A level in place of a mark; a mark in place of levels, whatever stands in the other scale.
    back = first.submit("Spara och gå vidare", d1__3__current="1", d1__1__current="notRelevant").submit("Spara och gå tillbaka")
    assert back.path == f"/enkat/{seat.id}/1?from=2" and back.has("Sparat. 0 av 4 påståenden i Behov och mål är besvarade.")
    saved = answers(seat)["answers"]
    assert saved["d1.3"] == levels(1, None) and saved["d1.1"] == {"mark": "notRelevant"}
    cleared = back.submit("Rensa svaret")
    assert answers(seat)["answers"]["d1.1"] == BLANK and cleared.path == f"/enkat/{seat.id}/1?from=1#d1.1"
    assert cleared.submit("Spara och pausa").has("Fortsätt svara")


def test_an_old_page_undoes_nothing_that_another_device_has_saved(page, seat):
    old = page.follow("Börja svara")
    save(seat, "d1.1", levels(1, 2))
    save(seat, "d1.2", levels(3, 3))
    old.submit("Spara och gå vidare", d1__3__current="4", d1__2__desired="5")
    saved = answers(seat)["answers"]
    assert saved["d1.1"] == levels(1, 2) and saved["d1.3"] == levels(4, None) and saved["d1.2"] == levels(None, 5)


def test_what_is_no_level_is_refused_and_the_rest_is_saved(page, seat):
    refused = page.follow("Börja svara").submit("Spara och gå vidare", d1__1__current="9", d1__2__current="2", d1__2__desired="3")
    assert refused.status == 422 and "d1.1.current" in refused.errors()
    assert answers(seat)["answers"]["d1.2"] == levels(2, 3) and answers(seat)["answers"]["d1.1"] == BLANK


def test_summary_submission_withdrawal_and_clearing_by_pages(round_, page, seat):
    seat.api.ok("PATCH", "/participation/answers", {"answers": {
        "d1.1": levels(1, 2), "d1.2": {"mark": "dontKnow"}, "d1.3": levels(1, None), "d2.1": {"mark": "notRelevant"}}})
    summary = page.browser.open(f"/enkat/{seat.id}").follow("Till sammanställningen")
    assert summary.has("3 av 32 påståenden är besvarade") and summary.has("1 med nivåer, 1 vet ej, 1 halvt, 1 kvar") and summary.has("1 ej relevant, 3 kvar")
    receipt = summary.submit("Skicka in")
    assert receipt.path == f"/enkat/{seat.id}/kvitto" and receipt.has("Tack! Dina svar är inlämnade.") and round_.saved(seat)[2]
    changed = receipt.follow("Ändra svaren")
    assert changed.has("Dina svar är inlämnade")
    withdrawn = receipt.follow("Ta tillbaka").submit("Ta tillbaka mina svar")
    assert withdrawn.has("Dina svar är tillbakatagna") and not round_.saved(seat)[2] and round_.saved(seat)[0][0] == 1
    assert page.browser.open(f"/enkat/{seat.id}/kvitto").path == f"/enkat/{seat.id}"
    unconfirmed = withdrawn.submit("Ta bort svaren")
    assert unconfirmed.status == 422 and unconfirmed.errors().keys() == {"confirmed"} and round_.saved(seat)[0][0] == 1
    assert unconfirmed.submit("Ta bort svaren", confirmed="on").has("Alla dina svar är borttagna")
    assert round_.saved(seat) == ([0] * ITEMS, [0] * ITEMS, False)


def test_kind_pages_before_and_after(server, round_, page, seat):
    waiting = Browser(server).open(f"/e/{make_round(server, people=1, state='planned').seats[0].token}")
    assert waiting.has("Omgången är inte öppen än") and waiting.has("Det här lovas du") and not waiting.has("Börja svara")
    screen = page.follow("Börja svara")
    summary = page.browser.open(f"/enkat/{seat.id}/skicka")
    save(seat, "d1.1", levels(1, 2))
    round_.close()
    late = screen.submit("Spara och gå vidare", d1__2__current="2")
    assert late.status == 409 and late.has("Det du skickade nyss kom för sent") and late.has("Omgången är stängd") and late.has("inte lämnat in")
    assert summary.submit("Skicka in").has("så inget ändrades") and not round_.saved(seat)[2]
    for path in ("1", "skicka", "kvitto"):
        assert page.browser.open(f"/enkat/{seat.id}/{path}").path == f"/enkat/{seat.id}"
    round_.fix()
    assert page.browser.open(f"/enkat/{seat.id}").has("Resultatet är klart")


def test_several_seats_in_one_browser_and_no_form_for_the_other(server, round_, page, seat):
    browser, other = page.browser, round_.seats[1]
    stranger = browser.open(f"/enkat/{other.id}")
    assert stranger.status == 403 and stranger.has("Öppna din personliga länk") and not stranger.has("Person 2")
    mine, theirs = page.follow("Börja svara"), browser.open(f"/e/{other.token}").follow("Börja svara")
    theirs.submit("Spara och gå vidare", d1__1__current="5", d1__1__desired="5")
    assert answers(seat)["answers"]["d1.1"] == BLANK and answers(other)["answers"]["d1.1"] == levels(5, 5)
    # One seat's form sent to the other's address, and one seat's link under the other's name.
    crossed = browser.send("post", f"{server.base_url}/enkat/{other.id}/1", mine.form(["shown"]).values() + [("d1.1.current", "1")])
    assert crossed.status == 403 and answers(other)["answers"]["d1.1"] == levels(5, 5)
    browser.session.cookies.set(f"seat-{other.id}", None)
    browser.session.headers["Cookie"] = f"seat-{other.id}={seat.token}"
    assert browser.open(f"/enkat/{other.id}").status == 403


def test_the_token_stands_in_no_page_log_or_location(server, page, seat):
    browser = page.browser
    page.follow("Börja svara").submit("Spara och gå vidare", d1__1__current="1")
    browser.open(f"/enkat/{seat.id}/skicka").submit("Skicka in")
    browser.open(f"/e/{seat.token[:-1]}")
    first, *rest = browser.seen
    assert first.status_code == 303 and first.headers["Location"] == f"/enkat/{seat.id}" and f"seat-{seat.id}={seat.token}; Path=/; HttpOnly; SameSite=Lax" in first.headers["Set-Cookie"]
    assert first.headers["Referrer-Policy"] == "no-referrer" and first.headers["Cache-Control"] == "no-store"
    for answer in rest:
        assert seat.token[:-1] not in answer.text and not any(seat.token[:-1] in value for value in answer.headers.values())
    assert seat.token[:-1] not in server.log_text and "/e/{token}" in server.log_text.replace("${", "{")


def test_who_has_chosen_no_language_reads_the_seats(server, round_, seat):
    round_.sql("update app.seats set language = 'en' where id = %s", (seat.id,))
    assert Browser(server, language="").open(f"/e/{seat.token}").has("What you are promised")
    chosen = Browser(server)
    chosen.open("/?lang=sv")
    assert chosen.open(f"/e/{seat.token}").has("Det här lovas du")


def test_names_are_shown_and_do_nothing(server):
    evil = "x\"\u0301 onfocus=alert(1) '><script>alert(2)</script>"
    round_ = make_round(server, people=1, title=evil, name=evil, post=evil[:50], area=evil)
    round_.sql("update app.rounds set runner_name = %s, orderer_title = %s where id = %s", (evil, evil, round_.id))
    round_.sql("update app.contracts set purpose = %s, contact = %s where round_id = %s", (evil, evil, round_.id))
    seat = round_.seats[0]
    browser = Browser(server)
    # Browser itself fails on a script, and on an attribute that begins with "on".
    pages = [browser.open(f"/e/{seat.token}"), browser.open(f"/enkat/{seat.id}/1"), browser.open(f"/enkat/{seat.id}/skicka")]
    pages.append(pages[-1].submit("Skicka in"))
    round_.close()
    pages.append(browser.open(f"/enkat/{seat.id}"))
    for page in (pages[0], pages[3], pages[4]):
        assert page.has("onfocus=alert(1) '><script>alert(2)</script>")
