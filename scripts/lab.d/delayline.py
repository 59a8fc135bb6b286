#!/usr/bin/env python3
"""delayline.py HUB_NETNS PORT NAME DELAY_MS LOSS_PERCENT

Puts a delay line between a host's port and the bridge: two TAP devices, between which frames are held for
DELAY_MS in each direction and lost with LOSS_PERCENT probability. On SIGTERM or SIGINT the port goes back to
the bridge and the devices vanish.
"""
import ctypes
import fcntl
import heapq
import os
import random
import select
import signal
import struct
import subprocess
import sys
import time

CLONE_NEWNET = 0x40000000
TUNSETIFF = 0x400454CA
IFF_TAP_NO_PI = 0x1002


def enter_network(name):
    fd = os.open("/run/netns/" + name, os.O_RDONLY)
    if ctypes.CDLL(None, use_errno=True).setns(fd, CLONE_NEWNET):
        sys.exit("setns: " + os.strerror(ctypes.get_errno()))


def ip(*args):
    subprocess.run(["ip", *args], check=True)


def open_tap(device):
    fd = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(fd, TUNSETIFF, struct.pack("16sH22x", device.encode(), IFF_TAP_NO_PI))
    return fd


def insert(port, near, far, side):
    ip("link", "add", side, "type", "bridge", "forward_delay", "0")
    ip("link", "set", far, "master", side, "up")
    ip("link", "set", side, "up")
    ip("link", "set", near, "master", "br0", "up")
    ip("link", "set", port, "master", side)


def remove(port, side):
    subprocess.run(["ip", "link", "set", port, "master", "br0"])
    subprocess.run(["ip", "link", "del", side], stderr=subprocess.DEVNULL)


def forward(near, far, delay, loss):
    other = {near: far, far: near}
    held = []
    arrivals = 0
    while True:
        patience = max(0.0, held[0][0] - time.monotonic()) if held else 1.0
        for fd in select.select([near, far], [], [], patience)[0]:
            try:
                frame = os.read(fd, 65536)
            except OSError:
                continue
            if random.random() >= loss:
                arrivals += 1
                heapq.heappush(held, (time.monotonic() + delay, arrivals, other[fd], frame))
        now = time.monotonic()
        while held and held[0][0] <= now:
            _, _, fd, frame = heapq.heappop(held)
            try:
                os.write(fd, frame)
            except OSError:
                pass  # the device is down or its queue full: the frame is lost, as on a wire


def main(hub, port, name, delay_ms, loss_percent):
    def stop(*_):
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    enter_network(hub)
    near, far, side = "da-" + name, "db-" + name, "ds-" + name
    near_fd, far_fd = open_tap(near), open_tap(far)
    try:
        insert(port, near, far, side)
        forward(near_fd, far_fd, float(delay_ms) / 1000, float(loss_percent) / 100)
    finally:
        remove(port, side)


main(*sys.argv[1:])
