# Writes one backup. Safe to repeat: one that is whole stays, what is half made is made anew.
expected_kib=$6

# told: what is known of the backup, for the result and the file beside it
told() {
  counted "$1.tables"
  for pair in "path=$file" "bytes=$(wc -c <"$2" | tr -d ' ')" "sha256=$sum" "seconds=$took" "tables=$tables" \
    "rows=$rows" "digest=$(digest "$1.tables")" "largest=$largest"; do
    printf '%s\n' "$pair"
  done
}

tell() {
  while IFS= read -r line; do report "${line%%=*}" "${line#*=}"; done <"$1"
  report changed true
  succeed "$service is dumped to $file"
}

# give_up MESSAGE
give_up() {
  if rm -f "$file.part" "$base".part.* && ! [ -e "$file.part" ]; then
    report changed false
    fail "$1; nothing of it was kept"
  fi
  fail "$1; $file.part could not be removed"
}

pipeline() {
  { dump "$database" 2>&3 || echo "=dump $?" >&3; } |
    { note "$base.part" 2>&3 || echo "=note $?" >&3; } |
    { gzip -c 2>&3 >"$file.part" || echo "=gzip $?" >&3; }
}

# why: the last stage that failed knows best, as those before it only lost their reader
why() {
  left=$(free_kib "$directory")
  if [ "${left:-1}" -lt 64 ]; then
    echo "the disk of $directory is full"
  elif [ -n "$(ended gzip)" ]; then
    echo "the dump could not be written to $directory: $(last_words)"
  elif [ "$(ended dump)" ] && [ "$(ended dump)" -gt 128 ]; then
    echo "the dump of $database was killed by the signal $(kill -l "$(ended dump)" 2>/dev/null || ended dump)"
  elif [ -n "$(ended dump)" ]; then
    echo "the dump of $database failed: $(last_words)"
  else
    echo "the dump of $database is not whole (its last line is missing)"
  fi
}

report changed false
report backup "$id"
directory_there
if [ -f "$file" ] && [ -f "$base.info" ]; then tell "$base.info"; fi
ready
consistent
size_kib=$(data_kib) || fail "cannot tell how large $database is"
if [ "$expected_kib" -gt 0 ]; then wanted=$((expected_kib * 5 / 4)); else wanted=$((size_kib / 2)); fi
room "$directory" $((wanted + 1024)) "a dump of $database"
rm -f "$file.part" "$base".part.*
report changed unknown
began=$(seconds)
stages pipeline || give_up "$(why)"
listed "$base.part" || give_up "cannot write to $directory"
took=$(($(seconds) - began))
sync "$file.part" 2>/dev/null || sync
sum=$(digest "$file.part")
{ printf '%s  %s\n' "$sum" "${file##*/}" >"$base.part.sha256" && told "$base.part" "$file.part" >"$base.part.info"; } ||
  give_up "cannot write to $directory"
sync "$base".part.* 2>/dev/null || sync
mv "$base.part.tables" "$base.tables" && mv "$base.part.info" "$base.info" &&
  mv "$base.part.sha256" "$file.sha256" && mv "$file.part" "$file" || give_up "cannot rename in $directory"
sync "$directory" 2>/dev/null || sync
tell "$base.info"
