# shellcheck shell=bash
# The network: a bridge in a namespace of its own, one more namespace per host, and one wire to this machine.
# A port of the bridge stays outside its host, so that the host can be cut off whatever happens inside.

HUB=$PREFIX
UPLINK=${PREFIX}0

netns_exists() { ip netns list | cut -d' ' -f1 | grep -qx "$1"; }

# The names are the machine's, so there can be one lab at a time.
refuse_foreign_network() {
  if netns_exists "$HUB" && [ ! -f "$STATE/network" ]; then
    die "another lab is up on this machine: $STATE did not make the network '$HUB'"
  fi
}

network_up() {
  local name
  ! netns_exists "$HUB" || return 0
  : > "$STATE/network"
  ip netns add "$HUB"
  ip -n "$HUB" link set lo up
  ip -n "$HUB" link add br0 type bridge forward_delay 0
  ip -n "$HUB" link set br0 up
  ip link add "$UPLINK" type veth peer name up0 netns "$HUB"
  ip -n "$HUB" link set up0 master br0 up
  ip addr add "$NET.1/24" dev "$UPLINK"
  ip link set "$UPLINK" up
  # Were the wire to vanish, traffic meant for a host must not leave by the machine's default route.
  ip route replace unreachable "$NET.0/24" metric 4000
  for name in "${NAMES[@]}"; do
    wire "$name"
  done
}

wire() { # NAME
  local ns="$PREFIX-$1"
  ip netns add "$ns"
  ip -n "$ns" link set lo up
  ip -n "$HUB" link add "p-$1" type veth peer name eth0 netns "$ns"
  ip -n "$HUB" link set "p-$1" master br0 up
  ip -n "$ns" addr add "${ADDRESS[$1]}/24" dev eth0
  ip -n "$ns" link set eth0 up
}

network_down() {
  local ns
  [ -f "$STATE/network" ] || return 0
  ip link del "$UPLINK" 2>/dev/null || true
  for ns in $(ip netns list | awk -v prefix="$PREFIX" '$1 == prefix || index($1, prefix "-") == 1 { print $1 }'); do
    ip netns del "$ns"
  done
  # 'ip netns' mounts this folder on first use; leave it only to others that use it.
  if [ -d /run/netns ] && [ -z "$(ls -A /run/netns)" ]; then
    umount /run/netns 2>/dev/null || true
    rmdir /run/netns 2>/dev/null || true
  fi
  ip route del unreachable "$NET.0/24" metric 4000 2>/dev/null || true
  rm -f "$STATE/network"
}
