# shellcheck shell=bash
# Every fault does what it says, and can be taken back.

verify_faults() {
  check "disk: 8 MiB are full after 8 MiB" disk_fills_up
  check "  undisk" remove_disk db1 /srv/backup
  check "clock: one hour ahead for new processes" clock_is_ahead app1 3500
  check "  reset" clock_is_reset app1
  check "clock on the host without systemd, and reset" clock_moves_on_sysv
}

disk_fills_up() {
  local message
  small_disk db1 /srv/backup 8M
  message=$(on db1 dd if=/dev/zero of=/srv/backup/filler bs=1M count=20 2>&1)
  [[ $message == *"No space left"* ]]
}

clock_offset() { echo $(($(on "$1" date +%s) - EPOCHSECONDS)); }

clock_is_ahead() { # HOST SECONDS
  shift_clock "$1" +3600
  [ "$(clock_offset "$1")" -gt "$2" ]
}

clock_is_reset() {
  shift_clock "$1" reset
  [ "$(clock_offset "$1")" -lt 60 ]
}

clock_moves_on_sysv() {
  clock_is_ahead old1 3500
  local ahead=$?
  clock_is_reset old1 && [ "$ahead" = 0 ]
}

verify_power() {
  local name before
  for name in crm1 old1; do
    before=$(boot_of "$name")
    check "reboot of $name over ssh" reboot_over_ssh "$name"
    check "  it is back, booted anew" eventually 30 booted_anew "$name" "$before"
  done
  check "  crm was started by itself" eventually 30 crm_healthy
  check "  nginx was started by itself" eventually 10 nginx_runs
  check "lab reboot old1" lab_reboot old1
  check "poweroff lb1" stop_host lb1
  check "  ssh fails" refused on lb1 true
  check "poweron lb1" power_on lb1
  check "poweroff old1 stops nginx in order" sysv_poweroff
  check "poweron old1" power_on old1
  check "crash db1, poweron" crash_and_return db1
  check "  the database recovered" eventually 20 crm_healthy
  check "  nginx of old1 runs" eventually 10 nginx_runs
}

boot_of() { on "$1" cat /proc/sys/kernel/random/boot_id; }

booted_anew() { # HOST BEFORE
  local now
  now=$(boot_of "$1") && [ -n "$now" ] && [ "$now" != "$2" ]
}

# The connection may break before the command has answered.
reboot_over_ssh() {
  if is_sysv "$1"; then
    on "$1" sudo shutdown -r now || true
  else
    on "$1" sudo systemctl reboot || true
  fi
}

lab_reboot() {
  local before
  before=$(boot_of "$1")
  reboot_host "$1"
  eventually 30 booted_anew "$1" "$before"
}

sysv_poweroff() {
  stop_host old1
  cat "$STATE/hosts/old1/console.log"
  grep -q "Stopping.*nginx" "$STATE/hosts/old1/console.log"
}

crash_and_return() {
  local before
  before=$(boot_of "$1")
  crash_host "$1"
  power_on "$1"
  booted_anew "$1" "$before"
}

verify_network_faults() {
  check "cut db1" cut_off db1
  check "  crm tells 503 within its own time limit" eventually 10 crm_unhealthy
  check "  heal" heal db1
  check "  crm tells 200" eventually 10 crm_healthy
  check "drop db1" drop db1
  check "  ssh times out, it is not refused" ssh_times_out db1
  check "  heal" heal db1
  check "slow db1 150" slow db1 150
  check "  the round trip takes 300 ms" round_trip_between 295 900
  check "  ssh works, slowly" on db1 true
  check "  heal" heal db1
  check "slow db1 0 30: packets are lost" slow db1 0 30
  check "  ping loses some" loss_between 15 85
  check "  heal" heal db1
  check "  http: lb1 -> crm1 -> db1" eventually 10 site_code 200
  check "no fault is left" no_fault_left
}

ssh_times_out() {
  local message
  message=$(on -o ConnectTimeout=2 "$1" true 2>&1)
  [[ $message == *"timed out"* ]]
}

round_trip_between() { # MIN MAX
  local average
  average=$(on lb1 ping -c 3 -i 0.3 -W 2 db1 | awk -F/ '/^rtt/ { print int($5) }')
  echo "round trip $average ms"
  [ "$average" -ge "$1" ] && [ "$average" -lt "$2" ]
}

loss_between() { # MIN MAX
  local percent
  percent=$(on lb1 sudo ping -c 40 -i 0.02 -W 1 db1 | sed -n 's/.* \([0-9]*\)[.0-9]*% packet loss.*/\1/p')
  echo "loss $percent %"
  [ "$percent" -ge "$1" ] && [ "$percent" -le "$2" ]
}

no_fault_left() {
  local name
  for name in "${NAMES[@]}"; do
    [ -z "$(host_faults "$name")" ] || return 1
  done
}
