what=$1
shift
report changed false
need_lock
[ -s "$note" ] || fail "the versions before are not noted in $note"
packages_mend || fail 'the package manager cannot finish what was begun before; see the output'
update_lists || fail 'the package lists cannot be fetched; see the output'
report changed unknown
updated=yes
case $what in
  all) update_all || updated=no ;;
  security) update_security || updated=no ;;
  packages) update_named "$@" || updated=no ;;
esac
compare "$note"
count=$(wc -l <"$work/new" | tr -d ' ')
report packages "$count"
report versions "$(head -n 20 "$work/new" | tr '\n' ',')"
if [ -s "$work/gone" ] || [ -s "$work/new" ]; then report changed true; else report changed false; fi
echo 'before:' && cat "$work/gone" && echo 'now:' && cat "$work/new"
[ "$updated" = yes ] || fail 'the update failed; see the output'
[ "$count" != 0 ] || succeed 'nothing was to be updated'
succeed "$count packages updated: $(head -n 5 "$work/new" | tr '\n' ',')"
