-- Definer functions are owned by roles that can do just what the function does: never by a superuser or the tables' owner,
-- and never by a role that a request may enter, which could change them.

grant ng_gate, ng_addresses, ng_ballots, ng_steward, ng_sorter, ng_counter, ng_reminder, ng_reader, ng_registry, ng_scribe to current_user;
grant create on schema app to ng_gate, ng_addresses, ng_ballots, ng_steward, ng_sorter, ng_counter, ng_reminder, ng_reader, ng_registry, ng_scribe;

alter function app.enter_member(uuid, bytea, timestamptz, timestamptz, text[], text[], integer) owner to ng_gate;
alter function app.enter_participant(uuid, uuid, integer) owner to ng_gate;
alter function app.enter_operator(bytea, timestamptz, timestamptz, integer) owner to ng_gate;
alter function app.revoke_sessions(uuid, timestamptz) owner to ng_gate;
alter function app.name_person(uuid, text) owner to ng_addresses;
alter function app.forget_person(text) owner to ng_addresses;
alter function app.make_invitation_link(uuid, text, timestamptz, timestamptz) owner to ng_addresses;
alter function app.link_address(uuid) owner to ng_addresses;
alter function app.link_end(uuid) owner to ng_addresses;
alter function app.recent_registrations(text, timestamptz) owner to ng_addresses;
alter function app.change_address(uuid, uuid, timestamptz) owner to ng_addresses;
alter function app.recent_join_requests(text, timestamptz) owner to ng_addresses;
alter function app.hand_out(uuid) owner to ng_ballots;
alter function app.set_open(uuid, boolean) owner to ng_ballots;
alter function app.open_at_its_time(uuid, timestamptz) owner to ng_ballots;
alter function app.reseat(uuid, text, text, text) owner to ng_ballots;
alter function app.delete_answers_of_round(uuid) owner to ng_ballots;
alter function app.move_round(uuid, text, timestamptz, timestamptz) owner to ng_steward;
alter function app.remove_seat(uuid) owner to ng_steward;
alter function app.miss_opening(uuid, timestamptz) owner to ng_steward;
alter function app.invite_seats(uuid, uuid[], boolean, timestamptz) owner to ng_steward;
alter function app.sheets_by_branch(uuid) owner to ng_sorter;
alter function app.count_submitted(uuid) owner to ng_counter;
alter function app.waiting_seats(uuid, timestamptz) owner to ng_reminder;
alter function app.published_cells(text, integer) owner to ng_reader;
alter function app.set_diary_number(uuid, text) owner to ng_registry;
alter function app.delete_instrument(uuid, timestamptz) owner to ng_scribe;
alter function app.publish_comments(uuid) owner to ng_scribe;
alter function app.delete_comment(uuid, uuid, timestamptz) owner to ng_scribe;

revoke create on schema app from ng_gate, ng_addresses, ng_ballots, ng_steward, ng_sorter, ng_counter, ng_reminder, ng_reader, ng_registry, ng_scribe;
