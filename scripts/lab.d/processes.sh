# shellcheck shell=bash
# Messages, elapsed time, and the identity of processes.

say() { printf '%s\n' "$*" >&2; }

die() {
  say "${0##*/}: $*"
  exit 1
}

# Seconds since EPOCHREALTIME was START, with two decimals.
since() { # START
  awk -v from="$1" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.2f", to - from }'
}

# When a process started, in clock ticks since boot. Empty if it is gone; a zombie is dead, only not reaped yet.
start_time() { # PID
  local stat
  { read -r stat < "/proc/$1/stat"; } 2>/dev/null || return 0
  # The command name may hold blanks and parentheses; the fields that count follow its last ')'.
  local fields
  read -r -a fields <<< "${stat##*) }"
  case ${fields[0]} in
    Z | X) ;;
    *) echo "${fields[19]}" ;;
  esac
}

# A pid alone may be reused by a stranger; pid and start time together name one process.
record_pid() { # FILE PID
  echo "$2 $(start_time "$2")" > "$1"
}

# The recorded pid, if that very process still runs.
recorded_pid() { # FILE
  local pid started
  [ -r "$1" ] || return 1
  read -r pid started < "$1" || return 1
  [ -n "$started" ] || return 1
  [ "$(start_time "$pid")" = "$started" ] || return 1
  echo "$pid"
}

wait_gone() { # PID TENTHS
  local i
  for ((i = 0; i < $2; i++)); do
    [ -n "$(start_time "$1")" ] || return 0
    sleep 0.1
  done
  [ -z "$(start_time "$1")" ]
}

# An open port is not enough: behind it sshd must already speak.
sshd_answers() { # ADDRESS PORT
  timeout 1 bash -c '
    exec 3<> "/dev/tcp/$0/$1"
    read -t 1 -r banner <&3
    [[ $banner == SSH-* ]]' "$1" "$2" 2>/dev/null
}
