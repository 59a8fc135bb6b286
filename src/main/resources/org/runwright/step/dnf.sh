# Every command that is run on a host with dnf (Fedora, RHEL and its kin) stands here; apt.sh has the same functions.
packages_by=dnf

dnf_yes() { dnf -y "$@"; }

packages_free() { dnf -q --setopt=exit_on_lock=True check; }

packages_mend() { :; }

installed_packages() {
  rpm -qa --qf '%{NAME}.%{ARCH} %{EPOCHNUM}:%{VERSION}-%{RELEASE}\n' | grep -v '^gpg-pubkey\.' | sort
}

update_lists() { dnf_yes --refresh makecache; }

update_all() { dnf_yes upgrade; }

update_security() { dnf_yes upgrade --security; }

# update_named NAME[=VERSION]…
update_named() {
  for name; do
    rpm -q --quiet "${name%%=*}" || { echo "the package ${name%%=*} is not installed on this host" >&2; return 1; }
  done
  dnf_yes install $(for name; do printf '%s ' "$name" | sed 's/=/-/'; done)
}

# put_back GONE NEW: name.arch and version become name-version.arch; several versions of a kernel stay side by side
put_back() {
  gone=$(sed 's/^\(.*\)\.\([^. ]*\) \(.*\)$/\1-\3.\2/' "$1")
  new=$(while read -r name version; do
    grep -q "^$name " "$1" || printf '%s-%s.%s\n' "${name%.*}" "$version" "${name##*.}"
  done <"$2")
  if [ -n "$gone" ]; then dnf_yes --allowerasing install $gone || return; fi
  if [ -n "$new" ]; then dnf_yes --setopt=clean_requirements_on_remove=False remove $new; fi
}

reboot_needed() {
  why=$(dnf -q needs-restarting -r 2>&1) && return 1
  why=$(printf '%s\n' "$why" | tail -n 1)
}
