# shellcheck shell=bash
# One host: what differs from the base, its start and its end.

host_pid() { recorded_pid "$STATE/hosts/$1/pid"; }

running_hosts() {
  local dir
  for dir in "$STATE"/hosts/*/; do
    if recorded_pid "$dir/pid" > /dev/null; then
      basename "$dir"
    fi
  done
}

# The host's process 1, seen from this machine.
leader() { # NAME
  local supervisor container
  supervisor=$(host_pid "$1") || return 1
  container=$(pgrep -P "$supervisor" -x systemd-nspawn) || return 1
  pgrep -P "$container" | head -1
}

# Runs a command as root in the host, without ssh.
inhost() { # NAME COMMAND..
  local pid name=$1
  shift
  pid=$(leader "$name") || die "$name is not running"
  [ -n "$pid" ] || die "$name is not running"
  nsenter -t "$pid" -m -u -i -n -p -- "$@"
}

# Writes into the overlay's upper layer, before the host has ever run.
seed() { # NAME
  local name=$1 other unit upper="$STATE/hosts/$1/upper"
  mkdir -p "$upper" "$STATE/hosts/$name/work" "$STATE/hosts/$name/root"
  [ ! -f "$upper/etc/hostname" ] || return 0
  mkdir -p "$upper/etc/ssh" "$upper/etc/systemd/system/multi-user.target.wants"
  {
    echo "127.0.0.1 localhost"
    echo "$NET.1 control"
    for other in "${NAMES[@]}"; do
      echo "${ADDRESS[$other]} $other"
    done
  } > "$upper/etc/hosts"
  echo "$PREFIX-$name" | md5sum | cut -c1-32 > "$upper/etc/machine-id"
  ssh-keygen -q -t ed25519 -N '' -C "$name" -f "$upper/etc/ssh/ssh_host_ed25519_key"
  if is_sysv "$name"; then
    seed_sysv "$upper"
  else
    for unit in ${UNITS[$name]}; do
      ln -sf "/lib/systemd/system/$unit.service" "$upper/etc/systemd/system/multi-user.target.wants/$unit.service"
    done
  fi
  if [[ " ${UNITS[$name]} " == *" haproxy "* ]]; then
    mkdir -p "$upper/etc/haproxy"
    balancer_config > "$upper/etc/haproxy/haproxy.cfg"
  fi
  # Last, because it marks the seed as complete.
  echo "$name" > "$upper/etc/hostname"
}

# The backend has every host that runs crm; the file of the base tree names the one that every lab has.
balancer_config() {
  local name line
  while IFS= read -r line; do
    if [[ $line != *" server crm1 crm1:"* ]]; then
      printf '%s\n' "$line"
      continue
    fi
    for name in "${NAMES[@]}"; do
      if [[ " ${UNITS[$name]} " == *" crm "* ]]; then
        printf '%s\n' "${line//crm1/$name}"
      fi
    done
  done < "$FILES/haproxy.cfg"
}

# systemd's own reboot and poweroff do nothing where systemd does not run.
seed_sysv() { # UPPER
  local command
  mkdir -p "$1/usr/sbin" "$1/usr/local/sbin"
  install -m 755 "$LAB_D/sysv/init" "$1/usr/local/sbin/lab-sysv-init"
  install -m 755 "$LAB_D/sysv/shutdown" "$1/usr/local/sbin/lab-sysv-shutdown"
  for command in shutdown reboot poweroff halt; do
    ln -sf /usr/local/sbin/lab-sysv-shutdown "$1/usr/sbin/$command"
  done
}

# The hierarchies in which systemd makes groups: version 2, alone or beside version 1.
cgroup_roots() {
  local root
  for root in /sys/fs/cgroup/unified /sys/fs/cgroup/systemd /sys/fs/cgroup; do
    if [ -f "$root/cgroup.procs" ]; then
      echo "$root"
    fi
  done
}

# A host's cgroup holds its processes and no others.
remove_cgroup() { # NAME
  local root dir i
  for root in $(cgroup_roots); do
    dir="$root/$PREFIX/$1"
    [ -d "$dir" ] || continue
    if [ -f "$dir/cgroup.kill" ]; then
      echo 1 > "$dir/cgroup.kill"
    fi
    for ((i = 0; i < 50; i++)); do
      find "$dir" -depth -type d -exec rmdir {} + 2>/dev/null || true
      [ -d "$dir" ] || break
      sleep 0.1
    done
  done
}

start_host() { # NAME
  local name=$1 dir="$STATE/hosts/$1" sysv_units=-
  ! host_pid "$name" > /dev/null || return 0
  seed "$name"
  if is_sysv "$name"; then
    sysv_units=${UNITS[$name]}
  fi
  # Descriptor 9 is the lab's lock; the host must not inherit it.
  # shellcheck disable=SC2046  # a list
  setsid unshare --mount --propagation private \
    "$LAB_D/supervise" "$name" "$STATE" "$PREFIX" "$sysv_units" $(cgroup_roots) > "$dir/console.log" 2>&1 9>&- &
  record_pid "$dir/pid" $!
}

# Orderly within 15 s, then hard. nspawn's stand-in for process 1 would not stop the services of a host without systemd.
stop_host() { # NAME
  local pid
  if pid=$(host_pid "$1"); then
    if is_sysv "$1"; then
      inhost "$1" poweroff || true
    else
      kill -TERM "$pid" 2>/dev/null || true
    fi
    wait_gone "$pid" 150 || true
  fi
  crash_host "$1"
}

crash_host() { # NAME
  local supervisor container first victim
  if supervisor=$(host_pid "$1"); then
    container=$(pgrep -P "$supervisor" -x systemd-nspawn) || true
    first=$(leader "$1") || true
    for victim in $supervisor $container $first; do
      kill -KILL "$victim" 2>/dev/null || true
    done
    [ -z "$first" ] || wait_gone "$first" 50 || true
  fi
  rm -f "$STATE/hosts/$1/pid"
  remove_cgroup "$1"
}

power_on() { # NAME
  start_host "$1"
  wait_ssh "$1" $((EPOCHSECONDS + 30))
}

reboot_host() { # NAME
  if is_sysv "$1"; then
    inhost "$1" reboot
  else
    inhost "$1" systemctl reboot
  fi
}

wait_ssh() { # NAME DEADLINE
  local console="$STATE/hosts/$1/console.log"
  until sshd_answers "${ADDRESS[$1]}" 22; do
    host_pid "$1" > /dev/null || die "$1 died: $(tail -3 "$console")"
    [ "$EPOCHSECONDS" -lt "$2" ] || die "$1: no sshd in time, see $console"
    sleep 0.05
  done
}

failed_units() { inhost "$1" systemctl --failed --no-legend --plain | cut -d' ' -f1 | tr '\n' ' '; }

wait_units() { # NAME DEADLINE
  local unit boot
  if ! is_sysv "$1"; then
    until boot=$(inhost "$1" systemctl is-system-running 2>/dev/null) || [ "$boot" = degraded ]; do
      [ "$EPOCHSECONDS" -lt "$2" ] || die "$1: still '$boot', not running"
      sleep 0.1
    done
    [ "$boot" = running ] || say "$1: failed units: $(failed_units "$1")"
  fi
  for unit in ${UNITS[$1]}; do
    until unit_is_up "$1" "$unit"; do
      [ "$EPOCHSECONDS" -lt "$2" ] || die "$1: $unit is not up"
      sleep 0.1
    done
  done
}

unit_is_up() { # NAME UNIT
  if is_sysv "$1"; then
    inhost "$1" service "$2" status > /dev/null 2>&1
  else
    inhost "$1" systemctl -q is-active "$2"
  fi
}

host_status() { # NAME
  local pid kind
  if ! pid=$(leader "$1") || [ -z "$pid" ]; then
    printf '%-8s %-12s down\n' "$1" "${ADDRESS[$1]}"
    return 0
  fi
  if is_sysv "$1"; then
    kind="sysv"
  else
    kind=$(inhost "$1" systemctl is-system-running 2>/dev/null || true)
  fi
  printf '%-8s %-12s %-9s pid1=%-7s units: %-10s %s\n' \
    "$1" "${ADDRESS[$1]}" "$kind" "$pid" "${UNITS[$1]}" "$(host_faults "$1")"
}

status() {
  local name
  for name in "${NAMES[@]}"; do
    host_status "$name"
  done
}
