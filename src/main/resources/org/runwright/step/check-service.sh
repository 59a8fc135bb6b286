report changed false
age=0
try_all "$@"
report state "$state"
[ "$state" != unknown ] || fail "cannot tell whether $service runs: $detail"
if [ -z "$wrong" ]; then
  report well true
  succeed "$service is well"
fi
report well false
succeed "$wrong"
