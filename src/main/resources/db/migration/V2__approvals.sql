create table approval (
  id         varchar(64)  not null primary key,
  run_id     varchar(40)  not null references run (id),
  people_groups varchar(1000) not null,
  quorum     integer      not null,
  four_eyes  boolean      not null,
  plan_text  text         not null,
  since_at   timestamp with time zone not null,
  until_at   timestamp with time zone not null,
  waiting    boolean      not null
);
create index approval_open on approval (waiting, since_at);
create index approval_run on approval (run_id);

create table approval_decision (
  run_id   varchar(40)  not null references run (id),
  person   varchar(255) not null,
  decision varchar(10)  not null,
  comment  varchar(2000),
  at       timestamp with time zone not null,
  primary key (run_id, person)
);
