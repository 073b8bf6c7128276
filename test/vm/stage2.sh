# Second stage of a guest, process 1 in its root: what an init system would mount, then the command, then power off.
. /.vm/vm.env
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb LANG=C.UTF-8 SYSMON_VM=$NAME
mount -t sysfs sysfs /sys
mount -t tracefs tracefs /sys/kernel/tracing
mount -t debugfs debugfs /sys/kernel/debug
mount -t bpf bpf /sys/fs/bpf
mount -t securityfs securityfs /sys/kernel/security 2> /dev/null || true # absent without CONFIG_SECURITYFS
mount -t cgroup2 cgroup2 /sys/fs/cgroup
mount -t tmpfs tmpfs /run
mkdir -p /dev/pts /dev/shm /run/vm
# As udev would: shells and programs read what is piped to them by these names.
ln -s /proc/self/fd /dev/fd
for stream in 0:stdin 1:stdout 2:stderr; do ln -s "/proc/self/fd/${stream%%:*}" "/dev/${stream#*:}"; done
# Tests work in /tmp, which must be no overlay: before 6.1 that has no O_TMPFILE, and stat(2) shows other devices. The
# project may be in it.
mkdir /run/project
mount --bind "$DIR" /run/project
mount -t tmpfs tmpfs /tmp
mkdir -p "$DIR"
mount --bind /run/project "$DIR"
mount -t devpts devpts /dev/pts
mount -t tmpfs tmpfs /dev/shm
mount -t virtiofs results /run/vm || echo 'VM-ERROR virtiofs results'
if [ ! -d "/lib/modules/$RELEASE" ]; then
  mkdir -p /lib/modules
  rm -rf "/lib/modules/$RELEASE"
  ln -s "$MODULES" "/lib/modules/$RELEASE"
fi
# A root of another architecture brings its own binaries for the project.
if [ -d /opt/sysmon-vm/node_modules ]; then
  rm -rf "$DIR/node_modules"
  mkdir "$DIR/node_modules"
  mount --bind /opt/sysmon-vm/node_modules "$DIR/node_modules"
  mkdir -p "$DIR/build/Release"
  cp /opt/sysmon-vm/sysmon.node "$DIR/build/Release/"
fi
modprobe -q loop # file systems that tests make
hostname "vm-$NAME" 2> /dev/null
ip link set lo up 2> /dev/null
read -r uptime _ < /proc/uptime
echo "VM-START $(uname -r) after $uptime s"
# From 7.x on a task may lose its CPU in the middle of a program, and the kernel then passes over the next who comes to
# the same hook, which the sensor counts as lost. Rare on a real machine; under emulation a program lasts longer than
# the clock's tick. Tasks that keep their CPU for long let the tests see what the programs see.
case $RELEASE in
  [5-6].*) ;;
  *)
    echo 1000000000 > /sys/kernel/debug/sched/base_slice_ns
    for f in NO_WAKEUP_PREEMPTION NO_PREEMPT_SHORT; do echo $f > /sys/kernel/debug/sched/features; done
    ;;
esac
(cd / && setsid bash -c "$COMMAND") < /dev/null
echo "VM-EXIT $?"
dmesg -n 1
echo o > /proc/sysrq-trigger
sleep 60
