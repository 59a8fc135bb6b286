first_look
case $state in
  stopped | failed) bring_up ;;
  *) restart_it ;;
esac
succeed "$service restarted ($manager: $detail)"
