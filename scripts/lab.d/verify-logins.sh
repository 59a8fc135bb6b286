# shellcheck shell=bash
# Who gets in, and how: keys, passphrase, passwords, sudo, jump host, host keys.

DEPLOY_PASSWORD=deploy-secret

verify_logins() {
  check "ops: sudo asks for no password" on db1 sudo -n true
  check "deploy: the same key lets it in" as_deploy db1 true
  check "deploy: sudo -n is refused" refused as_deploy db1 sudo -n true
  check "deploy: sudo with its password" deploy_sudo "$DEPLOY_PASSWORD"
  check "deploy: sudo with a wrong password is refused" refused deploy_sudo wrong
  check "deploy: ssh with its password" with_password "$DEPLOY_PASSWORD" -l deploy db1 true
  check "  on the host without systemd too" with_password "$DEPLOY_PASSWORD" -l deploy old1 true
  check "deploy: ssh with a wrong password is refused" refused with_password wrong -l deploy db1 true
  check "ops: ssh with a password is not offered" ops_has_no_password_login
  check "key with passphrase" with_passphrase "$PASSPHRASE"
  check "key with a wrong passphrase is refused" refused with_passphrase wrong
  check "ProxyJump: db1 sees lb1 as the caller" jumps_through_lb1
  check "a changed host key is refused" changed_host_key_is_refused
}

as_deploy() { on -l deploy "$@"; }

deploy_sudo() { # PASSWORD
  local who
  who=$(echo "$1" | timeout 30 ssh -F "$KEYS/ssh_config" -l deploy db1 "sudo -k -S -p '' id -un")
  [ "$who" = root ]
}

# ssh asks this program instead of a terminal.
answering() { # ANSWER COMMAND..
  local answer=$1
  shift
  printf '#!/bin/sh\necho %s\n' "$answer" > "$SCRATCH/askpass"
  chmod 700 "$SCRATCH/askpass"
  SSH_ASKPASS="$SCRATCH/askpass" SSH_ASKPASS_REQUIRE=force "$@"
}

with_password() { # PASSWORD SSH_ARGUMENTS..
  local password=$1
  shift
  answering "$password" timeout 30 ssh -n -F "$KEYS/ssh_config" -o BatchMode=no -o NumberOfPasswordPrompts=1 \
    -o PubkeyAuthentication=no -o PreferredAuthentications=password "$@"
}

ops_has_no_password_login() {
  local message
  message=$(with_password "$DEPLOY_PASSWORD" db1 true 2>&1)
  [[ $message == *"Permission denied (publickey)"* ]]
}

# Without the agent and without the plain key of the configuration file.
with_passphrase() { # PASSPHRASE
  answering "$1" timeout 30 ssh -n -F /dev/null -i "$KEYS/id_passphrase" -o IdentitiesOnly=yes -o IdentityAgent=none \
    -o UserKnownHostsFile="$KEYS/known_hosts" -o StrictHostKeyChecking=yes -o NumberOfPasswordPrompts=1 \
    -o PasswordAuthentication=no "ops@${ADDRESS[db1]}" true
}

jumps_through_lb1() {
  local caller
  # shellcheck disable=SC2016  # expanded on the host
  caller=$(on -J lb1 db1 'echo ${SSH_CONNECTION%% *}')
  echo "db1 was called by $caller"
  [ "$caller" = "${ADDRESS[lb1]}" ]
}

changed_host_key_is_refused() {
  sed "s/^${ADDRESS[lb1]} /${ADDRESS[db1]} /" <(grep "^${ADDRESS[lb1]} " "$KEYS/known_hosts") > "$SCRATCH/known_hosts"
  local message
  message=$(on -o UserKnownHostsFile="$SCRATCH/known_hosts" db1 true 2>&1)
  [[ $message == *"REMOTE HOST IDENTIFICATION HAS CHANGED"* ]]
}
