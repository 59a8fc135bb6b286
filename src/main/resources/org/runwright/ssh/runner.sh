# Runs one command under a token at most once, detached from the connection. POSIX sh on Linux.
#
#   sh -c "$(cat runner.sh)" runwright launch|observe|end|clean TOKEN        the request comes by stdin
#
# Files, all in one directory of mode 700, TOKEN.*:
#   run   the claim, created exclusively by the shell that goes on to wait for the command: its pid, start time, boot id
#   go    the right to execute, created exclusively: a file made by the command's own shell directly before the first
#         word of the command runs (its pid and start time), or a symbolic link made by whoever voided the token
#   rc    how it ended. Its space is reserved with the claim, so that a full disk cannot lose it
#   in.*  the command   out, err  what it printed   res  what it wrote to $RUNWRIGHT_RESULT   end  it was told to end
# A record counts only with its closing dot: a write that was cut off is no record.
# A section whose title names modes in brackets is sent with these only: a host reads it each time.
#
# stdout: the command's output.  stderr: the command's, then "\nRUNWRIGHT NONCE OUT ERR STATE\n" (OUT and ERR: the
# byte at which each begins), a text, "\nEND NONCE\n".

# --- processes -------------------------------------------------------------------------------------------------------
# The fields of /proc/PID/stat: sp pid, st state, pp parent, pg group, si session, ss start time.
stat() {
  { IFS= read -r l <"/proc/$1/stat"; } 2>/dev/null || return 1
  parse "$l"
}
parse() {
  sp=${1%% *}
  set -- ${1##*) }
  [ $# -ge 20 ] || return 1
  st=$1 pp=$2 pg=$3 si=$4
  shift 19
  ss=$1
}
# alive PID START BOOT: does exactly this process still run? A zombie does not.
alive() {
  [ "$3" = "$boot" ] && stat "$1" && [ "$ss" = "$2" ] && [ "$st" != Z ] && [ "$st" != X ]
}
nap() { sleep "$1" 2>/dev/null || sleep 1; }

# --- where a token stands: S (state) and W (text) --------------------------------------------------------------------
place() {
  if [ -n "$dir" ]; then set -- "$dir"; else
    set -- /var/tmp/runwright-*
    if [ -e "$1" ] || ! [ -w "$HOME" ]; then # rare, and the rest costs
      while read -r k uid l; do [ "$k" != Uid: ] || break; done </proc/self/status
      set -- "/var/tmp/runwright-$uid"
    else
      set --
    fi
    set -- "$HOME/.runwright" "$@"
  fi
  for b; do ! own "$b" || ! [ -e "$b/$token.run" ] || return 0; done
  for b; do
    own "$b" || mkdir -p -m 700 "$b" 2>/dev/null
    ! own "$b" || ! [ -w "$b" ] || return 0
  done
  W="cannot write to $* on the host: is the disk full or read-only?"
  return 1
}
own() { [ -d "$1" ] && [ -O "$1" ] && { [ "$1" = "$HOME/.runwright" ] || ! [ -L "$1" ]; }; }

# ended: was an end recorded?
ended() {
  k= v= d=
  { read -r k v d <"$p.rc"; } 2>/dev/null
  [ "$d" = . ] || return 1
  S=$k
  [ "$v" = - ] || S="$k $v"
}
# began: did the command's shell take the right to execute? cp, cs: its pid and start time.
began() {
  k= cp= cs= d=
  [ -f "$p.go" ] && ! [ -L "$p.go" ] && { read -r k cp cs d <"$p.go"; } 2>/dev/null && [ "$d" = . ]
}
# void: takes the right to execute away, for good; fails if it is taken.
void() { ln -s void "$p.go" 2>/dev/null; }

state() {
  W= n=0
  while :; do
    ! ended || return 0
    [ -e "$p.run" ] || { S=unclaimed; return; }
    rp= rs= rb= d=
    { read -r rp rs rb d <"$p.run"; } 2>/dev/null
    if [ "$d" = . ]; then
      if alive "$rp" "$rs" "$rb"; then S=running; return; fi
      ! ended || return 0 # between the two looks
    elif [ $n -lt 20 ]; then
      n=$((n + 1)); nap 0.05; continue
    fi
    if began; then
      if alive "$cp" "$cs" "${rb:-none}"; then S=running; return; fi
      S=lost W='its runner on the host was killed'
      [ "${rb:-$boot}" = "$boot" ] || W='the host was restarted before it ended'
      return
    fi
    if [ -L "$p.go" ]; then S=never W='it was ended before it began'; return; fi
    if [ -e "$p.go" ]; then
      if [ $n -lt 20 ]; then n=$((n + 1)); nap 0.05; continue; fi
      S=lost W='its runner on the host was killed as it began'; return
    fi
    if void; then S=never W='its runner on the host was killed before it began'; return; fi
    if ! [ -e "$p.go" ] && ! [ -L "$p.go" ]; then
      S=error W="cannot write to $b on the host: is the disk full or read-only?"; return
    fi
  done
}

# --- the answer ------------------------------------------------------------------------------------------------------
show() {
  [ -s "$1" ] || return 0
  if [ "$2" = 0 ]; then head -c "$max" "$1"; else tail -c "+$(($2 + 1))" "$1" | head -c "$max"; fi
}
# jump FILE OFFSET LAST: w, where to go on: at the offset, or, where more than LAST bytes are left, so far before the end
jump() {
  w=$2
  [ "$3" -gt 0 ] && [ -s "$1" ] || return 0
  n=$(wc -c <"$1")
  [ $((n - $2)) -le "$3" ] || w=$((n - $3))
}
answer() {
  case $S in exit*|signal*|lost|running) show "$p.out" "$oo"; show "$p.err" "$eo" >&2 ;; esac
  printf '\nRUNWRIGHT %s %s %s %s\n%s' "$nonce" "$oo" "$eo" "$S" "$W" >&2
  case $S in exit*|signal*|never) [ -n "$W" ] || ! [ -s "$p.res" ] || head -c 4096 "$p.res" >&2 ;; esac
  printf '\nEND %s\n' "$nonce" >&2
}

