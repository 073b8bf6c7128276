/**
 * What attackers do on Linux, as ATT&CK describes it and public emulation suites act it out, of the kind that a sensor
 * of processes, files and connections alone does not see or knows by a command line only: the act, and the event that
 * names it. docs/attacks.md is made of this list.
 */
import type { EventType } from '../../../lib/index.js';

export interface Attack {
  readonly act: string;
  readonly technique: string;
  /**
   * The act, in Python, in a process and a folder of its own, in a mount namespace of this test. `target` is a process
   * of the user nobody that sleeps, `guard` one that is called auditd.
   */
  readonly code: string;
  readonly type: EventType;
  /** Of `data` or `extra`; a regular expression says what is in it. */
  readonly fields: Readonly<Record<string, string | number | boolean | RegExp>>;
}

const attack = (technique: string, act: string, code: string, type: EventType, fields: Attack['fields']): Attack => ({
  act,
  technique,
  code,
  type,
  fields,
});

/** A setting is another one for a moment. */
const changed = (path: string, to: string, or = to): string =>
  `path = '${path}'; old = open(path).read().strip(); change(path, '${to}' if old != '${to}' else '${or}'); change(path, old)`;
const readable = (file: string): string => `os.makedirs(os.path.dirname('${file}'), exist_ok=True)
open('${file}', 'w').close(); open('${file}').read()`;

