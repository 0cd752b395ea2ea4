-- A member's own affairs: another address, and going from one of his councils to another.

-- He asks for the change of his own address; the one who follows the link that was sent there makes it.
grant select, insert (municipality_id, id, member_id, former_address, address, created_at, expires_at), update (ended_at) on app.address_changes to ng_member;
create policy member_reads on app.address_changes for select to ng_member using (municipality_id = app.municipality() and member_id = app.member());
create policy member_asks on app.address_changes for insert to ng_member with check (municipality_id = app.municipality() and member_id = app.member());
create policy member_replaces on app.address_changes for update to ng_member
  using (municipality_id = app.municipality() and member_id = app.member() and ended_at is null)
  with check (municipality_id = app.municipality() and member_id = app.member() and ended_at is not null);

-- Makes the change: the member's address, who may sign in, and the end of his sessions. False if it is void. Posts and seats keep theirs.
create or replace function app.change_address(change uuid, new_person uuid, at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare it app.address_changes;
begin
  update app.address_changes c set ended_at = at
   where c.municipality_id = app.municipality() and c.id = change and c.ended_at is null and c.expires_at > at
   returning * into it;
  if not found then
    return false;
  end if;
  update app.members m set address = it.address
   where m.municipality_id = app.municipality() and m.id = it.member_id and m.address = it.former_address and m.left_at is null;
  if not found then
    return false;
  end if;
  perform app.forget_person(it.former_address);
  perform app.name_person(new_person, it.address);
  perform app.revoke_sessions(it.member_id, at);
  return true;
end $$;
grant execute on function app.change_address(uuid, uuid, timestamptz) to ng_sign_in;
grant execute on function app.revoke_sessions(uuid, timestamptz) to ng_addresses;
grant select, update (ended_at) on app.address_changes to ng_addresses;
create policy addresses_reads on app.address_changes for select to ng_addresses using (municipality_id = app.municipality());
create policy addresses_ends on app.address_changes for update to ng_addresses
  using (municipality_id = app.municipality() and ended_at is null) with check (municipality_id = app.municipality() and ended_at is not null);
grant select (municipality_id, id, address, left_at), update (address) on app.members to ng_addresses;
create policy addresses_reads on app.members for select to ng_addresses using (municipality_id = app.municipality());
create policy addresses_changes on app.members for update to ng_addresses
  using (municipality_id = app.municipality() and left_at is null) with check (municipality_id = app.municipality());

grant select, delete on app.address_changes to ng_worker;
create policy worker_reads on app.address_changes for select to ng_worker using (municipality_id = app.municipality());
create policy worker_forgets on app.address_changes for delete to ng_worker using (municipality_id = app.municipality());