# --- the command [launch] --------------------------------------------------------------------------------------------
# Text of the command's own shell, in a session of its own.
take='p=$1 c=$2 u=$3 f=$4 inner=$5
IFS= read -r l </proc/self/stat; i=${l%% *}; set -- ${l##*) }; shift 19
set -C; printf "run %s %s .\n" "$i" "$1" 2>/dev/null >"$p.go" || exit 125; set +C; set --
'
# Leaves a mark when the command's shell itself says "exit 137", which is no KILL.
mark='trap "_rw=\$?; [ \$_rw -le 128 ] || echo . >\"\$_rx\"" EXIT
'
plain=$take'_rx=$p.res.x _rc=$c; unset p c u f i l inner
'$mark'. "$_rc"; _rw=$?; trap - EXIT; exit $_rw'
outer=$take'[ "$u" = root ] || cd /
exec sudo -H -p "" "$f" -u "$u" -- sh -c "$inner" "$0"'
# Under sudo the command comes by stdin, after the password if sudo did not want it.
inner='while IFS= read -r _rc; do [ "$_rc" != "#RUNWRIGHT" ] || break; done
IFS= read -r _rx; IFS= read -r _rc && eval "$_rc"; _rc=$(cat); exec </dev/null
case $_rc in *"$_rx") ;; *) exit 125 ;; esac
_rx=$RUNWRIGHT_RESULT.x
'$mark'eval "$_rc"; _rw=$?; trap - EXIT; exit $_rw'

