# Removes one backup and whatever is half made of it.
report changed false
report backup "$id"
directory_there
set -- "$file" "$file.sha256" "$file.part" "$base.tables" "$base.info" "$base".part.* "$base".drill.*
there=no
for part; do [ ! -e "$part" ] || there=yes; done
[ "$there" = yes ] || succeed "nothing is there of the backup $id of $service"
report changed unknown
rm -f "$@" || fail "cannot remove $file"
report changed true
succeed "the backup $id of $service is deleted"
