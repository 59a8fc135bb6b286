-- The steps that a server has to drive: one row each from the time it is written until it has ended. Small whatever the
-- journal holds, because finished steps have none.
create table step_queue (
  step_id      varchar(64) not null primary key references run_step (id),
  run_id       varchar(40) not null,
  seq          integer     not null,
  -- empty: at once
  due_at       timestamp with time zone,
  leased_by    varchar(255),
  leased_until timestamp with time zone,
  -- a higher number for each lease: who holds an older one is told so when it writes
  fence        bigint      not null,
  -- its outcome was unknown and a person asked for another try
  reopened     boolean     not null
);
create index step_queue_worker on step_queue (leased_by);

-- The engine's task that ends with the step, or with the last one of several.
alter table run_step add task varchar(64);
-- The server that drove it last.
alter table run_step add node varchar(255);
-- Pauses before further attempts, as the model declares them; empty: the default.
alter table run_step add retry_pauses varchar(2000);

insert into step_queue (step_id, run_id, seq, fence, reopened)
  select id, run_id, seq, 0, false from run_step where state in ('PENDING', 'RUNNING');
