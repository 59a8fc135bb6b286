# Safe to repeat, and repeated by the model: a command that waits on the host dies with it.
boot=$1 hold=$2 within=$3 patience=$4
report changed false
clock
from=$now
while read -r current </proc/sys/kernel/random/boot_id && [ "$current" = "$boot" ]; do
  clock
  [ $((now - from)) -lt "$patience" ] || fail 'the host has not been restarted yet'
  nap
done
report boot-id "$current"

# healthy: systemd has finished starting; without it, that we run is all there is to ask
healthy() {
  [ -d /run/systemd/system ] || { said=running; return 0; }
  said=$(systemctl is-system-running 2>/dev/null)
  case $said in running | degraded) ;; *) return 1 ;; esac
}

clock
from=$now since=
while :; do
  clock
  if healthy; then
    since=${since:-$now}
    [ $((now - since)) -lt "$hold" ] || break
  else
    since=
    [ $((now - from)) -lt "$within" ] || fail "the host was restarted, but is not well after $within s: ${said:-systemd does not answer}"
  fi
  nap
done
[ "$said" != degraded ] || echo "degraded: $(systemctl --failed --no-legend --plain 2>/dev/null | cut -d' ' -f1 | tr '\n' ' ')"
succeed "the host was restarted and has been $said for $((now - since)) s"
