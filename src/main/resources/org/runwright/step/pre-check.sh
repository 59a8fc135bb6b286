# Looks whether the host may be patched; touches nothing.
least=$1 reboot=$2
report changed false
wrong=
for place in / /var /boot; do
  [ -d "$place" ] || continue
  set -- $(df -Pk "$place" | tail -n 1)
  free=$(($4 / 1024))
  echo "$place: $free MiB free"
  case $wrong in *" of $6;"*) continue ;; esac
  [ "$free" -ge "$least" ] || wrong="$wrong only $free MiB are free of $6; $least have to be."
done
if ! bounded 120 packages_free >"$work/said" 2>&1; then
  cat "$work/said" >&2
  wrong="$wrong the package manager is busy or broken: $(grep -v '^$' "$work/said" | tail -n 1 | cut -c 1-300)."
fi
if reboot_needed; then
  report reboot-pending true
  echo "a reboot is pending: $why"
  [ "$reboot" != never ] || wrong="$wrong a reboot is pending from before ($why), and this run is not to reboot."
else
  report reboot-pending false
fi
read -r boot </proc/sys/kernel/random/boot_id || fail 'the host does not tell its boot id'
report boot-id "$boot"
[ -z "$wrong" ] || fail "not fit for an update:$wrong"
succeed 'fit for an update'
