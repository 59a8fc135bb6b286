# Ordered for a moment after this command has ended and its end is on disk. Whether the host was restarted is told by its
# boot id alone, so that a repetition restarts nothing twice.
boot=$1 when=$2 delay=$3
report changed false
report rebooting false
need_lock
read -r current </proc/sys/kernel/random/boot_id || fail 'the host does not tell its boot id'
if [ "$current" != "$boot" ]; then
  report rebooting true
  succeed 'the host was restarted already'
fi
why='it is asked for'
if [ "$when" = if-needed ] && ! reboot_needed; then succeed 'no reboot is needed'; fi
report rebooting true
report changed true
sync
if [ -d /run/systemd/system ]; then order='systemctl reboot'; else order='shutdown -r now'; fi
(
  trap '' HUP
  setsid sh -c "sleep $delay; $order" </dev/null >/dev/null 2>&1 &
)
succeed "a reboot is ordered: $why"
