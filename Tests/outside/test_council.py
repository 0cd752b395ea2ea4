"""A council's own affairs: its members and their roles, its agreement, its posts, and the questionnaires."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

import people
from people import problem, token_in

AGREEMENT = {
    "controller": "Kommunstyrelsen", "version": "1.0", "signedOn": "2026-10-01", "signatoryName": "Berit Lund",
    "signatoryTitle": "Kommundirektör", "diaryNumber": "KS 2026/77"}
POST = {"function": "quality-director", "holderName": "Bo Lind", "holderAddress": "Bo.Lind@demo14.example", "holderLanguage": "sv"}
NOBODY = uuid.UUID(int=7, version=4)


@pytest.fixture(scope="module")
def server(start_server):
    return start_server()


@pytest.fixture(scope="module")
def lillby(server):
    return people.register(server, "9914")


@pytest.fixture(scope="module")
def storby(server):
    """Carl's council, which is to see nothing of Lillby."""
    return people.register(server, "9915", "Carl Ask")


@pytest.fixture(scope="module")
def administrator(lillby, server):
    return colleague(lillby, server, "Ada Min", "administrator")


@pytest.fixture(scope="module")
def strategist(lillby, server):
    return colleague(lillby, server, "Sten Plan", "strategist")


@pytest.fixture(scope="module")
def director(lillby, server):
    return colleague(lillby, server, "Dag Bok", "director")


def colleague(council, server, name, *roles):
    """Somebody whom the council has invited, and who has come in by the link in the mail."""
    return people.colleague(council, server, name, *roles)


def come_in(api, link):
    return api.as_holder_of(api.as_holder_of(None).ok("POST", "/sessions", {"token": token_in(link)})["token"])


def pointers(answer):
    assert problem(answer) == (422, "invalid-fields"), answer.text
    return [error["pointer"] for error in answer.json()["errors"]]


def me(api):
    members = api.ok("GET", "/members?limit=100")["items"]
    return next(member for member in members if member["address"] == "alva.ek@demo14.example")


# ---- The council

def test_the_council_is_read_and_its_word_for_an_area_changed(lillby, director):
    council = director.ok("GET", "/council")
    assert (council["code"], council["fictional"], council["areaWord"]) == ("9914", True, "förvaltning")
    for _ in range(2):
        assert lillby.api.ok("PATCH", "/council", {"areaWord": "  programområde "})["areaWord"] == "programområde"
    assert director.ok("GET", "/council")["areaWord"] == "programområde"
    assert problem(director.patch("/council", {"areaWord": "sektor"})) == (403, "forbidden")
    for body, pointer in [({}, "#/areaWord"), ({"areaWord": " "}, "#/areaWord"), ({"areaWord": "x" * 41}, "#/areaWord"), ({"areaWord": 1}, "#/areaWord")]:
        assert pointers(lillby.api.patch("/council", body)) == [pointer]
    assert pointers(lillby.api.patch("/council", {"areaWord": "a", "code": "9915"})) == ["#/code"]
    assert director.ok("GET", "/council")["areaWord"] == "programområde"


# ---- Members

def test_an_invitation_lets_the_colleague_in_with_exactly_the_roles_given(lillby, server):
    address = "eva.asp@demo14.example"
    made = lillby.api.post("/members", {"name": " Eva Asp ", "address": "Eva.Asp@Demo14.example", "language": "en", "roles": ["director", "programme-area"]})
    assert made.status_code == 201
    member = made.json()
    assert made.headers["Location"] == member["_links"]["self"]["href"]
    assert (member["name"], member["address"], member["joinedAt"]) == ("Eva Asp", address, None)
    mail = server.wait_for_mail(address)
    assert "Alva Ek" in mail.text and "director, programme-area representative" in mail.text and len(mail.links) == 1
    eva = come_in(lillby.api, mail.links[0])
    seen = lillby.api.ok("GET", f"/members/{member['id']}")
    assert sorted(seen["roles"]) == ["director", "programme-area"] and seen["joinedAt"] is not None
    assert eva.get("/rounds").status_code == 200
    assert problem(eva.get("/members")) == (403, "forbidden") and problem(eva.get("/posts")) == (403, "forbidden")
    # The link has let one in, and lets nobody in again.
    assert eva.post("/sessions", {"token": token_in(mail.links[0])}).status_code == 410
    assert len(server.mails(address)) == 1


