# What every script begins with: how it tells its outcome. POSIX sh; later lines of the result
# file win, so a script says early what it knows and corrects itself as it goes. Only the first
# 4096 bytes of the file are read.
set -u
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
result=${RUNWRIGHT_RESULT:-/dev/null}
given_locale=${LC_ALL-}
LC_ALL=C
export PATH LC_ALL

# report KEY VALUE: one line of the result file
report() {
  printf '%s=%s\n' "$1" "$(printf %s "$2" | tr '\r\n' '  ' | cut -c 1-1000)" >>"$result"
}

# succeed MESSAGE
succeed() {
  report message "$1"
  printf '%s\n' "$1"
  exit 0
}

# fail MESSAGE
fail() {
  report message "$1"
  printf '%s\n' "$1" >&2
  exit 1
}
