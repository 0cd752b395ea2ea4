"""Comments in people's own words (disclosure.md R12): off unless the contract has them, read by nobody without consent, and nobody's once published."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

import cluster
from browser import Browser, browser_of
from people import CONTRACT, answer, colleague, fix, invite_and_open, plan_round, record_agreement, register, wait_until
from seed import A, B, DENIED, NOW, ROLES, acting, app, database, enter, outcome, superuser

WITH_COMMENTS = {**CONTRACT, "comments": True}
XSS = "<script>alert(1)</script> & \"så\""
PUBLISHED = "select dimension, text from app.published_comments where round_id = %s order by id"


# ---- Who may read them, told by the database

@pytest.mark.parametrize("role", [role for role in ROLES if role != "ng_participant"])
def test_nobody_but_the_giver_reads_a_comment_before_fixing(role, app):
    with acting(app, role, A):
        for statement in ("select 1 from app.comments", "select text from app.comments", "delete from app.comments", "update app.comments set consent = true"):
            assert outcome(app, statement) == DENIED


def test_a_participant_reads_and_writes_his_own_alone(app, superuser):
    with acting(app, "ng_participant", A):
        assert app.execute("select seat_id, text from app.comments").fetchall() == [(A.seat, "Own words")]
        write = "insert into app.comments (municipality_id, seat_id, open, dimension, text, consent) values (%s, %s, true, 'd2', 'x', true)"
        assert outcome(app, write, (A.id, A.id_of("seat 2"))) == DENIED and outcome(app, write, (A.id, A.seat)) == 1
        assert outcome(app, "update app.comments set dimension = 'd3'") == DENIED


def test_a_comment_closes_with_the_response_and_goes_with_it(superuser):
    superuser.execute("update app.responses set open = false where seat_id = %s", [A.seat])
    assert superuser.execute("select open from app.comments where seat_id = %s", [A.seat]).fetchone() == (False,)
    enter(superuser, "ng_participant", A)
    assert outcome(superuser, "update app.comments set text = 'y'") == 0 and outcome(superuser, "delete from app.comments") == 0
    superuser.execute("reset role")
    superuser.execute("delete from app.responses where seat_id = %s", [A.seat])
    assert superuser.execute("select 1 from app.comments where seat_id = %s", [A.seat]).fetchall() == []


@pytest.mark.parametrize("call", [
    "select app.reseat(%s, 'New', 'new@council.example', 'sv')", "select app.remove_seat(%s)", "select app.move_round(%s, 'cancelled', '2026-12-02', '2026-11-02')"])
def test_whatever_deletes_the_answers_deletes_the_comments(call, superuser):
    enter(superuser, "ng_member", A)
    superuser.execute(call, [A.open if "round" in call else A.seat])
    superuser.execute("reset role")
    assert superuser.execute("select 1 from app.comments where municipality_id = %s", [A.id]).fetchall() == []
    assert len(superuser.execute("select 1 from app.comments where municipality_id = %s", [B.id]).fetchall()) == 1


@pytest.mark.parametrize("role", [role for role in ROLES if role != "ng_worker"])
def test_nobody_but_the_worker_publishes(role, app):
    with acting(app, role, A):
        assert outcome(app, "select app.publish_comments(%s)", [A.open]) == DENIED
        assert outcome(app, "insert into app.published_comments default values") == DENIED


@pytest.mark.parametrize("role", ROLES)
def test_nobody_deletes_a_published_comment_without_a_trace(role, app):
    with acting(app, role, A):
        for statement in ("delete from app.published_comments", "update app.published_comments set text = 'x'", "delete from app.log_entries",
                          "update app.log_entries set member_name = 'x'", "insert into app.log_entries default values"):
            assert outcome(app, statement) == DENIED
        if role != "ng_member":
            assert outcome(app, "select app.delete_comment(%s, %s, now())", (A.fixed, A.id_of("comment"))) == DENIED


def test_deleting_is_of_ones_own_council_and_leaves_a_trace(app):
    with acting(app, "ng_member", A):
        delete = "select app.delete_comment(%s, %s, %s)"
        assert app.execute(delete, (B.fixed, B.id_of("comment"), NOW)).fetchone() == (False,)
        assert app.execute(delete, (A.fixed, A.id_of("comment"), NOW)).fetchone() == (True,)
        assert app.execute("select 1 from app.published_comments").fetchall() == []
        traces = app.execute("select member_id, round_id, dimension from app.log_entries where id <> %s", [A.id_of("log entry")]).fetchall()
        assert traces == [(A.member, A.fixed, "few")]


# ---- A round with comments

@pytest.fixture(scope="module")
def server(start_server):
    return start_server("--now", "2026-11-23T08:00:00Z")


def council_with(server, code, contract=WITH_COMMENTS, people=6):
    council = register(server, code)
    record_agreement(council)
    plan_round(council, "2026-12-14T16:00:00Z", people=people, contract=contract)
    invite_and_open(council, server)
    council.path = f"/rounds/{council.round}"
    return council


def comment(seat, text, consent=True, dimension="d1"):
    return seat.api.put(f"/participation/comments/{dimension}", {"text": text, "consent": consent})


def sql(server, statement, *parameters):
    with server.connect("nyttograd_super") as connection:
        return connection.execute(statement, parameters).fetchall()


@pytest.fixture(scope="module")
def open_council(server):
    return council_with(server, "9914")


@pytest.fixture(scope="module")
def fixed(server):
    """Five have submitted, one has not. Of each who may be read there are two comments on d1, given in the order of the seats."""
    council = council_with(server, "9915")
    for number, seat in enumerate(council.seats):
        answer(seat, number, submit=number < 5)
        assert comment(seat, f"Läs {number} {XSS}").ok
        assert comment(seat, f"Läs inte {number}", consent=False, dimension="d2").ok
        for dimension in ("d3", "d4", "d5", "d6"):
            assert comment(seat, f"{dimension} av {number}", dimension=dimension).ok
    fix(council)
    council.stig = colleague(council, server, "Stig Ek", "strategist")
    council.eva = colleague(council, server, "Eva Berg", "director")
    council.adam = colleague(council, server, "Adam Ask", "administrator")
    return council


def read(council, api=None):
    return (api or council.api).ok("GET", f"{council.path}/comments")["comments"]


def test_comments_are_off_unless_the_contract_has_them(server):
    council = council_with(server, "9916", CONTRACT, people=1)
    seat = council.seats[0]
    assert comment(seat, "Får jag?").status_code == 404 and seat.api.get("/participation/comments/d1").status_code == 404
    page = Browser(server).open(f"/e/{seat.api.token}")
    assert page.has("Du skriver ingen fri text")
    assert 'name="comment"' not in page.browser.open(f"{page.path}/1").html
    assert sql(server, "select 1 from app.comments c join app.seats s on s.id = c.seat_id where s.round_id = %s", council.round) == []


def test_a_comment_is_saved_changed_and_taken_back(open_council):
    seat = open_council.seats[0]
    assert comment(seat, "Först", consent=False).json()["consent"] is False
    assert comment(seat, "Sedan").ok
    assert seat.api.ok("GET", "/participation/comments/d1")["text"] == "Sedan"
    assert open_council.seats[1].api.get("/participation/comments/d1").status_code == 404
    seat.api.ok("DELETE", "/participation/comments/d1")
    assert seat.api.get("/participation/comments/d1").status_code == 404
    comment(seat, "Igen")
    seat.api.ok("DELETE", "/participation/answers")
    assert seat.api.get("/participation/comments/d1").status_code == 404


@pytest.mark.parametrize("body, pointer", [
    ({"text": "x" * 2001, "consent": True}, "#/text"), ({"text": " ", "consent": True}, "#/text"), ({"text": "x"}, "#/consent")])
def test_a_comment_is_neither_too_long_nor_half_said(open_council, body, pointer):
    refused = open_council.seats[0].api.put("/participation/comments/d7", body)
    assert refused.status_code == 422 and [error["pointer"] for error in refused.json()["errors"]] == [pointer]
    assert comment(open_council.seats[0], "x", dimension="d99").status_code == 404


def test_it_is_written_on_the_page_with_a_box_that_nobody_has_ticked(open_council, server):
    seat = open_council.seats[2]
    browser = Browser(server)
    start = browser.open(f"/e/{seat.api.token}")
    assert start.has("Gruppen får läsa den bara om du kryssar i det")
    page = browser.open(f"{start.path}/1")
    assert page.has("Arbetsgruppen får läsa detta som jag skrev det") and page.has("kännas igen")
    page.submit(comment=XSS)
    assert seat.api.ok("GET", "/participation/comments/d1") | {"_links": None} == {"dimension": "d1", "text": XSS, "consent": False, "_links": None}
    assert "<script>alert" not in browser.open(f"{start.path}/1").html
    # An old page leaves what another device has saved since.
    old = browser.open(f"{start.path}/1")
    comment(seat, "Från telefonen")
    old.submit()
    assert seat.api.ok("GET", "/participation/comments/d1")["text"] == "Från telefonen"
    long = browser.open(f"{start.path}/1").submit(comment="x" * 2001)
    assert long.status == 422 and seat.api.ok("GET", "/participation/comments/d1")["text"] == "Från telefonen"
    browser.open(f"{start.path}/1").submit(comment="")
    assert seat.api.get("/participation/comments/d1").status_code == 404


def test_only_what_was_consented_to_and_submitted_is_published(fixed, server):
    texts = {one["text"] for one in read(fixed) if one["dimension"] == "d1"}
    assert texts == {f"Läs {number} {XSS}" for number in range(5)}
    assert "d2" not in {one["dimension"] for one in read(fixed)}
    assert sql(server, "select 1 from app.comments c join app.seats s on s.id = c.seat_id where s.round_id = %s", fixed.round) == []
    assert fixed.seats[5].api.ok("GET", "/participation/result/comments")["comments"] == read(fixed) == read(fixed, fixed.eva)
    assert fixed.api.get(f"{fixed.path}/comments").ok and fixed.adam.get(f"{fixed.path}/comments").status_code == 404


def test_a_comment_that_meets_the_closing_comes_too_late(server):
    council = council_with(server, "9918", people=2)
    first, second = council.seats[:2]
    assert comment(first, "Skrivet i tid").ok
    with ThreadPoolExecutor(2) as threads, server.connect("nyttograd_super") as closing:
        closing.execute("update app.rounds set state = 'closed', closed_at = opened_at where id = %s", [council.round])
        closing.execute("update app.responses set open = false where round_id = %s", [council.round])
        late = [threads.submit(comment, seat, "För sent") for seat in (first, second)]
        waiting = "select pid from pg_stat_activity where wait_event_type = 'Lock' and usename = 'nyttograd_app'"
        wait_until(lambda: len(sql(server, waiting)) == 2)
        closing.commit()
        assert [(answer.result().status_code, answer.result().json()["type"].rpartition("/")[2]) for answer in late] == [(409, "round-not-open")] * 2


def test_nothing_tells_the_order_or_the_author(fixed, server):
    """Each dimension was commented in the order of the seats; read, no two need stand alike, and all five do so by a chance of one in 10¹⁰."""
    orders = set()
    for dimension in ("d1", "d3", "d4", "d5", "d6"):
        numbers = tuple(re.search(r"\d", one["text"].removeprefix(dimension))[0] for one in read(fixed) if one["dimension"] == dimension)
        assert len(numbers) == 5
        orders.add(numbers)
    assert len(orders) > 1
    rows = [text for _, text in sql(server, "select dimension, text from app.published_comments where round_id = %s order by ctid", fixed.round)]
    given = [f"{dimension} av {number}" for number in range(5) for dimension in ("d3", "d4", "d5", "d6")]
    assert [text for text in rows if text in given] != given
    columns = sql(server, """select array_agg(attname::text order by attnum) from pg_attribute
                             where attrelid = 'app.published_comments'::regclass and attnum > 0 and not attisdropped""")[0][0]
    assert columns == ["municipality_id", "id", "round_id", "dimension", "text"]
    assert set(read(fixed)[0]) == {"id", "dimension", "text"}


def test_they_stand_on_the_result_page_and_in_no_document_or_report(fixed, server):
    for page in (browser_of(fixed.eva).open(f"/omgangar/{fixed.round}/resultat"), Browser(server).open(f"/e/{fixed.seats[0].api.token}")):
        if not page.path.endswith("/resultat"):
            page = page.browser.open(page.path + "/resultat")
        assert page.has("Kommentarer i egna ord") and "&lt;script&gt;alert(1)" in page.html and "<script>alert" not in page.html
        assert not page.has("Ta bort kommentaren")
    published = [one["text"] for one in read(fixed)]
    for path in ("/result", "/report", "/report/page", "/plan-draft", "/analysis/draft", "/trend"):
        answer = fixed.api.get(fixed.path + path)
        assert answer.status_code == 200, path
        assert [text for text in (*published, "alert(1)") if text in answer.text] == []


def test_a_deleted_comment_leaves_a_trace_without_its_text(fixed):
    before = read(fixed)
    gone = before[0]
    assert fixed.eva.delete(f"{fixed.path}/comments/{gone['id']}").status_code == 403
    fixed.api.ok("DELETE", f"{fixed.path}/comments/{gone['id']}")
    assert fixed.api.delete(f"{fixed.path}/comments/{gone['id']}").status_code == 404
    page = browser_of(fixed.stig).open(f"/omgangar/{fixed.round}/resultat")
    assert page.submit("Ta bort").has("Kommentaren är borttagen")
    assert [one["id"] for one in read(fixed)] == [one["id"] for one in before[2:]]
    entries = fixed.adam.ok("GET", "/log")["items"]
    assert {entry["member"] for entry in entries} == {"Alva Ek", "Stig Ek"}
    assert all(entry["roundId"] == fixed.round and entry["kind"] == "comment-deleted" and entry["dimension"] == gone["dimension"] for entry in entries)
    for language, words in (("sv", "Tog bort en kommentar om"), ("en", "Deleted a comment on")):
        shown = browser_of(fixed.adam, language).open("/kommun/logg")
        assert shown.has(words) and shown.has("Stig Ek") and "alert(1)" not in shown.text
    assert fixed.eva.get("/log").status_code == 403


def test_the_log_is_read_to_its_first_entry_page_by_page(fixed, server):
    server.rows("""
        insert into app.log_entries (municipality_id, id, kind, logged_at, member_id, member_name, round_id, dimension)
        select m.municipality_id, gen_random_uuid(), 'comment-deleted', timestamptz '2020-01-01' + number * interval '1 minute', m.id, 'Person ' || number, %s, 'd1'
        from generate_series(1, 230) number, (select r.municipality_id, x.id from app.rounds r join app.members x using (municipality_id) where r.id = %s limit 1) m
        returning 1""", [fixed.round, fixed.round], user="nyttograd_super")
    page, seen = browser_of(fixed.adam).open("/kommun/logg"), 1
    assert not page.has("Senare") and page.has("Person 230")
    while page.has("Tidigare"):
        page, seen = page.follow("Tidigare"), seen + 1
    assert seen == 3 and page.has("Person 2") and page.has("Senare")
    assert page.follow("Senare").follow("Senare").text == browser_of(fixed.adam).open("/kommun/logg").text
    assert browser_of(fixed.adam).open("/kommun/logg?page=99").status == 200


def test_with_fewer_than_k_nothing_is_published(server):
    council = council_with(server, "9917", people=5)
    for number, seat in enumerate(council.seats):
        answer(seat, number, submit=number < 4)
        comment(seat, "Får läsas")
    council.api.ok("POST", f"{council.path}/closing")
    council.api.ok("POST", f"{council.path}/conclusion", {"submitted": 4})
    wait_until(lambda: council.api.ok("GET", council.path)["state"] == "concluded")
    assert read(council) == []
    assert sql(server, PUBLISHED, council.round) == []
    assert sql(server, "select 1 from app.comments c join app.seats s on s.id = c.seat_id where s.round_id = %s", council.round) == []


def test_r12_switched_off_would_be_seen(superuser):
    """The database's own rules, without the program: a closed round below k, without consent or with comments off publishes nothing; with all of them it does."""
    def published(k=1, consent=True, submitted=True, comments=True):
        superuser.execute("savepoint one")
        superuser.execute("alter table app.contracts drop constraint contracts_k_is_never_below_five")
        superuser.execute("update app.contracts set k = %s, comments = %s where round_id = %s", (k, comments, A.open))
        superuser.execute("update app.responses set open = false, submitted = %s where seat_id = %s", (submitted, A.seat))
        superuser.execute("update app.responses set open = false, submitted = true where seat_id = %s", [A.id_of("seat 2")])
        superuser.execute("update app.comments set consent = %s where seat_id = %s", (consent, A.seat))
        superuser.execute("update app.rounds set state = 'closed' where id = %s", [A.open])
        superuser.execute("insert into app.results (municipality_id, round_id, document, sha256, fixed_at) values (%s, %s, '', '', '2026-11-02')", (A.id, A.open))
        enter(superuser, "ng_worker", A)
        superuser.execute("select app.publish_comments(%s)", [A.open])
        superuser.execute("reset role")
        rows = superuser.execute(PUBLISHED, [A.open]).fetchall()
        superuser.execute("rollback to savepoint one")
        return rows

    assert published() == [("d1", "Own words")] and published(k=2) == [("d1", "Own words")]
    assert published(k=3) == [] and published(consent=False) == [] and published(submitted=False) == [] and published(comments=False) == []