def test_roles_add_up(lillby, server):
    fia = colleague(lillby, server, "Fia Ros", "director")
    path = next(m["_links"]["self"]["href"] for m in lillby.api.ok("GET", "/members?limit=100")["items"] if m["name"] == "Fia Ros").split("/api/v1")[1]
    assert fia.get("/posts").status_code == 403 and fia.get("/rounds").status_code == 200
    for _ in range(2):
        assert sorted(lillby.api.ok("PUT", f"{path}/roles", {"roles": ["strategist", "director"]})["roles"]) == ["director", "strategist"]
    assert fia.get("/posts").status_code == 200 and fia.get("/rounds").status_code == 200
    assert fia.get("/members").status_code == 200 and fia.put(f"{path}/roles", {"roles": ["administrator"]}).status_code == 403
    lillby.api.ok("PUT", f"{path}/roles", {"roles": ["administrator"]})
    assert fia.get("/posts").status_code == 403 and fia.get("/rounds").status_code == 403
    assert fia.patch("/council", {"areaWord": "förvaltning"}).status_code == 200


def test_a_removed_member_is_out_on_the_next_request_and_may_come_back(lillby, server):
    gun = colleague(lillby, server, "Gun Ek", "director")
    member = next(m for m in lillby.api.ok("GET", "/members?limit=100")["items"] if m["name"] == "Gun Ek")
    path = f"/members/{member['id']}"
    assert gun.get("/council").status_code == 200
    assert lillby.api.delete(path).status_code == 204
    assert problem(gun.get("/council")) == (401, "not-signed-in")
    for again in (lillby.api.delete(path), lillby.api.get(path), lillby.api.put(f"{path}/roles", {"roles": ["director"]})):
        assert problem(again) == (404, "not-found")
    assert member["id"] not in [m["id"] for m in lillby.api.ok("GET", "/members?limit=100")["items"]]

    back = colleague(lillby, server, "Gun Ek", "strategist")
    assert lillby.api.ok("GET", path)["roles"] == ["strategist"]
    assert back.get("/posts").status_code == 200
    assert gun.get("/council").status_code == 401, "what ended stays ended"


def test_a_link_is_void_once_its_member_has_been_removed(lillby, server):
    made = lillby.api.ok("POST", "/members", {"name": "Hal Ny", "address": "hal@demo14.example", "language": "sv", "roles": ["director"]})
    old = token_in(server.wait_for_mail("hal@demo14.example").links[0])
    assert lillby.api.delete(f"/members/{made['id']}").status_code == 204
    assert lillby.api.as_holder_of(None).post("/sessions", {"token": old}).status_code == 410
    colleague_again = {"name": "Hal Ny", "address": "hal@demo14.example", "language": "sv", "roles": ["director"]}
    assert lillby.api.ok("POST", "/members", colleague_again)["id"] == made["id"]
    assert lillby.api.as_holder_of(None).post("/sessions", {"token": old}).status_code == 410
    come_in(lillby.api, server.wait_for_mail("hal@demo14.example", 2).links[0])


def test_an_address_is_a_member_once(lillby):
    body = {"name": "Ina Ås", "address": "ina@demo14.example", "language": "sv", "roles": ["director"]}
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: lillby.api.post("/members", body).status_code, range(8)))
    assert sorted(answers) == [201] + [409] * 7
    assert problem(lillby.api.post("/members", body | {"address": "INA@demo14.example"})) == (409, "member-exists")


