# How supervisord is asked and told, through supervisorctl. Its exit codes differ between versions:
# the state in the second word of status is read.
manager=supervisor

look() {
  bounded 10 supervisor_status
  shown=$(tail -n 1 "$captured")
  read -r name word rest <<END
$shown
END
  case $word in
    RUNNING) state=running ;;
    STARTING) state=activating ;;
    BACKOFF) state=restarting ;;
    STOPPING) state=stopping ;;
    STOPPED | EXITED) state=stopped ;;
    FATAL) state=failed ;;
    *)
      case $shown in
        *'no such process'* | *'no such group'*) state=missing detail=$shown ;;
        *) state=unknown detail="supervisord does not answer: $shown" ;;
      esac
      return
      ;;
  esac
  detail=$word
}

supervisor_status() { supervisorctl status "$unit" >"$captured" 2>&1; }
tell() {
  supervisorctl "$@" "$unit" >"$captured" 2>&1
  told=$?
  cat "$captured"
  return $told
}
start_now() { tell start; }
stop_now() { tell stop; }
kill_now() { tell signal KILL; }
explain() { supervisorctl tail "$unit" stderr; }
