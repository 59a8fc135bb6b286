about=$1
report changed false
need_state
if [ "$(owner_of "$lock")" = "$owner" ]; then
  succeed 'this run holds the lock of the host already'
fi
mine=$lock.$$
trap 'rm -f "$mine"' EXIT
printf '%s\n%s\n' "$owner" "$about" >"$mine" || fail "cannot write $mine: is the disk full?"
# A link is made only where no file is: of two runs at one moment one gets it.
if ln "$mine" "$lock" 2>/dev/null; then
  report changed true
  succeed "locked for run $owner"
fi
holder=$(owner_of "$lock")
fail "run ${holder:-unknown} has locked this host ($(sed -n 2p "$lock" 2>/dev/null)); wait for its end, or, if there is no such run any more, remove $lock on the host"
