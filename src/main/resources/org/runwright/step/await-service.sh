# A unit that failed or does not exist will not become well by waiting.
report changed false
clock
awaited_from=$now told=
while :; do
  clock
  age=$((now - awaited_from))
  try_all "$@"
  if [ -z "$wrong" ]; then
    report state "$state"
    report well true
    clock
    succeed "$service is well after $((now - awaited_from)) s"
  fi
  if [ "$wrong" != "$told" ]; then
    report state "$state"
    report well false
    printf '%s\n' "$wrong"
  fi
  told=$wrong
  case $overdue-$state in
    yes-* | *-failed | *-missing) break ;;
  esac
  nap
done
clock
bounded 10 explain >&2
fail "$service is not well after $((now - awaited_from)) s: $wrong"
