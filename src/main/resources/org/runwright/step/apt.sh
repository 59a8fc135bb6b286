# Every command that is run on a host with apt (Debian, Ubuntu) stands here; dnf.sh has the same functions.
packages_by=apt-get
DEBIAN_FRONTEND=noninteractive APT_LISTCHANGES_FRONTEND=none NEEDRESTART_MODE=l
export DEBIAN_FRONTEND APT_LISTCHANGES_FRONTEND NEEDRESTART_MODE

# Configuration files that a person changed stay; another apt that is at work is waited for.
apt_get() {
  apt-get -q -y -o DPkg::Lock::Timeout=120 -o APT::Update::Error-Mode=any \
    -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@"
}

# packages_free: takes the package manager's lock for a moment, and tells of a broken or half-done installation
packages_free() { apt-get -q -o DPkg::Lock::Timeout=0 check; }

# packages_mend: finishes what a lost connection or power cut left half done
packages_mend() { dpkg --force-confdef --force-confold --configure -a; }

# installed_packages: one line "NAME VERSION" for each, sorted
installed_packages() {
  dpkg-query -W -f '${db:Status-Abbrev}|${binary:Package} ${Version}\n' | sed -n 's/^[ih]i *|//p' | sort
}

update_lists() { apt_get update; }

# Installs new dependencies (a new kernel is one), removes nothing.
update_all() { apt_get --with-new-pkgs upgrade; }

# What an archive offers whose name ends in -security, as those of Debian and Ubuntu do.
update_security() {
  set -- $(apt-get -q -s --with-new-pkgs upgrade |
    sed -n 's/^Inst \([^ ]*\) .*(\([^ ]*\) [^)]*-[Ss]ecurity[ ,)\[].*/\1=\2/p')
  if [ $# -eq 0 ]; then echo 'no security update is offered'; else apt_get --only-upgrade install "$@"; fi
}

# update_named NAME[=VERSION]…
update_named() {
  for name; do
    dpkg-query -W -f '${db:Status-Abbrev}' "${name%%=*}" 2>/dev/null | grep -q '^.i' ||
      { echo "the package ${name%%=*} is not installed on this host" >&2; return 1; }
  done
  apt_get --allow-downgrades --only-upgrade install "$@"
}

# put_back GONE NEW: files with lines "NAME VERSION": what is to be there again, what is to go
put_back() {
  set -- $(sed 's/ /=/' "$1") $(while read -r name version; do
    grep -q "^$name " "$1" || printf '%s-\n' "$name"
  done <"$2")
  apt_get --allow-downgrades --allow-change-held-packages install "$@"
}

# reboot_needed: sets why; a package asked for it, or a newer kernel is installed than the one that runs
reboot_needed() {
  for flag in /run/reboot-required /var/run/reboot-required; do
    if [ -e "$flag" ]; then
      why="$flag: $(sort -u "$flag.pkgs" 2>/dev/null | head -n 5 | tr '\n' ' ')"
      return 0
    fi
  done
  running=/boot/vmlinuz-$(uname -r)
  newest=$(ls -d /boot/vmlinuz-* 2>/dev/null | sort -V | tail -n 1)
  [ -e "$running" ] && [ -n "$newest" ] && [ "$newest" != "$running" ] || return 1
  why="$newest is newer than the kernel that runs"
}
