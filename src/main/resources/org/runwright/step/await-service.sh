# A unit that failed or does not exist will not become well by waiting.
report changed false
report well false
clock
awaited_from=$now told=
while :; do
  clock
  age=$((now - awaited_from))
  try_all "$@"
  [ -n "$wrong" ] || break
  [ "$wrong" = "$told" ] || printf '%s\n' "$wrong"
  told=$wrong
  case $overdue-$state in
    yes-* | *-failed | *-missing) break ;;
  esac
  nap
done
report state "$state"
clock
if [ -z "$wrong" ]; then
  report well true
  succeed "$service is well after $((now - awaited_from)) s"
fi
bounded 10 explain >&2
fail "$service is not well after $((now - awaited_from)) s: $wrong"
