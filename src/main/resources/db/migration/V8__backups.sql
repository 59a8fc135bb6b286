-- The catalogue outlives the runs: the id is that of a run, which may be forgotten before its backup.
create table backup (
  id          varchar(60)   not null primary key,
  service     varchar(255)  not null,
  host        varchar(255)  not null,
  kind        varchar(20)   not null,
  path        varchar(1000) not null,
  bytes       bigint        not null,
  sha256      varchar(64)   not null,
  started_at  timestamp with time zone not null,
  duration_ms bigint        not null,
  row_counts  text          not null,
  state       varchar(10)   not null,
  message     varchar(2000),
  verified_at timestamp with time zone,
  drill_ms    bigint
);
create index backup_newest on backup (service, state, started_at desc);
create index backup_by_time on backup (started_at desc);
