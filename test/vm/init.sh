#!/bin/busybox sh
# First stage of a guest, in the initramfs: the modules that reach the root, then the root itself. What the host shares
# is read-only; a tmpfs over it takes what the guest writes and is thrown away. /vm.env is written by boot.mjs.
b=/bin/busybox
$b mount -t proc proc /proc
$b mount -t devtmpfs devtmpfs /dev
. /vm.env
for module in /modules/*.ko; do $b insmod $module || echo "VM-ERROR insmod $module"; done
$b mount -t tmpfs -o mode=755 tmpfs /upper

# overlay TAG TARGET: the share TAG at TARGET, writable for the guest alone.
overlay() {
  $b mkdir -p /lower/$1 /upper/$1/new /upper/$1/work $2
  $b mount -t virtiofs -o ro $1 /lower/$1 || echo "VM-ERROR virtiofs $1"
  $b mount -t overlay -o lowerdir=/lower/$1,upperdir=/upper/$1/new,workdir=/upper/$1/work overlay $2 || echo "VM-ERROR overlay $1"
}
overlay root /root
[ -z "$PROJECT" ] || overlay project /root$PROJECT
$b mkdir -p /root/proc /root/sys /root/dev /root/run /root/.vm
$b cp /vm.env /stage2.sh /root/.vm/
$b mount --move /proc /root/proc
$b mount --move /dev /root/dev
exec $b switch_root /root /bin/bash /.vm/stage2.sh
