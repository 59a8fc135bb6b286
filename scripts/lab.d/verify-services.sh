# shellcheck shell=bash
# Services are started, stopped, killed, patched and restored.

verify_services() {
  check "every host answers ssh as ops" every_host_answers
  check "crm was installed from the lab's repository" on crm1 "dpkg-query -W crm"
  check "http: lb1 -> crm1 -> db1" eventually 10 site_code 200
  check "http: app1, tomcat answers" eventually 30 http_code "http://${ADDRESS[app1]}:8080/" 200
  check "systemctl stop mariadb" on db1 sudo systemctl stop mariadb
  check "  is inactive" unit_state db1 mariadb inactive
  check "  crm tells 503" eventually 5 crm_unhealthy
  check "systemctl start mariadb" on db1 sudo systemctl start mariadb
  check "  mysqladmin ping, without a password" on db1 mysqladmin ping
  check "  crm tells 200 again" eventually 5 crm_healthy
  check "kill -9 crm" kill_service crm1 crm
  check "  the unit has failed, by a signal" eventually 3 crm_was_killed
  check "  haproxy sees it down" eventually 8 balancer_says crm1 DOWN
  check "  customers are served by crm2" site_code 200
  check "  systemctl restart recovers it" on crm1 "sudo systemctl reset-failed crm && sudo systemctl restart crm"
  check "  haproxy sees it up" eventually 8 balancer_says crm1 UP
  check "kill -9 mariadbd: its own unit brings it back" mariadb_comes_back
  check "backup: mysqldump, drop, restore" backup_and_restore
}

every_host_answers() {
  local name
  for name in "${NAMES[@]}"; do
    [ "$(on "$name" hostname)" = "$name" ] || return 1
  done
}

crm_was_killed() {
  local state
  state=$(on crm1 systemctl show -p ActiveState,Result crm)
  [[ $state == *Result=signal* && $state == *ActiveState=failed* ]]
}

mariadb_pid() { on db1 systemctl show -p MainPID --value mariadb; }

mariadb_runs_anew() { # PID_BEFORE
  local pid
  pid=$(mariadb_pid)
  [ "$pid" != 0 ] && [ "$pid" != "$1" ] && unit_state db1 mariadb active
}

mariadb_comes_back() {
  local before
  before=$(mariadb_pid)
  on db1 sudo kill -9 "$before"
  eventually 15 mariadb_runs_anew "$before"
}

backup_and_restore() {
  on db1 '
    set -e
    sudo mysqldump --databases crm > /tmp/backup.sql
    sudo mariadb -e "DROP TABLE crm.customer"
    sudo mariadb < /tmp/backup.sql
    rm /tmp/backup.sql
    [ "$(sudo mariadb -N -e "SELECT COUNT(*) FROM crm.customer")" = 3 ]'
}

verify_sysv() {
  check "old1 runs no systemd" refused on old1 test -d /run/systemd/system
  check "service nginx status: 0, and http answers" nginx_runs
  check "sudo service nginx stop" on old1 sudo service nginx stop
  check "  status: 3, and http is refused" nginx_is_stopped
  check "sudo service nginx start" on old1 sudo service nginx start
  check "  status: 0, and http answers" eventually 3 nginx_runs
  check "kill -9 nginx, service nginx start recovers it" nginx_recovers
  check "logins are in old1's /var/log/auth.log" on old1 "sudo grep -q 'Accepted publickey for ops' /var/log/auth.log"
}

nginx_runs() {
  on old1 sudo service nginx status && http_code "http://${ADDRESS[old1]}/" 200
}

nginx_is_stopped() {
  local status=0
  on old1 sudo service nginx status || status=$?
  [ "$status" = 3 ] && refused http_code "http://${ADDRESS[old1]}/" 200
}

nginx_recovers() {
  kill_service old1 nginx
  eventually 3 refused nginx_runs || return 1
  on old1 sudo service nginx start
  eventually 3 nginx_runs
}

broken_does_not_start() {
  on crm1 "sudo apt-get -qq update && sudo DEBIAN_FRONTEND=noninteractive apt-get -qqy upgrade" || true
  on crm1 "dpkg-query -W -f '\${Version}' crm | grep -qx 1.2.0-broken" && unit_state crm1 crm failed
}

verify_patching() {
  local quiet="sudo DEBIAN_FRONTEND=noninteractive apt-get -qqy"
  publish 1.0.0 1.1.0
  check "patch: apt-get upgrade finds crm 1.1.0" on crm1 "sudo apt-get -qq update && $quiet upgrade"
  check "  1.1.0 is what runs" eventually 5 crm_version 1.1.0
  check "  rolled back to 1.0.0" on crm1 "$quiet --allow-downgrades install crm=1.0.0"
  check "  1.0.0 is what runs" eventually 5 crm_version 1.0.0
  publish 1.0.0 1.2.0-broken
  check "  1.2.0-broken installs, but does not start" broken_does_not_start
  check "  rolled back to 1.0.0" on crm1 "$quiet --allow-downgrades install crm=1.0.0 && sudo systemctl reset-failed crm && sudo systemctl start crm"
  publish 1.0.0
  on crm1 sudo apt-get -qq update
}
