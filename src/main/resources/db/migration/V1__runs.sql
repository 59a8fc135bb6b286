create table run (
  id               varchar(40)  not null primary key,
  runbook          varchar(100) not null,
  title            varchar(300) not null,
  process          varchar(255) not null,
  process_instance varchar(64),
  state            varchar(20)  not null,
  inputs           text         not null,
  reason           varchar(2000),
  requested_by     varchar(255) not null,
  requested_at     timestamp with time zone not null,
  started_at       timestamp with time zone,
  ended_at         timestamp with time zone,
  deadline         timestamp with time zone not null,
  locks            text         not null,
  waits_for        varchar(2000),
  message          text,
  cancelled_by     varchar(255),
  end_state        varchar(20),
  idempotency_key  varchar(255),
  request_hash     varchar(64)  not null,
  feed_seq         bigint       not null,
  constraint run_idempotency unique (requested_by, idempotency_key)
);
create index run_newest on run (requested_at desc, id desc);
create index run_state on run (state, requested_at);
create index run_instance on run (process_instance);

create table run_lock (
  name   varchar(200) not null primary key,
  run_id varchar(40)  not null references run (id)
);

create table run_step (
  id              varchar(64)  not null primary key,
  run_id          varchar(40)  not null references run (id),
  seq             integer      not null,
  element         varchar(255) not null,
  place           varchar(64)  not null,
  attempt         integer      not null,
  execution       varchar(64)  not null,
  kind            varchar(100) not null,
  title           varchar(500) not null,
  host            varchar(255) not null,
  service         varchar(255),
  level_no        integer,
  state           varchar(20)  not null,
  prepared        text         not null,
  undo_of         varchar(64),
  undone          boolean      not null,
  awaits_person   boolean      not null,
  ending          boolean      not null,
  changed         boolean,
  exit_code       integer,
  signal          varchar(20),
  message         text,
  result_values   text,
  requested_at    timestamp with time zone not null,
  started_at      timestamp with time zone,
  ended_at        timestamp with time zone,
  out_bytes       bigint       not null,
  err_bytes       bigint       not null,
  constraint run_step_order unique (run_id, seq),
  constraint run_step_place unique (run_id, place, attempt)
);
create index run_step_execution on run_step (execution);
create index run_step_state on run_step (state, ending);

create table run_feed (
  run_id  varchar(40) not null references run (id),
  seq     bigint      not null,
  type    varchar(20) not null,
  step_id varchar(64),
  body    text        not null,
  at      timestamp with time zone not null,
  primary key (run_id, seq)
);
create index run_feed_step on run_feed (step_id, seq);

-- Who takes locks holds this row, so that locks are given in the order of arrival.
create table run_gate (id integer not null primary key);
insert into run_gate (id) values (1);
