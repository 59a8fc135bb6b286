# How a service with commands of its own is asked and told. Its status command exits with 0 while
# it runs; 126 and 127 are the shell's words for a command that cannot be run.
manager='its status command'
no_kill='give the service a kill command in services.yml'

look() {
  bounded 10 sh -c "$status_text" "$service" >"$captured" 2>&1
  case $code in
    0) state=running detail='ended with 0' ;;
    126 | 127) state=unknown detail="cannot be run: $(tail -n 1 "$captured")" ;;
    *)
      state=stopped detail="ended with $code"
      [ "$timed_out" = no ] || state=unknown detail='did not end within 10 s'
      ;;
  esac
}

start_now() { sh -c "$start_text" "$service"; }
stop_now() { sh -c "$stop_text" "$service"; }
explain() { :; }
