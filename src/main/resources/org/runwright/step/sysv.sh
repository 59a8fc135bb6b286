# How a SysV init script is asked and told. The exit codes of status are the LSB's: 0 runs, 1 and 2
# dead but its pid or lock file is left, 3 stopped.
manager=sysv
no_kill='SysV has no kill of its own; give the service a kill command in services.yml'

look() {
  if [ ! -d /run/systemd/system ] && [ ! -x "/etc/init.d/$unit" ]; then
    state=missing detail="there is no /etc/init.d/$unit"
    return
  fi
  bounded 10 service "$unit" status >/dev/null 2>&1
  case $code in
    0) state=running detail='status says it runs' ;;
    1 | 2) state=failed detail="status says dead ($code)" ;;
    3) state=stopped detail='status says it is stopped' ;;
    *)
      state=unknown detail="service $unit status ended with $code"
      [ "$timed_out" = no ] || detail="service $unit status did not end within 10 s"
      ;;
  esac
}

start_now() { service "$unit" start; }
stop_now() { service "$unit" stop; }
explain() { service "$unit" status; }
