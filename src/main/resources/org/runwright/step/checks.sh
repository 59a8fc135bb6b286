# The checks of a service, four arguments each: KIND TARGET EXPECT WITHIN (seconds; empty: the
# start timeout). Each is bounded: tcp 3 s per address, http and command 10 s.

# try KIND TARGET EXPECT: sets problem, empty while the check holds
try() {
  problem=
  case $1 in
    tcp) try_tcp "$2" ;;
    http) try_http "$2" "$3" ;;
    command) try_command "$2" ;;
  esac
}

# A service may listen on the loopback or on the host's own address only.
try_tcp() {
  for at in 127.0.0.1 "$address"; do
    if bounded 3 connect "$at" "$1" >"$captured" 2>&1; then
      problem=
      return
    fi
    case $(cat "$captured") in
      *refused*) problem="tcp $1: connection refused" ;;
      *) problem="tcp $1: $(last_words)" ;;
    esac
    [ "$timed_out" = no ] || problem="tcp $1: no answer within 3 s"
    [ "$address" != 127.0.0.1 ] || return
  done
}

connect() {
  if command -v bash >/dev/null; then
    LC_ALL=C bash -c 'exec 3<>"/dev/tcp/$1/$2"' connect "$1" "$2"
  elif command -v nc >/dev/null; then
    LC_ALL=C nc -z -w 3 "$1" "$2" || { echo 'connection refused'; return 1; }
  else
    echo 'a tcp check needs bash or nc on the host'
    return 1
  fi
}

try_http() {
  problem="http $1: no answer within 10 s"
  bounded 10 get "$1" >"$captured" 2>&1
  [ "$timed_out" = no ] || return 0
  got=$(sed -n 's/^status //p' "$captured" | head -n 1)
  case $got in
    "$2") problem= ;;
    '' | 000)
      problem="http $1: $(grep -v '^status' "$captured" | tail -n 1 | sed 's/^curl: ([0-9]*) //')"
      ;;
    *) problem="http $1: expected $2, got $got" ;;
  esac
}

# get URL: prints "status NNN", or why there is none; redirects are not followed
get() {
  if command -v curl >/dev/null; then
    curl -q -sS -g -o /dev/null -w 'status %{http_code}\n' -m 10 --noproxy '*' --url "$1"
  elif command -v wget >/dev/null; then
    wget -S -O /dev/null -T 10 -Y off "$1" 2>&1 |
      sed 's|.*HTTP/[0-9.]* \([0-9][0-9][0-9]\).*|status \1|'
  else
    get_plain "$1"
  fi
}

get_plain() {
  case $1 in http://*) ;; *) echo 'https needs curl or wget on the host' && return 1 ;; esac
  command -v bash >/dev/null || { echo 'an http check needs curl, wget or bash' && return 1; }
  rest=${1#http://}
  where=${rest%%[/?#]*} path=${rest#"${rest%%[/?#]*}"} path=${path%%#*}
  case $path in /*) ;; *) path=/$path ;; esac
  case $where in
    *]:* | *[!]:]:*[!:]) port=${where##*:} name=${where%:*} ;;
    *) port=80 name=$where ;;
  esac
  name=${name#[} name=${name%]}
  LC_ALL=C bash -c '
    exec 3<>"/dev/tcp/$1/$2" || exit 1
    printf "GET %s HTTP/1.0\r\nHost: %s\r\nConnection: close\r\n\r\n" "$3" "$4" >&3
    read -r version status reason <&3 && echo "status ${status%%[!0-9]*}"
  ' get "$name" "$port" "$path" "$where"
}

try_command() {
  bounded 10 sh -c "$1" "$service" >"$captured" 2>&1 && return
  problem="command $(printf '%s\n' "$1" | head -n 1 | cut -c 1-80): exit code $code"
  [ "$timed_out" = no ] || problem="${problem%: exit code *}: did not end within 10 s"
  words=$(tail -c 1000 "$captured")
  problem=$problem${words:+: $words}
}

last_words() {
  tail -n 1 "$captured" | cut -c 1-300
}

# try_all KIND TARGET EXPECT WITHIN …: sets wrong, everything that does not hold, and overdue, yes
# if one of it should hold by now (age: seconds since the waiting began)
try_all() {
  wrong= overdue=no
  look
  case $state in
    running) ;;
    *)
      wrong="$manager says ${service} is $state: $detail"
      [ "$age" -lt "$start_seconds" ] || overdue=yes
      ;;
  esac
  while [ $# -ge 4 ]; do
    try "$1" "$2" "$3"
    if [ -n "$problem" ]; then
      wrong="$wrong${wrong:+; }$problem"
      [ "$age" -lt "${4:-$start_seconds}" ] || overdue=yes
    fi
    shift 4
  done
}
