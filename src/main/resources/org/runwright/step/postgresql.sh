# PostgreSQL, by its own clients. Without a file of credentials: as the host's user postgres through the socket.
client() {
  if [ -n "$credentials" ]; then
    PGSERVICEFILE=$credentials PGSERVICE=runwright PGCONNECT_TIMEOUT=20 "$@"
  elif [ "$(id -u)" = 0 ]; then
    PGCONNECT_TIMEOUT=20 runuser -u postgres -- "$@"
  else
    PGCONNECT_TIMEOUT=20 "$@"
  fi
}
# sql DATABASE: statements from standard input
sql() { client psql --no-psqlrc --quiet --no-align --tuples-only -w -v ON_ERROR_STOP=1 -d "$1"; }

ready() {
  credentials_safe
  first_of psql >/dev/null && first_of pg_dump >/dev/null ||
    fail 'this host has no clients of PostgreSQL: install the package postgresql-client'
  found=$(echo 'SELECT current_database()' | sql "$database" 2>&1 | tail -n 1)
  [ "$found" = "$database" ] || fail "cannot see the database $database on this host${found:+: $found}"
}

consistent() { :; } # every table knows transactions

data_kib() { echo 'SELECT pg_database_size(current_database()) / 1024' | sql "$database"; }
data_directory() { echo 'SHOW data_directory' | sql "$database"; }

# dump DATABASE: one snapshot of all tables
dump() { client pg_dump --format=plain --no-password --no-subscriptions "$1"; }

# note BASE: hands the dump on and notes its tables and, as one, all definitions; fails if the dump is not whole
note() {
  : >"$1.names" && : >"$1.sums" || return 1
  note_names=$1.names note_sums=$1.sums awk '
    function finish(command) {
      close(command)
      printf "%s\t%.0f\n", name, rows >ENVIRON["note_names"]
    }
    BEGIN {
      sum = "sha256sum >>\"$note_sums\""
      rest = sum " " # another command to awk, as it stays open beside the other
    }
    { print }
    copying && $0 == "\\." { finish(sum); copying = 0; next }
    copying { rows++; print | sum; next }
    /^-- Data for Name: / { data = 1 }
    data && /^COPY / {
      name = $0
      sub(/^COPY /, "", name)
      sub(/ [(].*$/, "", name)
      data = 0
      copying = 1
      rows = 0
      print | sum
      next
    }
    /^-- PostgreSQL database dump complete$/ { whole = 1 }
    /^--/ || /^\\(un)?restrict / || $0 == "" { next } # what differs from dump to dump
    { print | rest; defined = 1 }
    END {
      if (defined) { name = "(definitions)"; rows = 0; finish(rest) }
      exit whole ? 0 : 3
    }
  '
}

create_scratch() {
  drop_scratch &&
    printf '%s\n' "SELECT format('CREATE DATABASE %I TEMPLATE template0 ENCODING %L LC_COLLATE %L LC_CTYPE %L',
      '$scratch', pg_encoding_to_char(encoding), datcollate, datctype) FROM pg_database
      WHERE datname = current_database() \\gexec" | sql "$database"
}
load() { sql "$scratch"; }
drop_scratch() {
  printf '%s\n' 'SET client_min_messages = warning;' "DROP DATABASE IF EXISTS \"$scratch\";" | sql "$database"
}
