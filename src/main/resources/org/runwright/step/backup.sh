# One backup of a database. NAME is SERVICE-ID in the directory of backups:
#   NAME.sql.gz          the dump, SQL, compressed; NAME.sql.gz.sha256 beside it, as sha256sum -c reads it
#   NAME.tables          of each table: name, rows, SHA-256 of its part of the dump, separated by tabs
#   NAME.info            what else is known, key=value
# What is not whole has .part in its name, what a drill leaves behind .drill.
# The part of the database's kind gives ready, data_kib, data_directory, dump, note, create_scratch, load, drop_scratch.
service=$1 database=$2 credentials=$3 directory=$4 id=$5
base=$directory/$service-$id file=$directory/$service-$id.sql.gz
scratch=runwright_drill_$(printf %s "$id" | tr -c 'A-Za-z0-9' _)
umask 077
cd /

# directory_there: a folder that is missing is more likely a disk that is not mounted than one nobody made
directory_there() {
  [ -d "$directory" ] ||
    fail "there is no directory $directory on this host: mount or make it, or correct backup.directory in services.yml"
}

credentials_safe() {
  [ -n "$credentials" ] || return 0
  [ -r "$credentials" ] || fail "cannot read the credentials in $credentials on this host"
  [ -z "$(find -L "$credentials" -prune -perm -004)" ] ||
    fail "everybody on this host can read the credentials in $credentials: chmod o= $credentials"
}

# first_of PROGRAM…: the first one that is installed
first_of() {
  for program; do
    if command -v "$program" >/dev/null; then
      printf '%s\n' "$program"
      return
    fi
  done
  return 1
}

# free_kib PATH
free_kib() {
  df -kP "$1" | awk 'NR == 2 { for (i = NF; i > 1; i--) if ($i ~ /%$/) { print $(i - 1); exit } }'
}

# room PATH KIB FOR-WHAT
room() {
  free=$(free_kib "$1")
  [ "${free:-0}" -ge "$2" ] ||
    fail "too little space in $1 for $3: $((${free:-0} / 1024)) MiB are free, about $(($2 / 1024 + 1)) MiB are wanted; nothing was written"
}

seconds() { read -r up idle </proc/uptime && printf '%s\n' "${up%%.*}"; }
digest() { sha256sum <"$1" | cut -c 1-64; }

# stages: runs the pipeline of the function given, whose stages speak to descriptor 3, and say "=NAME CODE" there when
# they fail. Sets said, what they had to say.
stages() {
  said=$({ "$@" >/dev/null; } 3>&1)
  printf '%s\n' "$said" | grep -v '^=' >&2
  [ -z "$(printf '%s\n' "$said" | grep '^=')" ]
}
# ended STAGE: its exit code if it failed
ended() { printf '%s\n' "$said" | sed -n "s/^=$1 //p" | head -n 1; }
last_words() { printf '%s\n' "$said" | grep -v '^=' | tail -n 1 | cut -c 1-300; }

# listed BASE: makes BASE.tables of what the note left
listed() {
  paste "$1.names" "$1.sums" | awk -F '\t' '{ print $1 "\t" $2 "\t" substr($3, 1, 64) }' | sort >"$1.tables" &&
    rm -f "$1.names" "$1.sums"
}
# counted FILE: sets tables, rows and largest
counted() {
  tables=$(awk -F '\t' '$1 !~ /^[(]/' "$1" | wc -l | tr -d ' ')
  rows=$(awk -F '\t' '$1 !~ /^[(]/ { sum += $2 } END { printf "%.0f", sum }' "$1")
  largest=$(awk -F '\t' '$1 !~ /^[(]/ { print $2 " " $1 }' "$1" | sort -rn | head -n 20 | tr '\n' ';')
}
