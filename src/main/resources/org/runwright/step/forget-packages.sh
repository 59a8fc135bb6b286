report changed false
[ -e "$note" ] || succeed 'there is no note'
rm -f "$note" && ! [ -e "$note" ] || fail "cannot remove $note"
report changed true
succeed 'the note of the packages is removed'
