# A note that this run has written already stays: the host may have been changed since.
report changed false
need_lock
if [ -s "$note" ]; then
  succeed "$(wc -l <"$note" | tr -d ' ') packages were noted already"
fi
find "$state" -maxdepth 1 -name 'packages-*' -mtime +90 -exec rm -f {} + 2>/dev/null
installed_packages >"$work/now" && [ -s "$work/now" ] || fail 'cannot list the installed packages'
report changed unknown
cp "$work/now" "$note.new" && mv "$note.new" "$note" || fail "cannot write $note: is the disk full?"
report changed true
report packages "$(wc -l <"$note" | tr -d ' ')"
succeed "$(wc -l <"$note" | tr -d ' ') packages noted in $note"
