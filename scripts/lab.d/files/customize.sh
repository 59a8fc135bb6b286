# Runs once, inside the base tree.

# ops works without a password; deploy has to give one, to sudo and (if it likes) to sshd.
useradd -m -s /bin/bash ops
useradd -m -s /bin/bash deploy
useradd -r -s /usr/sbin/nologin crm
echo 'deploy:deploy-secret' | chpasswd
echo 'ops ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/ops
echo 'deploy ALL=(ALL) ALL' > /etc/sudoers.d/deploy
chmod 440 /etc/sudoers.d/ops /etc/sudoers.d/deploy

# What makes a host itself is written when it is made.
rm -f /etc/ssh/ssh_host_* /etc/hostname /etc/machine-id /var/lib/dbus/machine-id
: > /etc/machine-id
: > /etc/ssh/lab_authorized_keys
: > /etc/environment
mkdir -p /srv/small /srv/lab-repo

# Every host has all services installed; which of them it runs is decided when it is made.
for unit in mariadb nginx haproxy tomcat10 inetutils-syslogd; do
  systemctl disable "$unit.service" 2> /dev/null || true
done
for unit in apt-daily.timer apt-daily-upgrade.timer e2scrub_all.timer fstrim.timer dpkg-db-backup.timer \
  e2scrub_reap.service systemd-timesyncd.service getty.target console-getty.service systemd-udevd.service; do
  systemctl mask "$unit" 2> /dev/null || true
done
systemctl set-default multi-user.target
mkdir -p /etc/systemd/journald.conf.d
printf '[Journal]\nStorage=volatile\n' > /etc/systemd/journald.conf.d/lab.conf

# The lab's own repository and no other: the hosts have no way out.
rm -f /etc/apt/sources.list /etc/apt/sources.list.d/*
echo 'deb [trusted=yes] file:/srv/lab-repo ./' > /etc/apt/sources.list.d/lab.list
