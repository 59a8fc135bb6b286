report changed false
need_lock
[ -s "$note" ] || fail "the versions before are not noted in $note"
packages_mend || echo 'the package manager cannot finish what was begun before' >&2
compare "$note"
if ! [ -s "$work/gone" ] && ! [ -s "$work/new" ]; then succeed 'the packages are those of before'; fi
report changed unknown
put_back "$work/gone" "$work/new" || echo 'the package manager failed' >&2
compare "$note"
report changed true
if [ -s "$work/gone" ] || [ -s "$work/new" ]; then
  fail "not all packages could be put back; wanted: $(head -n 5 "$work/gone" | tr '\n' ','); there are: $(head -n 5 "$work/new" | tr '\n' ',')"
fi
succeed 'the packages are those of before'