def test_a_council_is_never_without_administrator(storby, server):
    carl = next(m for m in storby.api.ok("GET", "/members")["items"])
    path = f"/members/{carl['id']}"
    assert problem(storby.api.delete(path)) == (409, "last-administrator")
    assert problem(storby.api.put(f"{path}/roles", {"roles": ["strategist"]})) == (409, "last-administrator")
    other = colleague(storby, server, "Olle Ur", "administrator", "strategist")
    others = next(m for m in storby.api.ok("GET", "/members")["items"] if m["name"] == "Olle Ur")
    # Both step down at once: one may.
    for _ in range(5):
        with ThreadPoolExecutor(2) as pool:
            first = pool.submit(lambda: storby.api.put(f"{path}/roles", {"roles": ["strategist"]}).status_code)
            second = pool.submit(lambda: other.put(f"/members/{others['id']}/roles", {"roles": ["strategist"]}).status_code)
        assert sorted([first.result(), second.result()]) == [200, 409]
        keeper, left = (other, carl) if first.result() == 200 else (storby.api, others)
        assert keeper.put(f"/members/{left['id']}/roles", {"roles": ["administrator", "strategist"]}).status_code == 200


def test_members_are_listed_by_name_and_page(lillby, strategist):
    page = strategist.ok("GET", "/members?limit=2&page=2")
    assert page["_meta"]["limit"] == 2 and len(page["items"]) == 2 and page["_meta"]["totalItems"] >= 5
    names = [m["name"] for m in strategist.ok("GET", "/members?limit=100")["items"]]
    order = str.maketrans("åäöÅÄÖ", "{|}[\\]")
    assert names == sorted(names, key=lambda name: name.lower().translate(order))


@pytest.mark.parametrize("change, expected", [
    ({"name": ""}, ["#/name"]), ({"name": "x" * 121}, ["#/name"]), ({"name": "a\nb"}, ["#/name"]), ({"address": "nobody"}, ["#/address"]),
    ({"address": "a@gmail.com"}, ["#/address"]), ({"language": "de"}, ["#/language"]), ({"roles": []}, ["#/roles"]),
    ({"roles": ["king"]}, ["#/roles/0"]), ({"roles": ["director", "director"]}, ["#/roles"]), ({"roles": "director"}, ["#/roles"]), ({"more": 1}, ["#/more"]),
    ({"name": None, "address": 5, "roles": None}, ["#/name", "#/address", "#/roles"]),
])
def test_a_wrong_invitation_is_refused_with_every_pointer(lillby, change, expected):
    body = {"name": "Jan Al", "address": "jan@demo14.example", "language": "sv", "roles": ["director"]} | change
    before = lillby.api.ok("GET", "/members")["_meta"]
    assert pointers(lillby.api.post("/members", body)) == expected
    assert lillby.api.ok("GET", "/members")["_meta"] == before


def test_who_may_not_is_told_so_if_he_may_read_and_otherwise_that_it_is_not_there(lillby, storby, strategist, director, administrator):
    one = f"/members/{me(lillby.api)['id']}"
    roles = {"roles": ["administrator", "strategist"]}
    invitation = {"name": "K", "address": "k@demo14.example", "language": "sv", "roles": ["director"]}
    assert problem(strategist.post("/members", invitation)) == problem(director.post("/members", invitation)) == (403, "forbidden")
    assert problem(strategist.delete(one)) == problem(strategist.put(f"{one}/roles", roles)) == (403, "forbidden")
    for answer in (director.get(one), director.delete(one), director.put(f"{one}/roles", roles),
                   storby.api.get(one), storby.api.delete(one), storby.api.put(f"{one}/roles", roles),
                   lillby.api.get(f"/members/{NOBODY}"), lillby.api.get("/members/7"), lillby.api.delete(f"/members/{NOBODY}")):
        assert problem(answer) == (404, "not-found")
    assert lillby.api.ok("GET", one)["roles"] == ["administrator", "strategist"]


# ---- Agreements

def test_agreements_are_recorded_and_the_newest_comes_first(storby, server):
    first = storby.api.post("/agreements", AGREEMENT)
    assert first.status_code == 201 and first.headers["Location"] == first.json()["_links"]["self"]["href"]
    second = storby.api.ok("POST", "/agreements", AGREEMENT | {"version": "1.1", "signedOn": "2026-11-20"})
    page = colleague(storby, server, "Lo Lin", "programme-area").ok("GET", "/agreements")
    assert [a["version"] for a in page["items"]] == ["1.1", "1.0"] and page["_meta"]["totalItems"] == 2
    assert storby.api.ok("GET", f"/agreements/{second['id']}") == second == page["items"][0]
    assert {name: second[name] for name in AGREEMENT} == AGREEMENT | {"version": "1.1", "signedOn": "2026-11-20"}


