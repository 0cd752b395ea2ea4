#!/usr/bin/env bash
# A year of a council, by curl over the documented API, with a clock that is moved: from its registration to what has changed between two rounds.
#
#     docs/year.sh
#
# It needs curl 7.82 or later, jq, and the program that deploy/run or deploy/test has built. It starts servers of its own, one for each day of the year, on data
# that are gone when it ends. What is printed are the answers, a line each, in short.
. "$(dirname "$0")/../deploy/lib.sh"
nyttograd=${NYTTOGRAD_BINARY:-$(program)}; unset NYTTOGRAD_BINARY
folder=$(mktemp -d) server=
chmod 711 "$folder"  # the database's own user must come through

# ---- The clock, and what is said over HTTP

# From now on it is that time. The service was down until then.
at() {
    stop
    say "$1"
    rm -f "$folder/said"; touch "$folder/said"
    NYTTOGRAD_DATA=$folder/data NYTTOGRAD_LISTEN=127.0.0.1:0 "$nyttograd" serve --empty --now "$1" >>"$folder/said" 2>>"$folder/log" &
    server=$!
    until address=$(grep -om1 'http://[0-9.:]*' "$folder/said"); do
        kill -0 $server || { cat "$folder/log" >&2; exit 1; }
        sleep 0.1
    done
    API=$address/api/v1
}
stop() { if [ "$server" ]; then kill $server 2>/dev/null && wait $server || true; fi; server=; }
trap 'stop; rm -rf "$(readlink -f "$folder/data/postgres")" "$folder"' EXIT

# METHOD PATH [BODY]: the answer to a call by the holder of $TOKEN; one that is refused ends the script.
call() { curl -sS --fail-with-body -X "$1" "$API$2" ${TOKEN:+-H "Authorization: Bearer $TOKEN"} ${3:+--json "$3"}; }
# The same of a call that must be refused: why.
refused() { if call "$@" >"$folder/refusal" 2>/dev/null; then echo "$* was not refused" >&2; exit 1; fi; jq -c '{type: (.type | split("/") | last), errors}' "$folder/refusal"; }
# Asks again until a jq condition holds of what a path gives.
await() { until call GET "$1" | jq -e "$2" >"$folder/awaited"; do sleep 0.1; done; }

