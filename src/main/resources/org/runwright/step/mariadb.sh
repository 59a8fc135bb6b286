# MariaDB and MySQL, by their own clients. Without a file of credentials: as root through the server's socket.
client() {
  program=$1
  shift
  "$program" ${credentials:+"--defaults-extra-file=$credentials"} "$@"
}
sql() { client "$sql_client" --connect-timeout=20 --batch --skip-column-names "$@"; }

ready() {
  credentials_safe
  sql_client=$(first_of mariadb mysql) && dump_client=$(first_of mariadb-dump mysqldump) ||
    fail 'this host has no clients of MariaDB or MySQL: install the package mariadb-client or mysql-client'
  found=$(sql -e "SELECT SCHEMA_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = '$database'" 2>&1 | tail -n 1)
  [ "$found" = "$database" ] || fail "cannot see the database $database on this host${found:+: $found}"
}

# consistent: a single transaction sees one state of transactional tables only
consistent() {
  others=$(sql -e "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = '$database'
    AND TABLE_TYPE = 'BASE TABLE' AND ENGINE <> 'InnoDB' LIMIT 5") ||
    fail "cannot list the tables of $database"
  [ -z "$others" ] ||
    fail "not every table of $database knows transactions, so no dump of it is consistent: $(echo $others); ALTER TABLE … ENGINE=InnoDB helps"
}

data_kib() {
  sql -e "SELECT COALESCE(ROUND(SUM(DATA_LENGTH + INDEX_LENGTH) / 1024), 0) FROM information_schema.TABLES
    WHERE TABLE_SCHEMA = '$database'"
}
data_directory() { sql -e 'SELECT @@datadir'; }

# dump DATABASE: one transaction, row by row, one INSERT each so that rows can be counted; ordered, so that two dumps
# of the same data are the same
dump() {
  gtid=
  case $("$dump_client" --help 2>/dev/null) in *set-gtid-purged*) gtid=--set-gtid-purged=OFF ;; esac
  client "$dump_client" --single-transaction --quick --skip-extended-insert --no-autocommit --order-by-primary \
    --hex-blob --routines --triggers --events --default-character-set=utf8mb4 --skip-dump-date --no-tablespaces \
    $gtid "$1"
}

# note BASE: hands the dump on and notes its tables; fails if the dump is not whole
note() {
  : >"$1.names" && : >"$1.sums" || return 1
  note_names=$1.names note_sums=$1.sums awk '
    function finish() {
      if (!open) return
      close(sum)
      printf "%s\t%.0f\n", name, rows >ENVIRON["note_names"]
      open = 0
    }
    BEGIN { sum = "sha256sum >>\"$note_sums\"" }
    { print }
    /^-- (Table|Temporary|Final|Sequence|Dumping events|Dumping routines|Dump completed)/ { finish() }
    /^-- Table structure for table `/ {
      name = $0
      sub(/^-- Table structure for table `/, "", name)
      sub(/`$/, "", name)
      open = 1
      rows = 0
    }
    /^DELIMITER ;;$/ { code = 1 }
    open && !code && $0 != "" && !/^(--|DELIMITER |ALTER DATABASE |\/\*!50003 )/ { print | sum } # no triggers
    /^DELIMITER ;$/ { code = 0 }
    open && /^INSERT INTO / { rows++ }
    { whole = /^-- Dump completed/ || whole && $0 == "" }
    END { finish(); exit whole ? 0 : 3 }
  '
}

# unlogged: what happens in a scratch database is not sent to replicas
unlogged() {
  if [ "$(sql -e 'SELECT @@log_bin')" = 1 ]; then set -- '--init-command=SET SESSION sql_log_bin=0' "$@"; fi
  sql "$@"
}
create_scratch() {
  like=$(sql -e "SELECT CONCAT(' CHARACTER SET ', DEFAULT_CHARACTER_SET_NAME, ' COLLATE ', DEFAULT_COLLATION_NAME)
    FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = '$database'") &&
    unlogged -e "DROP DATABASE IF EXISTS \`$scratch\`; CREATE DATABASE \`$scratch\`$like"
}
# load: triggers, routines and events stay out: their text may name the original database, and events would run twice
load() {
  awk '
    /^-- Dumping events/ { events = 1 }
    /^-- (Dumping routines|Final|Temporary|Dump completed)/ { events = 0 }
    /^DELIMITER ;;$/ { code = 1 }
    !events && !code && !/^(\/\*!50003 )?ALTER DATABASE / && !/^DELIMITER ;$/ { print }
    /^DELIMITER ;$/ { code = 0 }
  ' | unlogged "$scratch"
}
drop_scratch() { unlogged -e "DROP DATABASE IF EXISTS \`$scratch\`"; }
