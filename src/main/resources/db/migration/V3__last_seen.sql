create table service_last_seen (
  service varchar(255)  not null,
  host    varchar(255)  not null,
  state   varchar(20)   not null,
  message varchar(2000),
  run_id  varchar(40),
  at      timestamp with time zone not null,
  primary key (service, host)
);
create table host_last_seen (
  host      varchar(255) not null primary key,
  reachable boolean      not null,
  message   varchar(2000),
  at        timestamp with time zone not null
);
