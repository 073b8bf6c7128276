#!/bin/bash
# get-kernel.sh SUITE META-PACKAGE, for example: get-kernel.sh bullseye linux-image-cloud-amd64
#
# Downloads (does not install) the kernel that META-PACKAGE stands for today in that Debian suite, unpacks it to
# CACHE/kernels/RELEASE/{vmlinuz,config,lib/modules/RELEASE} and prints RELEASE. Nothing is pinned: the suite decides.
# The system's own apt is untouched: lists, status and cache live in CACHE/apt. Package lists are renewed once a day;
# where that fails, the old ones serve and a line on stderr says so. The archive is the one in this system's apt
# configuration, or SYSMON_VM_MIRROR (and SYSMON_VM_SECURITY_MIRROR).
set -euo pipefail
suite=$1 meta=$2 arch=${2##*-}
cache=${SYSMON_VM_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/sysmon-vm}
state=$cache/apt/$suite-$arch
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
[ -e "$keyring" ] || { echo "$keyring is missing: install debian-archive-keyring" >&2; exit 1; }
mkdir -p "$state"/{lists/partial,cache/archives/partial} "$cache/kernels"

site() { apt-get indextargets --format '$(SITE)' | sort -u | grep -E "/$1/?\$" | head -1 || true; }
main=${SYSMON_VM_MIRROR:-$(site debian)}
security=${SYSMON_VM_SECURITY_MIRROR:-$(site debian-security)}
[ -n "$main" ] || { echo 'no Debian archive in the apt configuration: set SYSMON_VM_MIRROR to one' >&2; exit 1; }
{
  echo "deb [signed-by=$keyring] $main $suite main"
  [ "$suite" = sid ] || [ -z "$security" ] || echo "deb [signed-by=$keyring] $security $suite-security main"
} > "$state/sources.list"
: > "$state/status"
options=(-o "Dir::Etc::sourcelist=$state/sources.list" -o Dir::Etc::sourceparts=/dev/null -o "Dir::State::Lists=$state/lists"
  -o "Dir::State::status=$state/status" -o "Dir::Cache=$state/cache" -o "APT::Architecture=$arch" -o "APT::Architectures=$arch"
  -o APT::Sandbox::User=root -o Acquire::http::Timeout=30 -o Acquire::Retries=2)
if [ -z "$(find "$state/updated" -mtime -1 2> /dev/null)" ]; then
  if apt-get "${options[@]}" -qq update >&2; then
    touch "$state/updated"
  elif [ -e "$state/updated" ]; then
    echo "$suite: the package lists could not be renewed; those of $(date -r "$state/updated" +%F) serve" >&2
  else
    echo "$suite: the package lists could not be had" >&2
    exit 1
  fi
fi

# From 6.13 on an image is split into several packages.
parts_of() { apt-cache "${options[@]}" show --no-all-versions "$1" | sed -n 's/^Depends: //p' | tr ',' '\n' | awk '{print $1}' | grep -E '^linux-(image|binary|modules)-[0-9]' || true; }
image=$(parts_of "$meta" | head -1)
[ -n "$image" ] || { echo "$suite has no kernel for $meta" >&2; exit 1; }
release=${image#linux-image-}
to=$cache/kernels/$release
if [ ! -e "$to/vmlinuz" ]; then
  rm -rf "$to"
  mkdir -p "$to/debs" "$to/lib"
  (cd "$to/debs" && apt-get "${options[@]}" -qq download "$image" $(parts_of "$image") >&2)
  for deb in "$to"/debs/*.deb; do dpkg-deb -x "$deb" "$to/root"; done
  for modules in "$to"/root/lib/modules "$to"/root/usr/lib/modules; do [ -d "$modules" ] && mv "$modules" "$to/lib/"; done
  cp "$to"/root/boot/config-* "$to/config" 2> /dev/null || true
  depmod -b "$to" "$release" 2> /dev/null
  # Last: its presence says that the rest is complete.
  cp "$(find "$to/root" "$to/lib" -name 'vmlinuz*' -type f | head -1)" "$to/vmlinuz"
  rm -rf "$to/debs" "$to/root"
fi
echo "$release"
