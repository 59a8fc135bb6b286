#!/bin/sh
# Tells how full the file systems are, and fails if one of them is fuller than so many percent (default: 90).
# disk-usage.sh [PERCENT]
limit=${1:-90}
case $limit in
'' | *[!0-9]*)
  echo "the limit is a percentage such as 90, not $limit" >&2
  exit 2
  ;;
esac
echo changed=false >>"${RUNWRIGHT_RESULT:-/dev/null}"
df -P | {
  full=
  read -r heading
  printf '%s\n' "$heading"
  while read -r device blocks used free percent place; do
    printf '%s %s %s %s %s %s\n' "$device" "$blocks" "$used" "$free" "$percent" "$place"
    case ${percent%\%} in
    '' | *[!0-9]*) ;;
    *) [ "${percent%\%}" -le "$limit" ] || full="$full $place ($percent)" ;;
    esac
  done
  [ -z "$full" ] || {
    echo "fuller than $limit%:$full" >&2
    exit 1
  }
}
