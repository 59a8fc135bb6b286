report changed false
holder=$(owner_of "$lock")
[ -n "$holder" ] || succeed 'the host is not locked'
[ "$holder" = "$owner" ] || fail "left locked: the lock belongs to run $holder, not to this one"
report changed unknown
rm -f "$lock" && ! [ -e "$lock" ] || fail "left locked: cannot remove $lock"
report changed true
rmdir "$state" 2>/dev/null
succeed 'unlocked'
