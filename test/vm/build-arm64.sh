#!/bin/bash
# build-arm64.sh PROJECT: cross-builds the addon for the arm64 guests against the libraries of get-arm64-root.sh, into
# that root. Needs g++-aarch64-linux-gnu.
set -euo pipefail
project=$(readlink -f "$1")
root=${SYSMON_VM_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/sysmon-vm}/arm64/root
libraries=$root/usr/lib/aarch64-linux-gnu
build=$project/build/arm64
command -v aarch64-linux-gnu-g++ > /dev/null || { echo 'aarch64-linux-gnu-g++ is missing: install g++-aarch64-linux-gnu' >&2; exit 1; }
cmake -S "$project/native" -B "$build" -DCMAKE_BUILD_TYPE=Release -DSYSMON_OUTPUT="$build/Release" \
  -DCMAKE_SYSTEM_NAME=Linux -DCMAKE_SYSTEM_PROCESSOR=aarch64 \
  -DCMAKE_C_COMPILER=aarch64-linux-gnu-gcc -DCMAKE_ASM_COMPILER=aarch64-linux-gnu-gcc -DCMAKE_CXX_COMPILER=aarch64-linux-gnu-g++ \
  -DLIBBPF_INCLUDE="$root/usr/include" -DLIBBPF="$libraries/libbpf.so" -DLIBELF="$libraries/libelf.so" \
  -DRE2_INCLUDE="$root/usr/include" -DRE2_INCLUDE_DIR="$root/usr/include" -DRE2_LIBRARY="$libraries/libre2.so" \
  -DCMAKE_MODULE_LINKER_FLAGS="-Wl,-rpath-link,$libraries" -DCMAKE_SKIP_RPATH=ON
cmake --build "$build" --target sysmon --parallel 2
install -m 755 "$build/Release/sysmon.node" "$root/opt/sysmon-vm/sysmon.node"

# The guest has no compiler: the C programs of the tests are built here, and what stands in for cc there copies them.
programs=$root/opt/sysmon-vm/programs
rm -rf "$programs"
mkdir -p "$programs"
shopt -s globstar
for source in "$project"/test/kernel/**/*.c; do
  name=$(basename "$source" .c)
  case $name in
    *32) clang --target=armv7-linux-gnueabihf -fuse-ld=lld -nostdlib -static -fno-pie -ffreestanding -O2 "$source" -o "$programs/$name" ;;
    *) aarch64-linux-gnu-gcc -std=gnu11 -O2 -static -pthread "$source" -o "$programs/$name" ;;
  esac
done
cat > "$root/usr/local/bin/cc" <<'CC'
#!/bin/bash
# Stands in for a compiler: finds the source and -o among its arguments and copies the program built beforehand.
while [ $# -gt 0 ]; do
  case $1 in
    -o) output=$2; shift ;;
    *.c) source=$1 ;;
  esac
  shift
done
exec cp "/opt/sysmon-vm/programs/$(basename "$source" .c)" "$output"
CC
chmod 755 "$root/usr/local/bin/cc"
ln -sf cc "$root/usr/local/bin/clang"
