# perform.py FOLDER: performs the acts of attacks.ts and starter-acts.ts, each in a process and a folder of its own below
# FOLDER. Reads a list of their codes, and prints of each its process and how it ended.
# 77: this kernel, or this file system, does not have what is asked for.
import ctypes, errno, fcntl, json, mmap, os, shutil, socket, struct, subprocess, sys
libc = ctypes.CDLL(None, use_errno=True)
host = os.getppid()
def done(result):
  if result < 0: raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
def mount(source, target, kind, flags):
  text = lambda t: None if t is None else t.encode()
  done(libc.mount(text(source), text(target), text(kind), ctypes.c_ulong(flags), None))
def change(path, value):
  with open(path, 'w') as f: f.write(value)
def make(name, like=None):
  fd = os.open(name, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o755)
  if like: os.write(fd, open(like, 'rb').read())
  return fd
def flags(fd, flag):
  get, set = (0x80086601, 0x40086602)
  old = struct.unpack('l', fcntl.ioctl(fd, get, struct.pack('l', 0)))[0]
  fcntl.ioctl(fd, set, struct.pack('l', old | flag))
  fcntl.ioctl(fd, set, struct.pack('l', old))
def vm(call):
  class iovec(ctypes.Structure): _fields_ = [('base', ctypes.c_void_p), ('len', ctypes.c_size_t)]
  for line in open(f'/proc/{target}/maps'):
    if ' rw-p ' in line: at = int(line.split('-')[0], 16); break
  here = ctypes.create_string_buffer(1)
  done(libc.process_vm_readv(target, ctypes.byref(iovec(ctypes.addressof(here), 1)), 1, ctypes.byref(iovec(at, 1)), 1, 0))
  if call is not libc.process_vm_readv:
    done(call(target, ctypes.byref(iovec(ctypes.addressof(here), 1)), 1, ctypes.byref(iovec(at, 1)), 1, 0))
def from_memory():
  fd = os.memfd_create('payload', 0)
  os.write(fd, open('/bin/true', 'rb').read())
  ro = os.open(f'/proc/self/fd/{fd}', os.O_RDONLY)
  os.close(fd)
  os.execve(ro, ['payload'], {})
def filtered():
  s = socket.socket(type=socket.SOCK_DGRAM)
  code = ctypes.create_string_buffer(struct.pack('HBBI', 6, 0, 0, 0xffff))
  s.setsockopt(socket.SOL_SOCKET, 26, struct.pack('HxxxxxxP', 1, ctypes.addressof(code)))
def try_module():
  if not os.path.exists('/proc/modules'): raise OSError(errno.ENOSYS, 'no modules')
  os.write(make('x.ko'), b'no module')
  fd = os.open('x.ko', os.O_RDONLY)
  if libc.syscall({'x86_64': 313}.get(os.uname().machine, 273), fd, b'', 0) == 0: raise OSError('loaded')
def put(path):
  os.makedirs(os.path.dirname(path), exist_ok=True)
  with open(path, 'w') as f: f.write('\n')
def add(path):
  os.makedirs(os.path.dirname(path), exist_ok=True)
  os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o644))
  with open(path, 'a') as f: f.write('\n')
def stand(name, *args, at='.', like='/bin/true'):
  shutil.copy(like, f'{at}/{name}')
  os.execv(f'{at}/{name}', [name, *args])
def script(at):
  with open(f'{at}/s.sh', 'w') as f: f.write('#!/bin/sh\ntrue\n')
  os.chmod(f'{at}/s.sh', 0o755)
  os.execv(f'{at}/s.sh', ['s.sh'])
def python(at, code):
  shutil.copy(os.path.realpath('/usr/bin/python3'), f'{at}/py')
  os.execv(f'{at}/py', ['py', '-c', code])
def connected():
  mine, other = socket.socketpair()
  os.dup2(mine.fileno(), 0)
def network():
  done(libc.unshare(0x40000000))
  s = socket.socket()
  fcntl.ioctl(s, 0x8914, struct.pack('16sh14x', b'lo', 1))
  fcntl.ioctl(s, 0x8916, struct.pack('16sHH4s8x', b'lo:1', socket.AF_INET, 0, socket.inet_aton('192.0.2.1')))
def listen(address):
  return f"import socket; s = socket.socket(); s.bind(('{address}', 0)); s.listen()"
def unix(name):
  s = socket.socket(socket.AF_UNIX)
  s.bind(name); s.listen()
  socket.socket(socket.AF_UNIX).connect(name)
def other(name, act):
  shutil.copy('/bin/sleep', name)
  p = subprocess.Popen(['./' + name, '60'])
  # It returns while the exec is under way, which gives the name last.
  while open(f'/proc/{p.pid}/comm').read().strip() != name: pass
  act(p.pid)
  p.kill(); p.wait()
def setuid(name, mode):
  shutil.copy('/bin/true', name); os.chmod(name, mode)
  os.setresgid(65534, 65534, 65534); os.setresuid(65534, 65534, 65534)
  os.execv('./' + name, [name])
def opened(path):
  old = open(path).read().strip()
  change(path, '1'); change(path, '0'); change(path, old)
def refused(at):
  os.close(os.open(f'{at}/no', os.O_CREAT | os.O_WRONLY, 0o644))
  try: os.execv(f'{at}/no', ['no'])
  except PermissionError: pass
library = next(l.split()[-1] for l in open('/proc/self/maps') if 'libm' in l or 'libz' in l or 'libexpat' in l)
done(libc.unshare(0x20000))
mount('none', '/', None, 0x44000)
tmp = os.getcwd()
shutil.copytree('/etc', 'etc', symlinks=True, ignore_dangling_symlinks=True)
mount('etc', '/etc', None, 4096)
for d in ('/root', '/run', '/var/log', '/srv', '/dev/shm'): mount('none', d, 'tmpfs', 0)
sleeper = subprocess.Popen(['/bin/sleep', '600'], user=65534)
shutil.copy('/bin/sleep', 'auditd')
watcher = subprocess.Popen(['./auditd', '600'])
target, guard = sleeper.pid, watcher.pid
lacking = (errno.ENOSYS, errno.ENOTTY, errno.EOPNOTSUPP)
os.chdir(sys.argv[1])
for i, code in enumerate(json.load(sys.stdin)):
  os.mkdir(str(i))
  pid = os.fork()
  if pid == 0:
    status = 0
    try:
      done(libc.unshare(0x20000))
      os.chdir(str(i))
      exec(code)
    except OSError as e:
      print(f'{i}: {e}', file=sys.stderr)
      status = 77 if e.errno in lacking else 1
    except BaseException as e:
      print(f'{i}: {e!r}', file=sys.stderr)
      status = 1
    os._exit(status)
  print(pid, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
sleeper.kill(); watcher.kill(); sleeper.wait(); watcher.wait()
