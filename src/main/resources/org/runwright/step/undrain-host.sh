# A server goes back to customers only when HAProxy's own check of it holds; else it stays drained, and that is said.
report changed false
while [ $# -ge 4 ]; do
  mark=$(mark_of "$2" "$3")
  look "$1" "$2" "$3"
  if ! in_rotation; then
    holder=$(owner_of "$mark")
    [ "$holder" = "$owner" ] || fail "left as it was: $at is out of rotation ($status), by ${holder:-somebody else}"
    clock
    from=$now
    while [ "$op" != 2 ]; do
      clock
      if [ $((now - from)) -ge "$limit" ]; then
        report left-drained "$at"
        fail "left drained: HAProxy's check of $at does not hold after $limit s ($status); cure it, then: set server $at state ready"
      fi
      nap
      look "$1" "$2" "$3"
    done
    report changed unknown
    tell "$1" "$2" "$3" ready
    report changed true
  fi
  rm -f "$mark"
  clock
  from=$now
  while :; do
    look "$1" "$2" "$3"
    case $status in UP | 'no check') break ;; esac
    clock
    [ $((now - from)) -lt "$limit" ] || fail "$at is back in rotation, but HAProxy says $status after $limit s"
    nap
  done
  echo "$at: $status"
  shift 4
done
rmdir "$state" 2>/dev/null
succeed 'HAProxy sends it customers again'
