-- Ids of runs sort by time: every index that a list may walk ends with the id, newest first.
drop index run_newest;
drop index run_state;
create index run_by_state on run (state, id desc);
create index run_by_runbook on run (runbook, id desc);
create index run_by_person on run (requested_by, id desc);
-- Holds all that a list filters by, for combinations that none of the above narrows enough.
create index run_by_all on run (id desc, state, runbook, requested_by, requested_at);

-- The words of runs that have ended.
create table run_term (
  term   varchar(100) not null,
  run_id varchar(40)  not null references run (id) on delete cascade
);
create unique index run_term_newest on run_term (term, run_id desc);
create index run_term_run on run_term (run_id);
