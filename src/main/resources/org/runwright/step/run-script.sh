# Runs a script whose text comes as an argument. It is written to a file that has no name any more
# once it is compared and run: nobody else can change it, and nothing of it stays, however it ends.
# $1 SHA-256, $2 interpreter, $3 its option, $4 the text, $5 … the script's arguments
refuse() {
  printf 'message=%s\n' "$1" >>"${RUNWRIGHT_RESULT:-/dev/null}"
  printf '%s\n' "$1" >&2
  exit 1
}
[ -x "$2" ] || refuse "the host has no $2, which the first line of the script names"
file=$(umask 077 && mktemp "${TMPDIR:-/tmp}/runwright.XXXXXXXXXX") || refuse 'cannot write to the folder for temporary files'
printf %s "$4" >"$file" || { rm -f "$file"; refuse 'the disk of the host is full'; }
exec 3<"$file"
rm -f "$file"
sum=$(sha256sum /proc/self/fd/3) || refuse 'the host cannot tell the SHA-256 of the script: sha256sum failed'
[ "${sum%% *}" = "$1" ] || refuse "the script arrived with SHA-256 ${sum%% *}, not $1"
printf 'sha256=%s\n' "$1" >>"${RUNWRIGHT_RESULT:-/dev/null}"
interpreter=$2 option=$3
shift 4
unset file sum
[ -z "$option" ] || exec "$interpreter" "$option" /proc/self/fd/3 "$@"
exec "$interpreter" /proc/self/fd/3 "$@"