def test_an_agreement_is_whole_and_signed(lillby, storby, director):
    assert pointers(lillby.api.post("/agreements", {})) == [f"#/{name}" for name in AGREEMENT]
    for change, pointer in [({"signedOn": "2999-01-01"}, "signedOn"), ({"signedOn": "1 oktober"}, "signedOn"), ({"version": "x" * 41}, "version"),
                            ({"diaryNumber": "x" * 81}, "diaryNumber"), ({"controller": "x" * 201}, "controller"), ({"signatoryName": " "}, "signatoryName")]:
        assert pointers(lillby.api.post("/agreements", AGREEMENT | change)) == [f"#/{pointer}"]
    assert problem(director.post("/agreements", AGREEMENT)) == (403, "forbidden")
    theirs = storby.api.ok("POST", "/agreements", AGREEMENT)
    assert problem(lillby.api.get(f"/agreements/{theirs['id']}")) == problem(lillby.api.get(f"/agreements/{NOBODY}")) == (404, "not-found")
    assert lillby.api.ok("GET", "/agreements")["items"] == []


# ---- Posts

def test_a_post_is_named_after_its_function_in_its_holders_language(lillby):
    made = lillby.api.post("/posts", POST)
    post = made.json()
    assert made.status_code == 201 and made.headers["Location"] == post["_links"]["self"]["href"]
    assert (post["title"], post["area"], post["family"], post["holderAddress"]) == ("Kvalitetsdirektör", "", "directors", "bo.lind@demo14.example")
    assert lillby.api.ok("POST", "/posts", POST | {"holderLanguage": "en"})["title"] == "Quality director"
    assert lillby.api.ok("GET", f"/posts/{post['id']}") == post
    # Not twice: neither by itself nor by a race.
    assert problem(lillby.api.post("/posts", POST)) == (409, "post-exists")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: lillby.api.post("/posts", POST | {"function": "it-director"}).status_code, range(8)))
    assert sorted(answers) == [201] + [409] * 7


def test_a_post_of_a_programme_area_says_which(lillby):
    body = POST | {"function": "programme-area-representative"}
    assert pointers(lillby.api.post("/posts", body)) == pointers(lillby.api.post("/posts", body | {"area": " "})) == ["#/area"]
    areas = [lillby.api.ok("POST", "/posts", body | {"area": area}) for area in ("Lärande", "Vård")]
    assert {post["title"] for post in areas} == {"Företrädare för programområde"}
    path = f"/posts/{areas[0]['id']}"
    assert problem(lillby.api.patch(path, {"area": "Vård"})) == (409, "post-exists")
    assert pointers(lillby.api.patch(path, {"area": ""})) == ["#/area"]
    assert lillby.api.ok("GET", path) == areas[0]


def test_a_post_is_changed_and_its_function_stays(lillby):
    post = lillby.api.ok("POST", "/posts", POST | {"function": "hr-director", "title": "Personalchef", "area": "Stab"})
    path = f"/posts/{post['id']}"
    for _ in range(2):
        changed = lillby.api.ok("PATCH", path, {"holderName": "Carl Sund", "holderAddress": "carl.sund@demo14.example"})
        assert changed == post | {"holderName": "Carl Sund", "holderAddress": "carl.sund@demo14.example"}
    assert lillby.api.ok("PATCH", path, {"area": ""})["area"] == ""
    assert pointers(lillby.api.patch(path, {"function": "it-director"})) == ["#/function"]
    assert pointers(lillby.api.patch(path, {})) == ["#"]
    assert pointers(lillby.api.patch(path, {"title": "", "holderAddress": "x", "holderLanguage": "fr"})) == ["#/title", "#/holderAddress", "#/holderLanguage"]
    assert lillby.api.ok("GET", path)["title"] == "Personalchef"


