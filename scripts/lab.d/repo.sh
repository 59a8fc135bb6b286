# shellcheck shell=bash
# A package repository of the lab's own: something real to install, patch and roll back without a network.

# A version that ends in -broken installs, but does not start.
CRM_VERSIONS=(1.0.0 1.1.0 1.2.0-broken)

build_repo() {
  local version
  mkdir -p "$STATE/repo"
  for version in "${CRM_VERSIONS[@]}"; do
    [ -f "$STATE/repo/crm_${version}_all.deb" ] || build_crm "$version"
  done
  [ -f "$STATE/repo/Packages" ] || publish "${CRM_VERSIONS[0]}"
}

build_crm() { # VERSION
  local tree="$STATE/deb.$1"
  rm -rf "$tree"
  mkdir -p "$tree/DEBIAN" "$tree/usr/lib/crm" "$tree/lib/systemd/system"
  sed "s/@VERSION@/$1/" "$FILES/crm.py" > "$tree/usr/lib/crm/crm.py"
  if [[ $1 == *-broken ]]; then
    echo "raise SystemExit('crm $1 does not start')" > "$tree/usr/lib/crm/crm.py"
  fi
  sed "s/@VERSION@/$1/" "$FILES/crm.control" > "$tree/DEBIAN/control"
  install -m 644 "$FILES/crm.service" "$tree/lib/systemd/system/crm.service"
  install -m 755 "$FILES/crm.postinst" "$tree/DEBIAN/postinst"
  dpkg-deb --root-owner-group -Zgzip -b "$tree" "$STATE/repo/crm_$1_all.deb" > /dev/null
  rm -rf "$tree"
}

# Sets what the repository offers from now on.
publish() { # VERSION..
  local version deb index="$STATE/repo/Packages"
  [ $# -gt 0 ] || die "publish which versions? there are: ${CRM_VERSIONS[*]}"
  for version in "$@"; do
    [ -f "$STATE/repo/crm_${version}_all.deb" ] || die "no crm $version; there are: ${CRM_VERSIONS[*]}"
  done
  for version in "$@"; do
    deb="$STATE/repo/crm_${version}_all.deb"
    dpkg-deb -f "$deb"
    echo "Filename: ./${deb##*/}"
    echo "Size: $(stat -c %s "$deb")"
    echo "SHA256: $(sha256sum "$deb" | cut -d' ' -f1)"
    echo
  done > "$index.new"
  mv "$index.new" "$index"
}

# The unit is enabled from the start (see seed); the package comes from the repository once the host is up.
install_crm() { # NAME
  local started=$EPOCHREALTIME
  [[ " ${UNITS[$1]} " == *" crm "* ]] || return 0
  ! inhost "$1" test -f /lib/systemd/system/crm.service || return 0
  inhost "$1" sh -ec '
    apt-get -qq update
    DEBIAN_FRONTEND=noninteractive apt-get -qqy install crm
    systemctl start crm' > "$STATE/hosts/$1/crm.log" 2>&1 \
    || die "$1: crm could not be installed, see $STATE/hosts/$1/crm.log"
  say "$1: crm installed from the lab's repository in $(since "$started") s"
}
