# shellcheck shell=bash
# The machine's packages, and the Debian tree all hosts share (each writes into an overlay of its own).

MACHINE_PACKAGES=(systemd-container mmdebstrap iproute2 openssh-client iptables procps python3 debian-archive-keyring)

HOST_PACKAGES=(
  systemd systemd-sysv dbus openssh-server sudo
  iproute2 iputils-ping iptables netbase ca-certificates curl rsync procps
  python3-minimal python3-pymysql faketime inetutils-syslogd
  mariadb-server nginx-light haproxy tomcat10 openjdk-17-jre-headless
)

install_machine_packages() {
  local package missing=() started=$EPOCHREALTIME
  command -v dpkg-query > /dev/null || die "the lab needs Debian or Ubuntu"
  for package in "${MACHINE_PACKAGES[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  say "installing on this machine: ${missing[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" \
    > "$STATE/packages.log" 2>&1 || die "apt-get failed, see $STATE/packages.log"
  say "packages installed in $(since "$started") s"
}

# The base is rebuilt only when what goes into it has changed.
base_key() {
  {
    echo "$SUITE ${HOST_PACKAGES[*]}"
    cat "$LAB_D/base.sh"
    find "$FILES" -type f -print0 | sort -z | xargs -0 cat
  } | sha256sum | cut -c1-16
}

# The machine's own apt sources where they fit (they may name a mirror near by), else the public mirror.
base_sources() {
  local codename file
  codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
  if [ "$codename" = "$SUITE" ] && [ -z "${RUNWRIGHT_LAB_MIRROR:-}" ]; then
    for file in /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list; do
      if [ -s "$file" ]; then
        echo "$file"
        return 0
      fi
    done
  fi
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $MIRROR $SUITE main"
}

build_base() {
  local key started=$EPOCHREALTIME
  key=$(base_key)
  if [ "$(cat "$BASE.key" 2>/dev/null)" = "$key" ]; then
    say "base tree: already built"
    return 0
  fi
  [ -z "$(running_hosts)" ] || die "the base tree has to be rebuilt, but hosts are using it; run 'lab down' first"
  say "base tree: building Debian $SUITE (about a minute, once; log in $STATE/base.log)"
  rm -rf "$BASE" "$BASE.key" "$BASE.tmp"
  bootstrap "$BASE.tmp" > "$STATE/base.log" 2>&1 || {
    tail -20 "$STATE/base.log" >&2
    die "building the base tree failed, see $STATE/base.log"
  }
  mv "$BASE.tmp" "$BASE"
  echo "$key" > "$BASE.key"
  say "base tree: built in $(since "$started") s"
}

# Our settings for MariaDB and sshd go in before their packages, so that these start out configured.
# shellcheck disable=SC2016  # $1 is the hook's own
bootstrap() { # TARGET
  local include
  include=$(IFS=,; echo "${HOST_PACKAGES[*]}")
  local options=(
    --mode=root --variant=minbase --skip=check/empty
    --aptopt='Acquire::Languages "none"'
    --dpkgopt=force-unsafe-io
    --dpkgopt='path-exclude=/usr/share/man/*'
    --dpkgopt='path-exclude=/usr/share/locale/*'
    --dpkgopt='path-exclude=/usr/share/doc/*'
    --dpkgopt='path-include=/usr/share/doc/*/copyright'
    --essential-hook='mkdir -p "$1/etc/mysql/mariadb.conf.d" "$1/etc/ssh/sshd_config.d" "$1/usr/share/man/man1"'
    --essential-hook="copy-in $FILES/99-lab.cnf /etc/mysql/mariadb.conf.d"
    --essential-hook="copy-in $FILES/lab-init.sql /etc/mysql"
    --essential-hook="copy-in $FILES/10-lab.conf /etc/ssh/sshd_config.d"
    --include="$include"
    --customize-hook="copy-in $FILES/haproxy.cfg /etc/haproxy"
    --customize-hook="upload $FILES/customize.sh /tmp/customize.sh"
    --customize-hook='chroot "$1" sh -e /tmp/customize.sh'
    --customize-hook='rm "$1/tmp/customize.sh"'
  )
  timeout 1200 mmdebstrap "${options[@]}" "$SUITE" "$1" "$(base_sources)"
}