export const attacks: readonly Attack[] = [
  attack(
    'T1548.001',
    'a copy of a shell gets the setuid bit',
    `make('sh'); os.chmod('sh', 0o4755)`,
    'FileAttributeChange',
    { Attribute: 'mode', NewValue: /setuid/ },
  ),
  attack(
    'T1548.001',
    'a program gets the setgid bit by its descriptor',
    `os.fchmod(make('sh'), 0o2755)`,
    'FileAttributeChange',
    { Attribute: 'mode', NewValue: /setgid/ },
  ),
  attack(
    'T1222.002',
    'a payload is given to another user',
    `make('x'); os.chown('x', 65534, 65534)`,
    'FileAttributeChange',
    { Attribute: 'owner', NewValue: '65534:65534' },
  ),
  attack(
    'T1548',
    'a program gets capabilities (security.capability, as setcap does)',
    `make('x'); os.setxattr('x', 'security.capability', struct.pack('<5I', 0x02000001, 1 << 21, 0, 0, 0))`,
    'FileAttributeChange',
    { Attribute: 'setXattr', Name: 'security.capability' },
  ),
  attack(
    'T1564',
    'data is hidden in an extended attribute',
    `make('x'); os.setxattr('x', 'user.payload', b'hidden')`,
    'FileAttributeChange',
    { Attribute: 'setXattr', Name: 'user.payload' },
  ),
  attack('T1222.002', 'a file is made immutable', `flags(make('x'), 0x10)`, 'FileAttributeChange', {
    Attribute: 'flags',
    NewValue: /immutable/,
  }),
  attack(
    'T1070.006',
    'the times of a file are set back (touch -r)',
    `make('x'); os.utime('x', (1e9, 1e9))`,
    'FileCreateTime',
    { TargetFilename: /\/x$/ },
  ),
  attack('T1003.008', 'the hashes of passwords are read', `open('/etc/shadow').read()`, 'FileOpen', {
    TargetFilename: '/etc/shadow',
    Access: 'read',
  }),
  attack('T1552.004', 'the private key of a user is read', readable('/root/.ssh/id_ed25519'), 'FileOpen', {
    TargetFilename: '/root/.ssh/id_ed25519',
    Access: 'read',
  }),
  attack('T1552.001', 'tokens of a cloud are read', readable('/root/.aws/credentials'), 'FileOpen', {
    TargetFilename: '/root/.aws/credentials',
    Access: 'read',
  }),
  attack(
    'T1555.003',
    'passwords of a browser are read',
    readable('/root/.mozilla/firefox/p.default/logins.json'),
    'FileOpen',
    { TargetFilename: /logins\.json$/, Access: 'read' },
  ),
  attack('T1552.003', 'what somebody typed is read', readable('/root/.bash_history'), 'FileOpen', {
    TargetFilename: '/root/.bash_history',
    Access: 'read',
  }),
  attack(
    'T1528',
    'the token of a service account of Kubernetes is read',
    readable('/run/secrets/kubernetes.io/serviceaccount/x/token'),
    'FileOpen',
    { TargetFilename: /serviceaccount/, Access: 'read' },
  ),
  attack(
    'T1552.007',
    'the environment of another process is read',
    `open(f'/proc/{target}/environ').read()`,
    'FileOpen',
    { TargetFilename: /^\/proc\/\d+\/environ$/ },
  ),
  attack('T1055', 'the mappings of another process are looked up', `open(f'/proc/{target}/maps').read()`, 'FileOpen', {
    TargetFilename: /^\/proc\/\d+\/maps$/,
  }),
  attack(
    'T1055.009',
    'the memory of another process is opened to be written to',
    `os.open(f'/proc/{target}/mem', os.O_RDWR)`,
    'ProcessAccess',
    { GrantedAccess: '0x38' },
  ),
  attack('T1055.008', 'another process is traced', `done(libc.ptrace(16, target, None, None))`, 'ProcessAccess', {
    request: 'attach',
  }),
  attack(
    'T1622',
    'a process has its parent trace it, so that nobody else can',
    `done(libc.ptrace(0, 0, None, None))`,
    'ProcessAccess',
    { request: 'traceme' },
  ),
  attack(
    'T1003.007',
    'memory of another process is read (process_vm_readv)',
    `vm(libc.process_vm_readv)`,
    'ProcessAccess',
    { GrantedAccess: '0x10' },
  ),
  attack(
    'T1055',
    'memory of another process is written to (process_vm_writev)',
    `vm(libc.process_vm_writev)`,
    'ProcessAccess',
    { GrantedAccess: '0x28' },
  ),
  attack('T1620', 'a program is executed from memory (memfd)', `from_memory()`, 'ProcessTampering', {
    Type: 'Fileless execution',
    backing: 'memfd',
  }),
  attack(
    'T1620',
    'a program is executed that is deleted already',
    `fd = make('x', '/bin/true'); ro = os.open('x', os.O_RDONLY); os.close(fd); os.unlink('x'); os.execve(ro, ['x'], {})`,
    'ProcessTampering',
    { Type: 'Fileless execution', backing: 'deleted' },
  ),
  attack(
    'T1620',
    'memory is made that can be written to and executed',
    `mmap.mmap(-1, 65536, prot=7, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)`,
    'MemoryProtect',
    { Operation: 'mmap', Protection: 'rwx', Backing: 'anonymous' },
  ),
  attack(
    'T1055',
    'written memory is made executable (mprotect)',
    `m = mmap.mmap(-1, 65536, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS); m.write(b'code')
done(libc.mprotect(ctypes.c_void_p(ctypes.addressof(ctypes.c_char.from_buffer(m))), 65536, 5))`,
    'MemoryProtect',
    { Operation: 'mprotect', Protection: 'r-x', Backing: 'anonymous' },
  ),
  attack(
    'T1620',
    'a library is mapped from a file of memory',
    `fd = os.memfd_create('lib'); os.write(fd, b'code'); mmap.mmap(fd, 4, prot=5, flags=mmap.MAP_PRIVATE)`,
    'MemoryProtect',
    { Operation: 'mmap', Backing: 'memfd' },
  ),
  attack(
    'T1574.006',
    'a library of a writable directory is loaded into a program (LD_PRELOAD)',
    `shutil.copy(library, 'x.so'); os.execve('/bin/true', ['true'], {'LD_PRELOAD': os.getcwd() + '/x.so'})`,
    'ImageLoad',
    { ImageLoaded: /\/x\.so$/ },
  ),
  attack(
    'T1611',
    'a user namespace is made, whose root the caller is',
    `done(libc.unshare(0x10000000))`,
    'NamespaceChange',
    { Operation: 'unshare', Namespaces: /user:/ },
  ),
  attack(
    'T1611',
    'the mounts of the machine are entered from another namespace (nsenter)',
    `done(libc.setns(os.open(f'/proc/{host}/ns/mnt', os.O_RDONLY), 0))`,
    'NamespaceChange',
    { Operation: 'setns', Namespaces: /mnt:/ },
  ),
  attack(
    'T1564',
    'a process is hidden by a mount over its directory in /proc',
    `os.mkdir('empty'); mount('empty', f'/proc/{target}', None, 4096)`,
    'Mount',
    { Operation: 'bind', Target: /^\/proc\/\d+$/ },
  ),
  attack('T1562', 'the logs are covered by an empty file system', `mount('none', '/var/log', 'tmpfs', 0)`, 'Mount', {
    Operation: 'mount',
    FileSystem: 'tmpfs',
    Target: '/var/log',
  }),
  attack(
    'T1611',
    'a mount is made writable again',
    `os.mkdir('m'); mount('none', 'm', 'tmpfs', 1); mount(None, 'm', None, 32)`,
    'Mount',
    { Operation: 'remount', Target: /\/m$/ },
  ),
  attack(
    'T1562',
    'a mount is taken off',
    `os.mkdir('m'); mount('none', 'm', 'tmpfs', 0); done(libc.umount2(b'm', 2))`,
    'Mount',
    { Operation: 'umount', Target: /\/m$/ },
  ),
  attack('T1611', 'the root directory is changed', `os.chroot('.')`, 'Mount', { Operation: 'chroot' }),
  attack('T1562.001', 'the audit daemon is killed', `os.kill(guard, 9)`, 'Signal', {
    Signal: 'SIGKILL',
    reason: 'security',
  }),
  attack('T1562.001', 'a process of another user is stopped', `os.kill(target, 19)`, 'Signal', {
    Signal: 'SIGSTOP',
    reason: 'otherUser',
  }),
  attack(
    'T1571',
    'a backdoor listens on a port',
    `s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen()`,
    'SocketListen',
    { Protocol: 'tcp', Address: '127.0.0.1' },
  ),
  attack(
    'T1095',
    'a backdoor waits for datagrams',
    `s = socket.socket(type=socket.SOCK_DGRAM); s.bind(('127.0.0.1', 0))`,
    'SocketListen',
    { Protocol: 'udp', Address: '127.0.0.1' },
  ),
  attack(
    'T1040',
    'all packets are listened to',
    `socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))`,
    'RawSocket',
    { Family: 'AF_PACKET', operation: 'socket' },
  ),
  attack('T1095', 'messages are hidden in ICMP', `socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)`, 'RawSocket', {
    Family: 'AF_INET',
    Protocol: 'IPPROTO_ICMP',
  }),
  attack('T1205.002', 'a filter on a socket waits for a magic packet', `filtered()`, 'RawSocket', {
    operation: 'SO_ATTACH_FILTER',
  }),
  attack(
    'T1610',
    'the socket of Docker is used',
    `s = socket.socket(socket.AF_UNIX); s.bind('docker.sock'); s.listen(); socket.socket(socket.AF_UNIX).connect('docker.sock')`,
    'UnixConnect',
    { SocketName: /\/docker\.sock$/ },
  ),
  attack(
    'T1611',
    'a program is set that the kernel runs for core dumps',
    changed('/proc/sys/kernel/core_pattern', '|/sysmon-test/%p'),
    'KernelParameter',
    { Parameter: '/proc/sys/kernel/core_pattern' },
  ),
  attack(
    'T1562.001',
    'the random layout of memory is set',
    changed('/proc/sys/kernel/randomize_va_space', '1', '2'),
    'KernelParameter',
    { Parameter: '/proc/sys/kernel/randomize_va_space' },
  ),
  attack(
    'T1562.001',
    'the log of the kernel is opened to everybody',
    changed('/proc/sys/kernel/dmesg_restrict', '0', '1'),
    'KernelParameter',
    { Parameter: '/proc/sys/kernel/dmesg_restrict' },
  ),
  attack(
    'T1090',
    'the machine is to forward packets',
    `done(libc.unshare(0x40000000)); ${changed('/proc/sys/net/ipv4/ip_forward', '1', '0')}`,
    'KernelParameter',
    {
      Parameter: '/proc/sys/net/ipv4/ip_forward',
    },
  ),
  attack(
    'T1036.004',
    'a process is called as a thread of the kernel',
    `done(libc.prctl(15, b'kworker/0:1', 0, 0, 0))`,
    'ProcessRename',
    { NewName: 'kworker/0:1' },
  ),
  attack(
    'T1204.002',
    'a payload is tried that may not be executed',
    `make('x'); os.chmod('x', 0o644)
try: os.execv('x', ['x'])
except PermissionError: pass`,
    'FailedExecution',
    { Errno: 'EACCES', TargetFilename: /\/x$/ },
  ),
  attack(
    'T1204.002',
    'a payload is tried that is no program for this machine',
    `os.write(make('x'), b'\\x7fELFnonsense' * 20); os.closerange(3, 64)
try: os.execv('x', ['x'])
except OSError: pass`,
    'FailedExecution',
    { Errno: 'ENOEXEC', TargetFilename: /\/x$/ },
  ),
  attack('T1547.006', 'a module is tried on the kernel', `try_module()`, 'ModuleLoad', { ImageLoaded: /\/x\.ko$/ }),
];
