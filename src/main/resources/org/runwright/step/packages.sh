# What all steps about packages have in common; the part of the package manager stands before it.
note=$state/packages-$owner
command -v "$packages_by" >/dev/null ||
  fail "this host has no $packages_by; set ansible_pkg_mgr (apt or dnf) for it in the inventory"

# compare NOTE: files gone and new, lines "NAME VERSION" that are in the note or on the host only
compare() {
  installed_packages >"$work/now" || fail 'cannot list the installed packages'
  sort "$1" >"$work/noted"
  comm -23 "$work/noted" "$work/now" >"$work/gone"
  comm -13 "$work/noted" "$work/now" >"$work/new"
}

work=$(mktemp -d || mktemp -d /dev/shm/runwright.XXXXXX) ||
  fail "cannot make a temporary folder on this host: look at ${TMPDIR:-/tmp}"
trap 'rm -rf "$work"' EXIT
for signal in HUP INT TERM; do
  trap "rm -rf \"\$work\"; trap - $signal; kill -s $signal \$\$" "$signal"
done
