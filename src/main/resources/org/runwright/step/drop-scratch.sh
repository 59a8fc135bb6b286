# Drops what a drill may have left behind.
report changed false
ready
drop_scratch || fail "the scratch database $scratch could not be dropped"
report changed true
[ ! -d "$directory" ] || rm -f "$base".drill.* || fail "cannot remove $base.drill.*"
succeed "no scratch database is left"
