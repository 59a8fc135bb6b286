# shellcheck shell=bash
# What users of the lab read: keys, known hosts, ssh configuration, Ansible inventory, service map.

PASSPHRASE=lab-passphrase

make_keys() {
  mkdir -p "$KEYS"
  [ -f "$KEYS/id" ] || ssh-keygen -q -t ed25519 -N '' -C "$PREFIX" -f "$KEYS/id"
  [ -f "$KEYS/id_passphrase" ] || ssh-keygen -q -t ed25519 -N "$PASSPHRASE" -C "$PREFIX-passphrase" -f "$KEYS/id_passphrase"
  cat "$KEYS/id.pub" "$KEYS/id_passphrase.pub" > "$KEYS/authorized_keys"
}

write_known_hosts() {
  local name key
  for name in "${NAMES[@]}"; do
    key=$(cut -d' ' -f1,2 "$STATE/hosts/$name/upper/etc/ssh/ssh_host_ed25519_key.pub")
    echo "${ADDRESS[$name]} $key"
  done
}

write_ssh_config() {
  local name
  for name in "${NAMES[@]}"; do
    printf 'Host %s\n  HostName %s\n' "$name" "${ADDRESS[$name]}"
  done
  cat << END
Host *
  User ops
  IdentityFile $KEYS/id
  IdentitiesOnly yes
  UserKnownHostsFile $KEYS/known_hosts
  StrictHostKeyChecking yes
  ConnectTimeout 5
  BatchMode yes
END
}

write_inventory() {
  local group name
  cat << END
all:
  vars:
    site: lab
    ansible_user: ops
    ansible_ssh_private_key_file: $KEYS/id
    ansible_become: true
  children:
END
  for group in $(host_groups); do
    printf '    %s:\n      hosts:\n' "$group"
    for name in "${NAMES[@]}"; do
      [ "$(group_of "$name")" = "$group" ] || continue
      printf '        %s:\n          ansible_host: %s\n' "$name" "${ADDRESS[$name]}"
    done
  done
}

service_of() { # GROUP
  case $1 in
    db) echo database ;;
    app) echo application ;;
    lb) echo network ;;
    old) echo legacy ;;
    *) echo "$1" ;;
  esac
}

# A dependency on a service this lab does not have would make the map invalid.
depends_on() { # GROUP..
  local group result=""
  for group in "$@"; do
    if host_groups | grep -qx "$group"; then
      result+="${result:+, }$(service_of "$group")"
    fi
  done
  echo "    depends-on: [$result]"
}

dependencies_and_checks() { # GROUP
  case $1 in
    db)
      echo '    checks: [ { tcp: 3306 }, { command: "mysqladmin ping" } ]'
      echo '    start-timeout: PT60S'
      echo '    stop-timeout: PT30S'
      ;;
    app)
      depends_on db
      echo '    checks: [ { http: "http://{host}:8080/", expect: 200, within: PT60S } ]'
      ;;
    lb)
      depends_on app
      echo '    checks: [ { tcp: 80 } ]'
      ;;
    crm)
      depends_on lb db
      echo '    checks: [ { http: "http://{host}:8080/health", expect: 200, within: PT30S } ]'
      ! host_groups | grep -qx lb || echo '    pool: { balancer: network, backend: crm, server: "{host}" }'
      ;;
    old)
      echo '    checks: [ { tcp: 80 } ]'
      ;;
  esac
}

# All hosts of a group run the same; the first one that runs something tells what.
write_service() { # GROUP
  local name manager=systemd
  for name in "${NAMES[@]}"; do
    [ "$(group_of "$name")" = "$1" ] && [ -n "${UNITS[$name]}" ] || continue
    ! is_sysv "$name" || manager=sysv
    echo "  $(service_of "$1"):"
    echo "    hosts: $1"
    echo "    manager: $manager"
    echo "    unit: ${UNITS[$name]%% *}"
    dependencies_and_checks "$1"
    return 0
  done
}

write_services() {
  local group
  echo "platform: crm"
  echo "services:"
  for group in $(host_groups); do
    write_service "$group"
  done
}

write_access() {
  mkdir -p "$RUNBOOKS"
  write_known_hosts > "$KEYS/known_hosts"
  write_ssh_config > "$KEYS/ssh_config"
  write_inventory > "$RUNBOOKS/inventory.yml"
  write_services > "$RUNBOOKS/services.yml"
  # With sudo, the tests run as somebody else, and ssh refuses a key its user does not own.
  if [ -n "${SUDO_UID:-}" ]; then
    chown -R "$SUDO_UID:${SUDO_GID:-$SUDO_UID}" "$KEYS" "$RUNBOOKS"
  fi
}