# store: writes the command to a file: the marker, its last line, its environment, its text (the rest of stdin).
# A shell reads a pipe byte by byte, which costs less than another process up to 2048 of them.
store() {
  printf '#RUNWRIGHT\n%s\n' "$last" || return 1
  printf "RUNWRIGHT_RESULT='%s' RUNWRIGHT_TOKEN=%s; export RUNWRIGHT_RESULT RUNWRIGHT_TOKEN\n" "$res" "$token" || return 1
  if [ "$size" -gt 2048 ]; then
    head -c "$size" <&5
  else
    while IFS= read -r l <&5; do
      printf '%s\n' "$l" || return 1
      [ "$l" != "$last" ] || return 0
    done
    return 1
  fi
}
# A place where the become user can leave a result: unlisted, its name only in the command's text.
shared() {
  d=
  { read -r d <"$b/shared"; } 2>/dev/null
  if [ -z "$d" ] || [ -L "$d" ] || ! [ -O "$d" ]; then
    d=$(mktemp -d /var/tmp/runwright.XXXXXXXX) && chmod 711 "$d" && echo "$d" >"$b/shared" || return 1
  fi
  read -r l </proc/sys/kernel/random/uuid
  res=$d/$l
  (umask 0; : >"$res" && : >"$res.x")
}
never() { end='never - .' W=$1; printf '%s' "$1" >"$p.res"; }
# words: the last thing sudo said
words() { W=; while IFS= read -r l; do [ -z "$l" ] || W=$l; done <"$p.err"; }

execute() {
  user=${become#* } r=0
  case $become in
  -) (exec setsid sh -c "$plain" "runwright-$token" "$p" "$cmd" </dev/null >"$p.out" 2>"$p.err" 7<&-) || r=$? ;;
  n*)
    exec 6<"$cmd"
    (exec setsid sh -c "$outer" "runwright-$token" "$p" "$cmd" "$user" -n "$inner" <&6 >"$p.out" 2>"$p.err" 6<&- 7<&-) ||
      r=$? ;;
  p*)
    if ! printf '%s\n' "$pass" | sudo -H -p '' -S -u "$user" -- true >"$p.out" 2>"$p.err"; then
      words; never "sudo on the host refused the become password: $W"; return
    fi
    { printf '%s\n' "$pass"; cat "$cmd"; } |
      (exec setsid sh -c "$outer" "runwright-$token" "$p" "$cmd" "$user" -S "$inner" >"$p.out" 2>"$p.err" 7<&-) || r=$? ;;
  esac
  l=
  if ! began; then
    if [ -L "$p.go" ]; then never 'it was ended before it began'; else never "its shell did not start on the host (exit $r)"; fi
  elif [ "${become#n}" != "$become" ] && IFS= read -r l <&6; then
    words; never "sudo on the host refused: $W" # nobody has read the command
  elif [ $r -gt 128 ] && ! [ -s "$res.x" ] && l=$(kill -l $r) && [ -n "$l" ]; then
    end="signal ${l#SIG} ."
  else
    end="exit $r ."
  fi
}

# claim: creates the claim; where that fails somebody else has it, or nothing can be written.
claim() {
  stat self
  set -C
  { printf '%s %s %s .\n' "$sp" "$ss" "$boot" >"$p.run"; } 2>/dev/null || { set +C; return 1; }
  set +C
}
# The runner: outlives the connection, waits for the command, records its end.
run() {
  trap : HUP INT TERM PIPE
  if claim; then
    if ! { printf '%-60s\n' '' >"$p.rc" && : >"$p.out" && : >"$p.err"; } 2>/dev/null; then
      void; S=never W="cannot write to $b on the host: is the disk full?"; answer; return
    fi
    execute 2>/dev/null
    [ "$res" = "$p.res" ] || ! [ -s "$res" ] || head -c 4096 "$res" >"$p.res"
    { printf '%-60s\n' "$end" 1<>"$p.rc"; } 2>/dev/null
    : >"$cmd"
  elif ! [ -e "$p.run" ]; then
    S=never W="cannot write to $b on the host: is the disk full or read-only?"; answer; return
  fi
  state; answer
}
# restarted: is the host up for less than $up seconds? Then a claim may have been lost with what was not yet written.
restarted() { read -r l k </proc/uptime && [ "${l%%.*}" -lt "$up" ]; }

