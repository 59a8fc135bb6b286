-- Which bytes of its stream on the host a row of output holds, from (with) and to (without); none for other events.
alter table run_feed add column from_byte bigint;
alter table run_feed add column to_byte bigint;
-- Output is text of bounded length: large objects cost far more on H2. 'body' stays for events.
alter table run_feed add column output varchar(200000);
alter table run_feed alter column body drop not null;
-- So that H2 too reads the end of a long output without sorting all of it: it walks no index backwards.
create index run_feed_end on run_feed (step_id, seq desc);
drop index run_feed_step;
create index run_feed_bytes on run_feed (step_id, from_byte);

-- Bytes of the middle that were left out, because the step wrote more than is kept.
alter table run_step add column out_left_out bigint default 0 not null;
alter table run_step add column err_left_out bigint default 0 not null;

alter table run add column output_deleted boolean default false not null;
create index run_ended on run (ended_at);
