# How systemd is asked and told. systemctl show answers with 0 for a dead unit too: the state is
# read, not the exit code. auto-restart is a unit between a crash and systemd's own next try; it
# does not run, and nobody but systemd is about to cure it.
manager=systemd

look() {
  if ! shown=$(systemctl show -p LoadState -p ActiveState -p SubState -p Result -- "$unit" 2>&1)
  then
    state=unknown detail="systemd does not answer: $shown"
    return
  fi
  load='' active='' sub='' why=''
  while IFS='=' read -r key value; do
    case $key in
      LoadState) load=$value ;;
      ActiveState) active=$value ;;
      SubState) sub=$value ;;
      Result) why=$value ;;
    esac
  done <<END
$shown
END
  detail="$active ($sub)"
  case $active in
    active | reloading | refreshing | maintenance) state=running ;;
    activating) case $sub in auto-restart*) state=restarting ;; *) state=activating ;; esac ;;
    deactivating) state=stopping ;;
    failed) state=failed detail="failed ($why)" ;;
    inactive) case $load in not-found) state=missing ;; *) state=stopped ;; esac ;;
    *) state=unknown detail="systemd says '$active'" ;;
  esac
}

tell() {
  LC_ALL=C systemctl --no-ask-password "$@" -- "$unit" 2>"$captured"
  told=$?
  cat "$captured" >&2
  return $told
}
# A unit that crashed too often is not started, whatever was repaired, until that is forgotten.
start_now() {
  [ "$state" != failed ] || forget_failure
  tell start
}
forget_failure() { systemctl --no-ask-password reset-failed -- "$unit" 2>/dev/null || :; }
stop_now() { tell stop; }

# systemctl says "Job for … failed" once a job was begun
refused() {
  case $said in
    'Failed to '*': Access denied' | 'Failed to '*'uthentication required'*) return 0 ;;
    'Failed to '*' not found.' | 'Failed to '*' is masked.') return 0 ;;
  esac
  return 1
}

# The stop after the kill keeps Restart=always from starting it again.
kill_now() {
  tell kill -s KILL
  tell stop
  forget_failure
}

explain() { systemctl status --no-pager --full --lines=20 -- "$unit"; }

# systemd's own restart also restarts what is bound to the unit. A stop that hangs inside it is
# ended by a kill where that is allowed; the restart itself goes on.
restart_it() {
  (
    sleep "$stop_seconds"
    look
    if [ "$force" = true ] && [ "$state" = stopping ]; then
      systemctl --no-ask-password kill -s KILL -- "$unit"
    fi
  ) </dev/null >/dev/null 2>&1 &
  impatience=$!
  act $((stop_seconds + start_seconds)) tell restart
  end_tree "$impatience"
  come_up $((stop_seconds + start_seconds - now + began)) "$act_code" && [ "$act_code" -eq 0 ] ||
    not_started
}