launch() {
  IFS= read -r become <&5; IFS= read -r pass <&5; read -r up size last <&5
  if [ -e "$p.run" ] || [ "$up" -gt 0 ]; then
    state
    if [ "$S" = unclaimed ] && restarted; then
      S=lost W='the host was restarted since the command was first sent: it may have run, and its records been lost'
    fi
    if [ "$S" != unclaimed ]; then answer >&3 2>&4; return; fi
  fi
  case $p in *\'*) S=never W="$b holds a quote"; answer >&3 2>&4; return ;; esac
  cmd=$p.in.$$ res=$p.res
  if ! command -v setsid >/dev/null; then S=never W='the host has no setsid (package util-linux)'
  elif ! { [ "$become" = - ] || shared; }; then S=never W='cannot write to /var/tmp on the host'
  elif ! store >"$cmd"; then S=never W='the connection broke, or the disk of the host is full'; rm -f "$cmd"
  elif [ "$size" -gt 2048 ] && [ "$(tail -n 1 "$cmd")" != "$last" ]; then S=never W='the connection broke'; rm -f "$cmd"
  else S=
  fi
  if [ -n "$S" ]; then answer >&3 2>&4; return; fi
  # Not "run &": an asynchronous list would ignore INT and QUIT, and hand that on to the command.
  { exec 3>&- 4>&-; cd -P /proc/self; echo "${PWD##*/}"; exec >/dev/null; watch; } |
    { exec 7<&0 </dev/null >&3 2>&4 3>&- 4>&- 5<&-; run; dismiss; exec >/dev/null 2>&1; sweep; tidy; }
}
# The client closed the channel: make way, sshd counts the channel's first process. The runner stays.
watch() { while read -r l <&5; do :; done; stat self; [ "$pp" != $$ ] || kill $$; }
# The runner is done: without the watcher the channel's first process ends by itself, and not by a signal, upon which
# a client may close before it has read everything.
dismiss() {
  l=
  read -r cp <&7 || return
  { read -r l </proc/$$/task/$$/children; } 2>/dev/null
  case " $l " in
  *" $cp "*) kill "$cp" ;;
  "  ") ! stat "$cp" || [ "$pp" != $$ ] || kill "$cp" ;; # a kernel without lists of children
  esac
} 2>/dev/null
sweep() { [ "$res" = "$p.res" ] || rm -f "$res" "$res.x"; }

# tidy: once a day, what nobody will ask for any more: output after a week, the rest of a token after 90 days, for a
# token is never to run again while anybody may still name it. At most 500 tokens each time.
tidy() {
  k= d=
  { read -r k d <"$b/tidied"; } 2>/dev/null
  read -r l </proc/uptime
  l=${l%%[. ]*}
  [ "$d" != "$boot" ] || [ $((l - k)) -ge 86400 ] || return 0
  echo "$l $boot" >"$b/tidied"
  for f in $(cd "$b" && find . -maxdepth 1 -name '*.out' -mtime +6 | head -n 500); do
    over "$f" && [ -z "$(find "$p.rc" -mtime -7)" ] && rm -f "$p.out" "$p.err" "$p".in.*
  done
  for f in $(cd "$b" && find . -maxdepth 1 -name '*.run' -mtime +90 | head -n 500); do
    over "$f" && rm -f "$p".*
  done
  find "$b" -maxdepth 1 -name '*.in.*' -mtime +6 -exec rm -f {} +
  d=
  read -r d <"$b/shared" && own "$d" && find "$d" -type f -mtime +6 -exec rm -f {} +
}
over() { # FILE: has its token ended?
  token=${1#./}
  token=${token%%.*}
  p=$b/$token
  state
  case $S in running|error|unclaimed) return 1 ;; esac
}

