# HAProxy by its runtime socket, which needs level admin. Servers come as four arguments each: SOCKET BACKEND SERVER
# LEAST (healthy servers of the backend that have to be left). A mark on the balancer tells which run drained a server.
state=$1 owner=$2 limit=$3
shift 3

# ask SOCKET COMMAND: what HAProxy answers
ask() {
  if command -v socat >/dev/null; then
    printf '%s\n' "$2" | socat -t 10 -T 10 - "UNIX-CONNECT:$1"
  elif command -v python3 >/dev/null; then
    python3 -c 'import socket, sys
s = socket.socket(socket.AF_UNIX)
s.settimeout(10)
s.connect(sys.argv[1])
s.sendall((sys.argv[2] + "\n").encode())
while True:
    part = s.recv(65536)
    if not part:
        break
    sys.stdout.write(part.decode("utf-8", "replace"))' "$1" "$2" 2>&1 | sed '/^Traceback/d;/^  /d'
  elif command -v perl >/dev/null; then
    perl -MIO::Socket::UNIX -e '$s = IO::Socket::UNIX->new(Peer => $ARGV[0]) or die "$!\n"; alarm 10;
      print $s "$ARGV[1]\n"; print while <$s>' "$1" "$2" 2>&1
  else
    fail 'asking HAProxy needs socat, python3 or perl on the balancer'
  fi
}

# look SOCKET BACKEND SERVER: sets status (as on the statistics page), sessions, admin (bits: 1 or 4 or 32 maintenance, 8
# or 16 drain) and op (2: its checks hold)
look() {
  at="$2/$3"
  stat=$(ask "$1" 'show stat' | awk -F, -v b="$2" -v s="$3" '$1 == b && $2 == s { print $5, $18 }')
  [ -n "$stat" ] || fail "HAProxy does not tell of the server $at: $(ask "$1" 'show info' | head -n 1 | cut -c 1-200); is the pool of services.yml right, is the socket $1 there?"
  sessions=${stat%% *} status=${stat#* }
  set -- $(ask "$1" "show servers state $2" | awk -v s="$3" '$4 == s { print $6, $7 }')
  op=${1:-0} admin=${2:-0}
}

# in_rotation: nobody has taken the server out
in_rotation() { [ $((admin & 0x3f)) -eq 0 ]; }

# healthy_others SOCKET BACKEND SERVER: how many other servers customers are sent to
healthy_others() {
  ask "$1" 'show stat' | awk -F, -v b="$2" -v s="$3" '
    $1 == b && $2 != s && $2 != "BACKEND" && $2 != "FRONTEND" && ($18 ~ /^UP/ || $18 == "no check") { n++ }
    END { print n + 0 }'
}

# tell SOCKET BACKEND SERVER STATE
tell() {
  said=$(ask "$1" "set server $2/$3 state $4" | grep -v '^$')
  [ -z "$said" ] || fail "HAProxy refused to set $2/$3 to $4: $said; the socket $1 needs 'level admin'"
}

mark_of() { printf '%s/%s.%s' "$state" "$1" "$2"; }

owner_of() {
  holder=
  { IFS= read -r holder <"$1"; } 2>/dev/null
  printf %s "$holder"
}
