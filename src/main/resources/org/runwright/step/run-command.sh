# Replaces this shell, so that the command's own exit code or signal is seen, and its own locale
# and result file are in force. It may write changed=false there itself.
command_text=$1
shift
exec sh -c "$command_text" runwright "$@"
