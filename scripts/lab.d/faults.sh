# shellcheck shell=bash
# Things that go wrong, on demand. 'heal' takes back cut, drop and slow; the others have their own way back.

cut_off() { ip -n "$HUB" link set "p-$1" down; }

drop_rule() { # NAME ACTION(-I|-D|-C)
  ip netns exec "$PREFIX-$1" iptables -w "$2" INPUT -i eth0 -j DROP
}

drop() { # NAME
  drop_rule "$1" -C 2>/dev/null || drop_rule "$1" -I
}

heal() { # NAME
  ip -n "$HUB" link set "p-$1" up
  # Only the rule that 'drop' put there: a runbook may have rules of its own in this chain.
  while drop_rule "$1" -D 2>/dev/null; do :; done
  stop_delay "$1"
}

# A userland delay line, because a kernel may lack sch_netem.
slow() { # NAME DELAY_MS [LOSS_PERCENT]
  local i number='^[0-9]+([.][0-9]+)?$'
  [[ ${2:-} =~ $number && ${3:-0} =~ $number ]] || die "usage: lab slow HOST DELAY_MS [LOSS_PERCENT]"
  stop_delay "$1"
  setsid python3 "$LAB_D/delayline.py" "$HUB" "p-$1" "$1" "$2" "${3:-0}" < /dev/null > "$STATE/delay.log" 2>&1 9>&- &
  record_pid "$STATE/slow.$1" $!
  for ((i = 0; i < 50; i++)); do
    if ip -n "$HUB" -o link show "p-$1" | grep -q "master ds-$1"; then
      return 0
    fi
    sleep 0.1
  done
  die "$1: the delay line did not start: $(tail -1 "$STATE/delay.log")"
}

stop_delay() { # NAME
  local pid
  if pid=$(recorded_pid "$STATE/slow.$1"); then
    kill "$pid"
    wait_gone "$pid" 50 || kill -KILL "$pid"
  fi
  rm -f "$STATE/slow.$1"
}

# A small file system over PATH, marked by its source so that 'status' can tell it.
small_disk() { # NAME PATH SIZE
  [[ ${2:-} == /* && -n ${3:-} ]] || die "usage: lab disk HOST PATH SIZE"
  inhost "$1" mkdir -p "$2"
  inhost "$1" mount -t tmpfs -o "size=$3,mode=1777" "$PREFIX-disk" "$2"
}

remove_disk() { # NAME PATH
  [[ ${2:-} == /* ]] || die "usage: lab undisk HOST PATH"
  inhost "$1" umount "$2"
}

# The kernel's clock is shared by all hosts. What is faked is the clock of ssh sessions (pam_env) and of units
# started from now on.
shift_clock() { # NAME OFFSET|reset
  local library
  [[ ${2:-} == reset || ${2:-} =~ ^[-+][0-9] ]] || die "usage: lab clock HOST +SECONDS|-SECONDS|reset"
  if [ "$2" = reset ]; then
    inhost "$1" sh -ec ': > /etc/environment'
    is_sysv "$1" || inhost "$1" systemctl unset-environment LD_PRELOAD FAKETIME
    return 0
  fi
  library=$(inhost "$1" sh -c 'echo /usr/lib/*/faketime/libfaketime.so.1')
  printf 'LD_PRELOAD=%s\nFAKETIME=%s\n' "$library" "$2" | inhost "$1" tee /etc/environment > /dev/null
  is_sysv "$1" || inhost "$1" systemctl set-environment "LD_PRELOAD=$library" "FAKETIME=$2"
}

# Kills every process of a service, as the out-of-memory killer would.
kill_service() { # NAME UNIT
  [ -n "${2:-}" ] || die "usage: lab kill9 HOST UNIT"
  if is_sysv "$1"; then
    inhost "$1" pkill -KILL -x "$2"
  else
    inhost "$1" systemctl kill -s KILL "$2"
  fi
}

# The faults in force, as 'status' shows them. The host must be running.
host_faults() { # NAME
  local found=()
  ip -n "$HUB" -o link show "p-$1" | grep -q 'state DOWN' && found+=("cut")
  drop_rule "$1" -C 2>/dev/null && found+=("drop")
  recorded_pid "$STATE/slow.$1" > /dev/null && found+=("slow")
  inhost "$1" test -s /etc/environment && found+=("clock")
  inhost "$1" grep -q "^$PREFIX-disk " /proc/mounts && found+=("disk")
  [ ${#found[@]} = 0 ] || echo "FAULTS: ${found[*]}"
}
