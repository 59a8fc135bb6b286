# The lock of a host: one file, made in one go, with the run that holds it. A host that restarts keeps it.
state=$1 owner=$2
shift 2
lock=$state/lock

# owner_of FILE: the run that stands in a mark, on its first line
owner_of() {
  holder=
  { IFS= read -r holder <"$1"; } 2>/dev/null
  printf %s "$holder"
}

# need_state: the folder for what has to outlive a step
need_state() {
  mkdir -p "$state" 2>/dev/null && [ -w "$state" ] ||
    fail "cannot write to $state on this host: is the disk full or read-only, or does the host lack ansible_become?"
}

# need_lock: nothing is done to a host that another run has locked meanwhile
need_lock() {
  holder=$(owner_of "$lock")
  [ "$holder" = "$owner" ] || fail "this host is locked by ${holder:-nobody}, not by this run: $lock"
}
