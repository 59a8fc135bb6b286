# One drain at a time on a balancer: that enough servers are left is true for both of two that ask at one moment.
report changed false
mkdir -p "$state" 2>/dev/null && [ -w "$state" ] ||
  fail "cannot write to $state on the balancer; its host needs ansible_become"
exec 9>"$state/.lock"
flock -w 60 9 || fail 'another drain on this balancer does not end'

# check SOCKET BACKEND SERVER LEAST
check() {
  look "$1" "$2" "$3"
  holder=$(owner_of "$(mark_of "$2" "$3")")
  if ! in_rotation && [ "$holder" != "$owner" ]; then
    fail "$at is out of rotation already ($status), by ${holder:-somebody else}; put it back (set server $at state ready) or leave this host out"
  fi
  left=$(healthy_others "$1" "$2" "$3")
  [ "$left" -ge "$4" ] || fail "without $at only $left healthy servers of $2 would be left, and min-healthy is $4"
}

# take_out SOCKET BACKEND SERVER LEAST
take_out() {
  look "$1" "$2" "$3"
  ! in_rotation || report changed unknown
  printf '%s\n' "$owner" >"$(mark_of "$2" "$3")" || fail "cannot write to $state on the balancer"
  if in_rotation; then
    tell "$1" "$2" "$3" drain
    report changed true
    echo "$at: drain"
  fi
}

each() {
  act=$1
  shift
  while [ $# -ge 4 ]; do
    "$act" "$1" "$2" "$3" "$4"
    shift 4
  done
}

count() {
  look "$1" "$2" "$3"
  open=$((open + sessions))
}

each check "$@"
each take_out "$@"
exec 9>&-
clock
from=$now
while :; do
  open=0
  each count "$@"
  report sessions "$open"
  [ "$open" -gt 0 ] || succeed 'drained; no session is left'
  clock
  [ $((now - from)) -lt "$limit" ] || succeed "drained; $open sessions are still open after $limit s"
  nap
done
