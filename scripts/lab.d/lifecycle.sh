# shellcheck shell=bash
# The lab as a whole: up, down, purge.

# systemd takes about five inotify instances per host; the usual 128 are used up by 23 hosts.
raise_inotify_limit() {
  local limit=/proc/sys/fs/inotify/max_user_instances before
  before=$(cat "$limit")
  [ $((${#NAMES[@]} * 8)) -gt "$before" ] || return 0
  [ -f "$STATE/inotify" ] || echo "$before" > "$STATE/inotify"
  echo $((${#NAMES[@]} * 16)) > "$limit"
}

restore_inotify_limit() {
  [ -f "$STATE/inotify" ] || return 0
  cat "$STATE/inotify" > /proc/sys/fs/inotify/max_user_instances
  rm -f "$STATE/inotify"
}

up() {
  local name started deadline pid waiting=()
  install_machine_packages
  refuse_foreign_network
  build_base
  started=$EPOCHREALTIME
  deadline=$((EPOCHSECONDS + TIMEOUT))
  remember_settings
  raise_inotify_limit
  make_keys
  build_repo
  network_up
  for name in "${NAMES[@]}"; do
    start_host "$name"
  done
  write_access
  for name in "${NAMES[@]}"; do
    wait_ssh "$name" "$deadline"
    say "$name: ssh answers after $(since "$started") s"
  done
  for name in "${NAMES[@]}"; do
    install_crm "$name"
  done
  for name in "${NAMES[@]}"; do
    (
      wait_units "$name" "$deadline"
      say "$name: all units up after $(since "$started") s"
    ) 9>&- &
    waiting+=($!)
  done
  for pid in "${waiting[@]}"; do
    wait "$pid" || die "not all units came up"
  done
  say "the lab is up: $KEYS/ssh_config, $RUNBOOKS/inventory.yml, $RUNBOOKS/services.yml"
}

down() {
  local dir file root started=$EPOCHREALTIME
  for dir in "$STATE"/hosts/*/; do
    [ -d "$dir" ] || continue
    stop_host "$(basename "$dir")" &
  done
  wait
  for file in "$STATE"/slow.*; do
    [ -e "$file" ] || continue
    stop_delay "${file##*/slow.}"
  done
  network_down
  for root in $(cgroup_roots); do
    rmdir "$root/$PREFIX" 2>/dev/null || true
  done
  restore_inotify_limit
  rm -rf "$STATE/hosts" "$KEYS" "$RUNBOOKS" "$STATE/repo" "$SETTINGS" "$STATE/delay.log"
  say "the lab is down after $(since "$started") s"
}

purge() {
  down
  rm -rf "$BASE" "$BASE.key" "$BASE.tmp" "$STATE/base.log" "$STATE/packages.log" "$STATE/lock"
  rmdir "$STATE"
}
