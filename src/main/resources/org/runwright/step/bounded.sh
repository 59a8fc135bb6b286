# Commands that may hang, under a time limit. Neither timeout(1) nor /proc's children files are
# everywhere, and timeout would take the command out of the process group that a cancel ends.

# clock: sets now, in seconds, by a clock that nobody sets back
clock() {
  if read -r now idle </proc/uptime; then now=${now%%.*}; else now=$(date +%s); fi 2>/dev/null
}

# nap: a short sleep; POSIX promises whole seconds only
nap() {
  sleep 0.3 2>/dev/null || sleep 1
}

# end_tree PID: kills a process and what descends from it; a daemon that detached itself stays
end_tree() {
  kill -STOP "$1" 2>/dev/null || return 0
  set -- "$1" $(children_of "$1")
  kill -KILL "$1" 2>/dev/null
  shift
  for child; do end_tree "$child"; done
}

children_of() {
  for stat in /proc/[0-9]*/stat; do
    read -r line <"$stat" || continue
    pid=${stat#/proc/} pid=${pid%/stat}
    # the name in brackets may hold anything, so the fields are counted from its end
    after=${line##*) } after=${after#? }
    [ "${after%% *}" != "$1" ] || printf '%s\n' "$pid"
  done 2>/dev/null
}

# is_running PID: a child that ended and was not waited for yet still answers to a signal
is_running() {
  kill -0 "$1" 2>/dev/null || return 1
  read -r line <"/proc/$1/stat" || return 0
  case ${line##*) } in [ZX]*) return 1 ;; esac
} 2>/dev/null

# bounded SECONDS COMMAND…: the command's exit code; timed_out says whether it was ended by us.
# Watching from here, not from a second process, leaves nothing behind when this shell is killed.
bounded() {
  limit=$1 timed_out=no pause=0.02
  shift
  clock
  began=$now
  (
    if [ -n "$given_locale" ]; then LC_ALL=$given_locale; else unset LC_ALL; fi
    "$@"
  ) </dev/null &
  job=$!
  while is_running "$job"; do
    clock
    if [ $((now - began)) -gt "$limit" ]; then
      timed_out=yes
      end_tree "$job"
    fi
    sleep "$pause" || sleep 1
    case $pause in 0.02) pause=0.05 ;; 0.05) pause=0.1 ;; 0.1) pause=0.3 ;; esac
  done 2>/dev/null
  wait "$job" 2>/dev/null
  code=$?
  clock
  return "$code"
}