def test_a_retired_post_is_gone_and_leaves_its_title(lillby):
    body = POST | {"function": "finance-director"}
    old = lillby.api.ok("POST", "/posts", body)
    assert lillby.api.delete(f"/posts/{old['id']}").status_code == 204
    for answer in (lillby.api.get(f"/posts/{old['id']}"), lillby.api.patch(f"/posts/{old['id']}", {"title": "x"}), lillby.api.delete(f"/posts/{old['id']}")):
        assert problem(answer) == (404, "not-found")
    new = lillby.api.ok("POST", "/posts", body)
    assert new["id"] != old["id"] and old["id"] not in [post["id"] for post in lillby.api.ok("GET", "/posts?limit=100")["items"]]


def test_posts_come_by_family_and_title(lillby):
    posts = lillby.api.ok("GET", "/posts?limit=100")["items"]
    families = ["directors", "strategists", "programme-areas", "others"]
    assert [post["family"] for post in posts] == sorted((post["family"] for post in posts), key=families.index)
    page = lillby.api.ok("GET", "/posts?limit=1&page=2")
    assert page["items"] == posts[1:2] and page["_meta"]["totalItems"] == len(posts)
    assert page["_links"]["prev"]["href"].endswith("/api/v1/posts?limit=1&page=1")


def test_posts_are_the_strategists_own(lillby, storby, director, administrator):
    path = lillby.api.ok("GET", "/posts")["items"][0]["_links"]["self"]["href"].split("/api/v1")[1]
    for api in (director, administrator):
        assert problem(api.get("/posts")) == problem(api.post("/posts", POST)) == (403, "forbidden")
        assert problem(api.get(path)) == problem(api.patch(path, {"title": "x"})) == problem(api.delete(path)) == (404, "not-found")
    for answer in (storby.api.get(path), storby.api.patch(path, {"title": "x"}), storby.api.delete(path), lillby.api.get(f"/posts/{NOBODY}")):
        assert problem(answer) == (404, "not-found")


@pytest.mark.parametrize("change, expected", [
    ({"function": "king"}, ["#/function"]), ({"function": None}, ["#/function"]), ({"title": "x" * 121}, ["#/title"]), ({"area": "x" * 121}, ["#/area"]),
    ({"holderName": ""}, ["#/holderName"]), ({"holderAddress": "a@b"}, ["#/holderAddress"]), ({"holderLanguage": 1}, ["#/holderLanguage"]),
    ({"title": ["x"], "more": {}}, ["#/title", "#/more"]),
])
def test_a_wrong_post_is_refused_with_every_pointer(lillby, change, expected):
    before = lillby.api.ok("GET", "/posts")["_meta"]
    assert pointers(lillby.api.post("/posts", POST | change)) == expected
    assert lillby.api.ok("GET", "/posts")["_meta"] == before


# ---- Instruments

def test_the_questionnaire_is_read_whole_in_both_languages(lillby, director):
    summary = lillby.api.ok("GET", "/instruments")["items"][0]
    path = f"/instruments/{summary['id']}"
    answer = director.get(path)
    instrument = answer.json()
    assert {name: instrument[name] for name in summary} == summary
    items = [item for dimension in instrument["dimensions"] for item in dimension["items"]]
    assert len(instrument["dimensions"]) == 8 and [item["key"] for item in items] == people.ITEMS and len(instrument["levels"]) == 5
    assert all(len(dimension["anchors"]) == 5 for dimension in instrument["dimensions"])
    assert {term for item in items for term in item["terms"]} == {term["key"] for term in instrument["terms"]}
    same = director.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert same.status_code == 304 and same.content == b""


def test_the_questionnaires_are_for_those_who_run_and_read_rounds(lillby, administrator):
    path = f"/instruments/{lillby.api.ok('GET', '/instruments')['items'][0]['id']}"
    assert problem(administrator.get("/instruments")) == (403, "forbidden")
    assert problem(administrator.get(path)) == problem(lillby.api.get(f"/instruments/{NOBODY}")) == (404, "not-found")
    assert problem(lillby.api.as_holder_of(None).get(path)) == (401, "not-signed-in")