# The mails to somebody, the oldest first; the tokens of the links in them that lead to a kind of page (r registers, s signs in, e answers).
mails() { grep -lsiE "^To:.*[< ]$1@$domain" "$folder"/data/mail/*.eml | sort; }
tokens() { mails "$2" | xargs -r cat | tr -d '\r' | sed -z 's/=\n//g' | grep -oE "/$1/[A-Za-z0-9_-]{67}" | cut -c 4- || true; }
# The newest of the tokens, once there are so many.
token() { until [ "$(tokens "$1" "$2" | wc -l)" -ge "${3:-1}" ]; do sleep 0.1; done; tokens "$1" "$2" | tail -n 1; }
# How many mails to somebody remind, in Swedish or English.
reminders() { mails "$1" | xargs -r grep -hE '^Subject: (=\?utf-8\?Q\?P=C3=A5minnelse|A reminder)' | wc -l; }

# Alva asks for another link, and signs in by it: her session has ended since she was last here.
sign_in() {
    local had
    had=$(tokens s alva.ek | wc -l) TOKEN=
    call POST /sign-in-links '{"address": "alva.ek@'$domain'"}' >/dev/null
    TOKEN=$(call POST /sessions '{"token": "'"$(token s alva.ek $((had + 1)))"'"}' | jq -r .token)
}
# Somebody by the newest personal link, once there are so many: all 32 statements at once, in a way of one's own (a number), and in.
answer() {
    local TOKEN
    TOKEN=$(token e "$1" "${3:-1}")
    call PATCH /participation/answers "$(jq -nc --argjson n "$2" '{answers: [range(32) | {
        key: "d\(. / 4 | floor + 1).\(. % 4 + 1)", value: {current: ((. + $n) % 3 + 1), desired: ((. + $n) % 2 + 4)}}] | from_entries}')" >/dev/null
    call PUT /participation/submission | jq -c '{submitted}' >/dev/null
}
# Fixes the round with the count that was just seen, and waits until the worker has done it.
fix() {
    call POST "$ROUND/fixing" "$(call GET "$ROUND/response-count" | jq -c '{submitted}')" >/dev/null
    await "$ROUND" '.state == "fixed"'
}
# The report is kept, as a page and as data, and computed once more without the server.
keep() {
    call GET "$ROUND/report" >"$folder/report.json"
    call GET "$ROUND/report/page?language=sv" | jq -rj .html >"$folder/report.html"
    for file in "$folder"/report.{json,html}; do "$nyttograd" verify-report "$file"; done
}

domain=demo14.example
contract='{"k": 5, "controller": "Kommunstyrelsen", "audiences": ["participants", "council", "anonymous-statistics"], "comments": true,
    "purpose": "Underlag för en handlingsplan", "retention": "Svaren raderas när omgången fastställs", "disposalDecision": "KS 2026/124", "contact": "ombud@'$domain'"}'
# TITLE TARGETYEAR CLOSES
plan() {
    ROUND=/rounds/$(call POST /rounds '{"title": "'"$1"'", "instrumentId": "'"$(call GET /instruments | jq -r '.items[0].id')"'", "targetYear": '$2', "closesAt": "'$3'",
        "ordererName": "Kim Falk", "ordererTitle": "Kvalitetsdirektör", "runnerName": "Alva Ek", "runnerTitle": "E-strateg"}' | jq -r .id)
    call PUT "$ROUND/contract" "$contract" >/dev/null
}

# ---- Late in November the council comes in, and prepares a round

at 2026-11-30T08:00:00Z
org=$(call GET '/municipalities?search=9914' | jq -r '.items[0].orgNr')
call POST /registrations '{"municipalityCode": "9914", "orgNr": "'"$org"'", "name": "Alva Ek", "address": "alva.ek@'$domain'", "function": "e-strategist",
    "language": "sv", "termsAccepted": true, "termsVersion": "2026-11"}' >/dev/null
TOKEN=$(call POST /registration-verifications '{"token": "'"$(token r alva.ek)"'"}' | jq -r .session.token)
call GET /session | jq -c '{name: .member.name, roles: .member.roles}'
call POST /agreements '{"controller": "Kommunstyrelsen", "version": "1.0", "signedOn": "2026-11-20", "signatoryName": "Eva Berg", "signatoryTitle": "Kommundirektör",
    "diaryNumber": "KS 2026/123"}' >/dev/null

# Bo is away until February, and Dag stands in for him.
bo=$(call POST /posts '{"function": "it-director", "holderName": "Bo Lind", "holderAddress": "bo.lind@'$domain'", "holderLanguage": "sv"}' | jq -r .id)
call POST "/posts/$bo/deputies" '{"name": "Dag Holm", "address": "dag.holm@'$domain'", "language": "sv", "fromDay": "2026-11-30", "toDay": "2027-01-31"}' >/dev/null

plan "Vintern 2027" 2029 2027-01-08T16:00:00Z
call PATCH "$ROUND" '{"opensAt": "2026-12-14T07:00:00Z"}' | jq -c '{state, opensAt, closesAt}'

# Seven seats from a table, once its second line is mended; and one each for Alva and for Bo's post, which is proposed to Dag.
table="Befattning;Funktion;Del;Namn;E-post;Språk
HR-direktör;hr-director;;Eva Asp;eva.asp;sv
Ekonomidirektör;finance-director;;Ed Reed;ed.reed@$domain;en
Kommunikationsdirektör;communications-director;;Maj Ros;maj.ros@$domain;sv
Kvalitetsdirektör;quality-director;;Kim Falk;kim.falk@$domain;sv
Rektor;programme-area-representative;Lärande;Pia Nord;pia.nord@$domain;sv
Utvecklingsstrateg;development-strategist;;Ulf Kvist;ulf.kvist@$domain;sv
Inköpschef;procurement-director;;Ines Alm;ines.alm@$domain;sv"
seats() { jq -nc --arg table "$1" --argjson confirm "$2" '{$table, $confirm}'; }
refused POST "$ROUND/seat-imports" "$(seats "$table" true)"
call POST "$ROUND/seat-imports" "$(seats "${table/eva.asp;/eva.asp@$domain;}" true)" | jq -c '{done, seats: (.seats | length)}'
call GET "$ROUND/seat-proposals" | jq -c '.proposals[] | {postId} + if .deputy then {deputy: (.deputy | {name, address, language})} else {} end' | while read -r seat; do
    call POST "$ROUND/seats" "$seat" | jq -c '{name, deputy}'
done

# Words of their own, a day of reminders, and a seminar to which everybody is called.
call PATCH "$ROUND/texts" '{"invitation": {"sv": "Din röst behövs.", "en": "Your voice is needed."}, "reminder": {"sv": "Några dagar kvar.", "en": "A few days left."}}' |
    jq -c '{preview: .invitation.preview.en.subject}'
call PUT "$ROUND/reminders" '{"days": ["2027-01-07"]}' | jq -c '{days}'
call PUT "$ROUND/seminar" '{"startsAt": "2026-12-08T10:00:00+01:00", "endsAt": "2026-12-08T11:30:00+01:00", "place": "Stadshuset, rum 1", "link": "",
    "agenda": "Vad nytta är\nHur vi svarar", "materials": [{"title": "Vägledning", "link": "https://bok.example/nytta"}]}' >/dev/null
call POST "$ROUND/seminar/invitations" | jq -c
(TOKEN=$(token e eva.asp); call PUT /participation/seminar '{"attends": true, "note": ""}' >/dev/null)
(TOKEN=$(token e ed.reed); call PUT /participation/seminar '{"attends": false, "note": "I am in Brussels that day."}' >/dev/null)
call GET "$ROUND/seminar/attendances" | jq -c '{coming, notComing, unanswered}'

# ---- In December it opens by itself, and is answered

at 2026-12-15T09:00:00Z
sign_in
await "$ROUND" '.state == "open"'
call GET "$ROUND" | jq -c '{state, openedAt}'
for who in eva.asp dag.holm maj.ros kim.falk; do answer $who ${#who}; done
(TOKEN=$(token e eva.asp); call PUT /participation/comments/d7 '{"text": "Vi mäter för sällan.", "consent": true}' >/dev/null)
call GET "$ROUND/response-count" | jq -c '{submitted, invited}'

# Maj has left, and Carl has her post. Her answers go, which somebody must have read; and he is asked.
call GET '/posts?limit=100' | jq -r '.items[] | select(.holderName == "Maj Ros") | .id' | while read -r post; do
    call PATCH "/posts/$post" '{"holderName": "Carl Sund", "holderAddress": "carl.sund@'$domain'"}' >/dev/null
done
seat=$ROUND/seats/$(call GET "$ROUND/seats?limit=100" | jq -r '.items[] | select(.name == "Maj Ros") | .id')
refused PATCH "$seat" '{"name": "Carl Sund", "address": "carl.sund@'$domain'"}'
call PATCH "$seat" '{"name": "Carl Sund", "address": "carl.sund@'$domain'", "confirmDeletion": true}' | jq -c '{name}'
call POST "$ROUND/invitations" '{}' | jq -c
call GET "$ROUND/response-count" | jq -c '{submitted, invited, oneMore: .oneMore.text.en}'

# ---- In January those who have not submitted are reminded, and the closing is moved a day before it comes

at 2027-01-07T12:00:00Z
sign_in
for who in alva.ek carl.sund ed.reed ines.alm pia.nord ulf.kvist; do until [ "$(reminders $who)" = 1 ]; do sleep 0.1; done; done
for who in eva.asp dag.holm kim.falk maj.ros bo.lind; do [ "$(reminders $who)" = 0 ]; done
call GET "$ROUND/reminders" | jq -c '{days: [.days[].day], reason}'
refused PATCH "$ROUND" '{"closesAt": "2027-01-06T16:00:00Z"}'
call PATCH "$ROUND" '{"closesAt": "2027-01-22T16:00:00Z"}' | jq -c '{closesAt}'
for who in carl.sund pia.nord ulf.kvist; do answer $who ${#who}; done

# ---- It has closed by itself: the result, and what is made of it

at 2027-01-25T08:00:00Z
sign_in
call GET "$ROUND" | jq -c '{state, closedAt}'
fix
call GET "$ROUND/result" | jq -c '{submitted, invited, noSplit, dimensions: [.dimensions[].figures.current]}'
call GET "$ROUND/result/explanations/item.d1.1.current" | jq -c '{value, calculation, rule: .rule.en}'
call GET "$ROUND/comments" | jq -c '{comments: [.. | .text? // empty]}'
call GET "$ROUND/trend" | jq -c '{comparedWith}'

call GET "$ROUND/analysis/draft" | jq -c '{basedOn: 0, dimensions, overall: {sv: "Vi har börjat.", en: "We have begun."}}' >"$folder/analysis"
call POST "$ROUND/analysis/versions" "@$folder/analysis" | jq -c '{version, author}'
call PUT "$ROUND/analysis/publication" '{"version": 1}' >/dev/null
(TOKEN=$(token e ed.reed); call GET /participation/analysis | jq -c '{published: .published.overall.en}')
call GET "$ROUND/plan-draft" | jq -c '.proposals[0] | {dimension, figures: .figures.current, rules: [.actions[].rule]}'

call PATCH "$ROUND" '{"diaryNumber": "KS 2027/12"}' | jq -c '{diaryNumber}'
keep
call PUT "$ROUND/sharing" | jq -c '{shared}'
NYTTOGRAD_DATA=$folder/data "$nyttograd" edition publish --fictional --now 2027-01-25T08:05:00Z
call GET "$ROUND/position" | jq -c '{tooFew}'
call POST "$ROUND/workshop" '{}' | jq -c '{state}'
call POST "$ROUND/conclusion" '{}' | jq -c '{state}'

# ---- A year later the second round, and what has changed

at 2028-01-24T08:00:00Z
sign_in
plan "Vintern 2028" 2030 2028-02-10T16:00:00Z
call GET "$ROUND/seat-proposals" | jq -c '.proposals[] | {postId}' | while read -r seat; do call POST "$ROUND/seats" "$seat" >/dev/null; done
everybody=(alva.ek bo.lind carl.sund ed.reed eva.asp ines.alm kim.falk pia.nord ulf.kvist) had=()
for who in "${everybody[@]}"; do had+=($(tokens e $who | wc -l)); done
call POST "$ROUND/invitations" '{}' | jq -c
call POST "$ROUND/opening" | jq -c '{state}'
for n in "${!everybody[@]}"; do answer "${everybody[n]}" $((n + 1)) $((had[n] + 1)); done
call POST "$ROUND/closing" | jq -c '{state}'
fix
call GET "$ROUND/trend" | jq -c '{before: .comparedWith.submitted, submitted, links: [.dimensions[].items[].link] | unique, changes: [.dimensions[].change.difference.current],
    lines: [.lines[].points | length] | unique}'
call GET "$ROUND/trend" | jq -c '.dimensions[0].items[0] | {pairsBefore, pairsNow}'
keep
jq -c '{previous: .previous.result.round.title}' "$folder/report.json"
say "The year is over"
