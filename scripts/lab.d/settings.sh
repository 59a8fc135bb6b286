# shellcheck shell=bash
# shellcheck disable=SC2034  # read by the other parts
# The lab's settings and what follows from them: names, groups, units, addresses.

STATE="${RUNWRIGHT_LAB_STATE:-/var/lib/runwright-lab}"
SUITE="${RUNWRIGHT_LAB_SUITE:-bookworm}"
MIRROR="${RUNWRIGHT_LAB_MIRROR:-http://deb.debian.org/debian}"
TIMEOUT="${RUNWRIGHT_LAB_TIMEOUT:-120}"
HOSTS="${RUNWRIGHT_LAB_HOSTS:-db1:mariadb app1:tomcat10 crm1:crm lb1:haproxy old1:nginx crm2:crm}"
SYSV="${RUNWRIGHT_LAB_SYSV-old1}"
NET="${RUNWRIGHT_LAB_NET:-10.77.0}"

PREFIX=runwright-lab
BASE="$STATE/base"
KEYS="$STATE/keys"
RUNBOOKS="$STATE/runbooks"
SETTINGS="$STATE/settings"
FILES="$LAB_D/files"

NAMES=()
declare -A ADDRESS=()
declare -A UNITS=()

# A lab that is up keeps the settings it was started with, so that later commands need no variables.
recall_settings() {
  [ -r "$SETTINGS" ] || return 0
  # shellcheck disable=SC1090
  source "$SETTINGS"
}

remember_settings() {
  printf 'HOSTS=%q\nSYSV=%q\nNET=%q\n' "$HOSTS" "$SYSV" "$NET" > "$SETTINGS"
}

refuse_changed_settings() {
  [ -r "$SETTINGS" ] || return 0
  local running
  running=$(
    source "$SETTINGS"
    echo "$HOSTS / $SYSV / $NET"
  )
  local wanted="${RUNWRIGHT_LAB_HOSTS:-$HOSTS} / ${RUNWRIGHT_LAB_SYSV-$SYSV} / ${RUNWRIGHT_LAB_NET:-$NET}"
  [ "$running" = "$wanted" ] || die "the lab is up with other settings ($running); run 'lab down' first"
}

read_hosts() {
  local entry name number=11
  NAMES=()
  for entry in $HOSTS; do
    name="${entry%%:*}"
    # The name without its number is the Ansible group; the longest interface name made from it has 3 more letters.
    [[ $name =~ ^[a-z]+[0-9]+$ && ${#name} -le 12 ]] || die "host name '$name': letters, then digits, at most 12"
    [ -z "${ADDRESS[$name]:-}" ] || die "host '$name' is given twice"
    NAMES+=("$name")
    ADDRESS[$name]="$NET.$number"
    UNITS[$name]=""
    [[ $entry == *:* ]] && UNITS[$name]="$(tr ',' ' ' <<< "${entry#*:}")"
    number=$((number + 1))
  done
  [ ${#NAMES[@]} -gt 0 ] || die "no hosts: RUNWRIGHT_LAB_HOSTS is empty"
}

is_sysv() { [[ " $SYSV " == *" $1 "* ]]; }

group_of() { echo "${1%%[0-9]*}"; }

host_groups() {
  local name
  for name in "${NAMES[@]}"; do
    group_of "$name"
  done | awk '!seen[$0]++'
}

known_host() { # NAME
  [ -n "${1:-}" ] || die "which host? one of: ${NAMES[*]}"
  [ -n "${ADDRESS[$1]:-}" ] || die "no host '$1'; there are: ${NAMES[*]}"
}
