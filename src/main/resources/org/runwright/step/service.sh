# A service whatever its manager. The manager's part gives look (sets state and detail), start_now,
# stop_now, explain, and kill_now or, where there is no such thing, no_kill: what to do about it.
# States: running activating restarting stopping stopped failed missing unknown.
service=$1 unit=$2 address=$3 start_text=$4 stop_text=$5 status_text=$6
shift 6
kill_text=$1 start_seconds=$2 stop_seconds=$3 force=$4
shift 4
captured=$(mktemp || mktemp /dev/shm/runwright.XXXXXX) ||
  fail "cannot make a temporary file on this host: look at ${TMPDIR:-/tmp}"
trap 'rm -f "$captured"' EXIT
for signal in HUP INT TERM; do
  trap "rm -f \"\$captured\"; trap - $signal; kill -s $signal \$\$" "$signal"
done

# first_look: where it stands before we touch it
first_look() {
  report changed false
  look
  report before "$state"
  case $state in
    missing) fail "$service cannot be found on this host ($unit: $detail)" ;;
    unknown) fail "cannot tell whether $service runs: $detail" ;;
  esac
}

# act SECONDS COMMAND: something that alters the host. Sets said to why it failed, as far as the
# manager's part kept that in the file captured: what a daemon may inherit is not captured.
act() {
  [ "${acted-}" = yes ] || report changed unknown
  : >"$captured"
  bounded "$@"
  act_code=$code act_timed_out=$timed_out said=
  [ "$code" -eq 0 ] || said=$(head -n 1 "$captured" | cut -c 1-300)
  if [ "${acted-}" != yes ] && refused; then
    report changed false
    fail "$service was left as it was: $said"
  fi
  acted=yes
  report changed true
}

# refused: whether the manager did not even begin; may be replaced by one that can tell
refused() { false; }

# come_up SECONDS [CODE]: waits until it runs. With a failed start command there is nothing to wait
# for, unless the manager is trying again by itself.
come_up() {
  clock
  until_then=$((now + $1))
  while :; do
    look
    case $state in
      running) return 0 ;;
      failed) return 1 ;;
      stopped) [ "${2:-0}" -eq 0 ] || return 1 ;;
    esac
    clock
    [ "$now" -le "$until_then" ] || return 1
    nap
  done
}

# come_down SECONDS: waits until it does not run
come_down() {
  clock
  until_then=$((now + $1))
  while :; do
    look
    case $state in stopped | failed | missing) return 0 ;; esac
    clock
    [ "$now" -le "$until_then" ] || return 1
    nap
  done
}

not_started() {
  bounded 10 explain >&2
  if [ "${act_timed_out:-no}" = yes ]; then
    fail "$service did not start within $start_seconds s ($manager: $detail)"
  elif [ "${act_code:-0}" -ne 0 ]; then
    fail "$service did not start: ${said:-exit code $act_code} ($manager: $detail)"
  fi
  fail "$service does not run after its start ($manager: $detail)"
}

bring_up() {
  act "$start_seconds" start_now
  left=$((start_seconds - now + began))
  come_up "$left" "$act_code" || not_started
}

bring_down() {
  act "$stop_seconds" stop_now
  left=$((stop_seconds - now + began))
  # a refused stop is not worth the whole wait
  if [ "$act_code" -ne 0 ] && [ "$left" -gt 5 ]; then left=5; fi
  come_down "$left" || kill_or_fail
}

still_runs() {
  if [ "${act_timed_out:-yes}" = no ] && [ "${act_code:-0}" -ne 0 ]; then
    printf '%s' "$service still runs, its stop failed: ${said:-exit code $act_code}"
  else
    printf '%s' "$service still runs after $stop_seconds s"
  fi
  printf ' (%s: %s)' "$manager" "$detail"
}

kill_or_fail() {
  if [ "$force" != true ]; then
    bounded 10 explain >&2
    fail "$(still_runs); force would kill it"
  fi
  echo "$(still_runs): killing it" >&2
  if [ -n "$kill_text" ]; then
    act 10 sh -c "$kill_text" "$service"
  elif [ -n "${no_kill-}" ]; then
    fail "$(still_runs) and cannot be killed: $no_kill"
  else
    act 10 kill_now
  fi
  come_down 10 || fail "$service runs even after a kill ($manager: $detail)"
}

# restart_it: may be replaced by a manager that knows better
restart_it() {
  bring_down
  bring_up
}
