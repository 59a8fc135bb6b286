# shellcheck shell=bash
# Proves on the running default hosts that what the tests rely on is real. Ends with "N passed, N failed".

source "$LAB_D/verify-services.sh"
source "$LAB_D/verify-logins.sh"
source "$LAB_D/verify-faults.sh"

verify() {
  local name
  [ "${NAMES[*]}" = "db1 app1 crm1 lb1 old1 crm2" ] || die "verify needs the default hosts"
  for name in "${NAMES[@]}"; do
    leader "$name" > /dev/null || die "$name is not running; run 'lab up' first"
  done
  PASSED=0
  FAILED=0
  SCRATCH=$(mktemp -d)
  trap leave_no_fault EXIT
  set +e
  verify_services
  verify_sysv
  verify_patching
  verify_logins
  verify_faults
  verify_power
  verify_network_faults
  echo "$PASSED passed, $FAILED failed"
  [ "$FAILED" = 0 ]
}

# Also when verify is interrupted.
leave_no_fault() {
  local name
  set +e
  for name in "${NAMES[@]}"; do
    heal "$name" 2>/dev/null
    leader "$name" > /dev/null || start_host "$name"
  done
  shift_clock app1 reset
  shift_clock old1 reset
  inhost db1 umount /srv/backup 2>/dev/null
  rm -rf "$SCRATCH"
}

# Each check runs in a subshell, so that 'die' ends the check and not the whole.
check() { # TITLE COMMAND..
  local title=$1 started=$EPOCHREALTIME
  shift
  if ( "$@" ) > "$SCRATCH/output" 2>&1; then
    PASSED=$((PASSED + 1))
    printf 'ok    %-62s %6s s\n' "$title" "$(since "$started")"
  else
    FAILED=$((FAILED + 1))
    printf 'FAIL  %s\n' "$title"
    tail -5 "$SCRATCH/output" | sed 's/^/      /'
  fi
}

on() { # HOST COMMAND
  timeout 30 ssh -n -F "$KEYS/ssh_config" "$@"
}

refused() { ! "$@"; }

eventually() { # SECONDS COMMAND..
  local deadline=$((EPOCHSECONDS + $1))
  shift
  until "$@"; do
    [ "$EPOCHSECONDS" -lt "$deadline" ] || return 1
    sleep 0.1
  done
}

http_code() { # URL CODE [SECONDS]
  [ "$(curl -s -m "${3:-3}" -o /dev/null -w '%{http_code}' "$1")" = "$2" ]
}

unit_state() { # HOST UNIT STATE
  [ "$(on "$1" systemctl is-active "$2")" = "$3" ]
}

crm_url() { echo "http://${ADDRESS[crm1]}:8080"; }

crm_version() { curl -s -m 2 "$(crm_url)/version" | grep -q "\"$1\""; }
crm_healthy() { http_code "$(crm_url)/health" 200; }
crm_unhealthy() { http_code "$(crm_url)/health" 503 6; }
# What the balancer's statistics say of a server of crm.
balancer_says() { # SERVER STATUS
  curl -s -m 3 "http://${ADDRESS[lb1]}:8404/;csv" | grep "^crm,$1," | cut -d, -f18 | grep -q "^$2"
}
site_code() { http_code "http://${ADDRESS[lb1]}/health" "$1"; }