# --- ending it [end] -------------------------------------------------------------------------------------------------
# members: m, the live processes of the command's session and everything that descends from it; g, their groups
members() {
  all=$(cat /proc/[0-9]*/stat 2>/dev/null)
  known=" $cp " sessions=" $cp " m= g= more=1
  ! stat "$cp" || [ "$ss" = "$cs" ] || sessions=' ' known=' ' # another process has the number now
  while [ -n "$more" ]; do
    more= IFS='
'
    set -- $all
    unset IFS
    for l; do
      parse "$l" || continue
      case $known in *" $sp "*) [ "$sp" = "$cp" ] || continue ;; esac
      case $sessions in *" $si "*) ;; *) case $known in *" $pp "*) sessions="$sessions$si " ;; *) continue ;; esac ;; esac
      case $st in Z|X) continue ;; esac
      case " $m " in *" $sp "*) continue ;; esac
      known="$known$sp " m="$m $sp" more=1
      case " $g " in *" $pg "*) ;; *) g="$g $pg" ;; esac
    done
  done
  [ -n "$m" ]
}
send() { # SIGNAL to every group
  for i in $g; do kill -s "$1" -- "-$i"; done 2>/dev/null
  [ "$become" != - ] || return 0
  set -- -u "${become#* }" -- sh -c 'for i; do kill -s "$0" -- "-$i"; done 2>/dev/null; :' "$1" $g
  case $become in
  n*) W=$(sudo -n -H -p '' "$@" 2>&1 >/dev/null) ;;
  p*) W=$(printf '%s\n' "$pass" | sudo -S -H -p '' "$@" 2>&1 >/dev/null) ;;
  esac
}
finish() {
  IFS= read -r become <&5; IFS= read -r pass <&5; read -r grace <&5
  t=0
  while [ $t -lt 200 ]; do
    t=$((t + 1))
    state
    case $S in
    unclaimed)
      set -C; { printf '0 0 %s .\n' "$boot" >"$p.run"; } 2>/dev/null && void; set +C
      [ -e "$p.run" ] || { S=error W="cannot write to $b on the host: is the disk full or read-only?"; return; } ;;
    running) began || void || nap 0.05; began && break; ! [ -L "$p.go" ] || { S=never W='it was ended before it began'; return; } ;;
    exit*|signal*|lost) [ -e "$p.end" ] && began && [ "$rb" = "$boot" ] && break; return ;;
    *) return ;;
    esac
  done
  began || return
  : >"$p.end"
  n=0
  members && send TERM
  while members && [ $n -lt "$grace" ]; do nap 0.1; n=$((n + 1)); done
  n=0
  while members && [ $n -lt 50 ]; do send KILL; nap 0.1; n=$((n + 1)); done
  if members; then S=running W="cannot end process$m on the host: $W"; return; fi
  n=0
  state
  while [ "$S" = running ] && [ $n -lt 50 ]; do nap 0.1; n=$((n + 1)); state; done
}

# --- requests --------------------------------------------------------------------------------------------------------
exec 3>&1 4>&2 5<&0 >/dev/null 2>&1 </dev/null
mode=$1 token=$2 oo=0 eo=0 W= S=
read -r nonce max <&5 && IFS= read -r dir <&5 || exit 1
read -r boot </proc/sys/kernel/random/boot_id || boot=
p=
if [ -z "$boot" ]; then S=error W='the host is not Linux, or /proc is not there'
elif ! place; then S=never; [ "$mode" = launch ] || S=error
fi
p=$b/$token
if [ -n "$S" ]; then answer >&3 2>&4; exit; fi
case $mode in
launch) launch ;;
observe)
  read -r oo ol eo el <&5
  state
  jump "$p.out" "$oo" "$ol"; oo=$w
  jump "$p.err" "$eo" "$el"; eo=$w
  answer >&3 2>&4 ;;
end) finish; answer >&3 2>&4 ;;
esac
