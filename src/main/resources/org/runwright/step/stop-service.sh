first_look
case $state in
  stopped | failed) succeed "$service is stopped already ($manager: $detail)" ;;
  stopping) come_down "$stop_seconds" || kill_or_fail ;;
  *) bring_down ;;
esac
succeed "$service stopped"
