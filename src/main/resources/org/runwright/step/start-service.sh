first_look
case $state in
  running) succeed "$service already runs" ;;
  activating | restarting)
    was=$state
    come_up "$start_seconds" || not_started
    succeed "$service runs; it was $was already"
    ;;
esac
bring_up
succeed "$service started ($manager: $detail)"
