# Restores a backup into a scratch database and looks whether it holds what was dumped. Safe to repeat.

clean() { drop_scratch && rm -f "$base".drill.*; }

# give_up MESSAGE
give_up() {
  if clean; then
    report changed false
    fail "$1"
  fi
  fail "$1; the scratch database $scratch could not be dropped"
}

restoring() {
  { gzip -dc "$file" 2>&3 || echo "=gzip $?" >&3; } | { load 2>&3 || echo "=load $?" >&3; }
}
looking() {
  { dump "$scratch" 2>&3 || echo "=dump $?" >&3; } | { note "$base.drill" 2>&3 || echo "=note $?" >&3; }
}

# difference: of the first table that is not as it was
difference() {
  awk -F '\t' '
    NR == FNR { rows[$1] = $2; sum[$1] = $3; next }
    { seen[$1] = 1 }
    !($1 in rows) { print "the table " $1 " is there, which was not dumped"; exit }
    rows[$1] != $2 { print "the table " $1 " has " $2 " rows, " rows[$1] " were dumped"; exit }
    sum[$1] != $3 { print "the content of " $1 " is not what was dumped"; exit }
    END { for (name in rows) if (!(name in seen)) { print "the table " name " is missing"; exit } }
  ' "$base.tables" "$base.drill.tables" | head -n 1
}

report changed false
report backup "$id"
directory_there
for part in "$file" "$file.sha256" "$base.tables" "$base.info"; do
  [ -f "$part" ] || fail "there is no $part on this host"
done
noted=$(cut -c 1-64 "$file.sha256")
is=$(digest "$file")
[ "$is" = "$noted" ] || fail "$file is damaged: its SHA-256 is $is, but it was $noted when it was written"
[ "$(digest "$base.tables")" = "$(sed -n 's/^digest=//p' "$base.info" | head -n 1)" ] ||
  fail "$base.tables is damaged: it is not what was noted when the backup was made"
ready
size_kib=$(data_kib) || fail "cannot tell how large $database is"
place=$(data_directory)
[ ! -d "$place" ] || room "$place" $((size_kib * 5 / 4 + 1024)) "a scratch database"
report changed true
create_scratch || give_up "cannot make the scratch database $scratch"
began=$(seconds)
stages restoring || give_up "$file cannot be restored: $(last_words)"
took=$(($(seconds) - began))
stages looking || give_up "cannot look at what was restored: $(last_words)"
listed "$base.drill" || give_up "cannot write to $directory"
if ! cmp -s "$base.tables" "$base.drill.tables"; then give_up "what was restored from $file is not what was dumped: $(difference)"; fi
counted "$base.tables"
clean || fail "the scratch database $scratch could not be dropped"
report changed false
printf 'verified=%s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" >>"$base.info" || fail "cannot write to $base.info"
report seconds "$took"
report tables "$tables"
report rows "$rows"
succeed "restored into a scratch database in $took s: $tables tables with $rows rows are what was dumped"
