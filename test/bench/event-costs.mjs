// What events of one type cost, and what types cost those who do nothing of the kind: node event-costs.mjs costs|others
// quick|full. Prints one JSON object.
import { setTimeout as sleep } from 'node:timers/promises';
import { bench, cpuDuring, quick, slowdown, withSensor } from './measuring.mjs';
import { output } from './common.mjs';

const n = quick ? 50 : 2000;
const few = quick ? 20 : 500; // of what takes a program of its own

/** What makes so many events of a type, as a program of python: `n` and `few` are numbers. */
const child = 'pid = os.fork()\nif pid == 0: signal.pause()\n';
const end = '\nos.kill(pid, signal.SIGKILL)';
const inFolder = 'os.chdir(tempfile.mkdtemp(dir="/dev/shm"))\n';
const clean = '\nimport shutil; shutil.rmtree(os.getcwd())';
const loads = {
  ProcessCreate: [few, 'for i in range(few): os.spawnv(os.P_WAIT, "/bin/true", ["true"])'],
  ImageLoad: [few, 'for i in range(few): os.spawnv(os.P_WAIT, "/bin/true", ["true"])'],
  FileCreate: [n, `${inFolder}for i in range(n): os.close(os.open(str(i), os.O_CREAT | os.O_WRONLY))${clean}`],
  FileDelete: [n, `${inFolder}for i in range(n):\n  open("a", "w").close(); os.unlink("a")\n${clean}`],
  FileModify: [n, `${inFolder}for i in range(n):\n  with open("a", "ab") as f: f.write(b"x")\n${clean}`],
  FileCreateTime: [n, `${inFolder}open("a", "w").close()\nfor i in range(n): os.utime("a", (i, i))${clean}`],
  PipeEvent: [n, `${inFolder}for i in range(n): os.mkfifo(str(i))${clean}`],
  ProcessAccess: [n, `${child}for i in range(n): os.close(os.open(f"/proc/{pid}/mem", os.O_RDONLY))${end}`],
  ProcessTampering: [
    few,
    `data = open("/bin/true", "rb").read()
for i in range(few):
  fd = os.memfd_create("x"); os.write(fd, data)
  ro = os.open(f"/proc/self/fd/{fd}", os.O_RDONLY); os.close(fd)
  pid = os.fork()
  if pid == 0: os.execve(ro, ["x"], {})
  os.waitpid(pid, 0); os.close(ro)`,
  ],
  eBPFEvent: [
    few,
    `code = ctypes.create_string_buffer(struct.pack("<BBhiBBhi", 0xb7, 0, 0, 0, 0x95, 0, 0, 0))
gpl = ctypes.create_string_buffer(b"GPL")
attr = struct.pack("<IIQQ", 1, 2, ctypes.addressof(code), ctypes.addressof(gpl)).ljust(128, b"\\0")
libc = ctypes.CDLL(None)
for i in range(few): os.close(libc.syscall({"x86_64": 321}.get(os.uname().machine, 280), 5, attr, 128))`,
  ],
  PrivilegeChange: [n, 'for i in range(n): os.setresuid(-1, (i + 1) % 2, -1)'],
  Signal: [
    n,
    `r, w = os.pipe()
pid = os.fork()
if pid == 0: os.setuid(65534); os.write(w, b"x"); signal.pause()
os.read(r, 1)
for i in range(n): os.kill(pid, signal.SIGCONT)${end}`,
  ],
  SocketListen: [n, 'for i in range(n):\n  s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen(); s.close()'],
};
const program = (code) => `import ctypes, os, signal, socket, struct, tempfile\nn, few = ${n}, ${few}\n${code}\n`;

/** CPU µs of an event: the sensor's with a listener, and what its programs take in the kernel. */
async function cost(type, [count, code]) {
  return await withSensor({ events: [type], ringBytes: 64 << 20 }, async (sysmon) => {
    let events = 0;
    sysmon.on(type, () => events++);
    await sleep(quick ? 100 : 1000);
    events = 0;
    const before = bench.bpfRunTime();
    const { cpuNs } = await cpuDuring(process.pid, async () => {
      await output('/usr/bin/python3', '-c', program(code));
      // All that waits in the ring; others may never cease to make such events.
      for (let last = -1, i = 0; last !== events && i < 20; await sleep(100), i++) last = events;
    });
    const after = bench.bpfRunTime();
    if (events < count) throw new Error(`${count} times ${type} were ${events} events`);
    return { events, sensorUs: cpuNs / events / 1000, kernelUs: (after.ns - before.ns) / events / 1000 };
  });
}

const measures = {
  async costs() {
    const stats = bench.enableBpfStats();
    const rows = {};
    for (const [type, load] of Object.entries(loads)) {
      const row = await cost(type, load);
      rows[type] = stats ? row : { ...row, kernelUs: null };
    }
    return rows;
  },

  // Of a call that nobody watches, and of the opens that ProcessAccess looks at: ratios within one run, in turn.
  async others() {
    const calls = quick ? 100_000 : 2_000_000;
    return {
      processAccess: await slowdown('getppid', calls, ['ProcessAccess']),
      imageLoad: await slowdown('getppid', calls, ['ImageLoad']),
      opensWithProcessAccess: await slowdown('opens', quick ? 10_000 : 300_000, ['ProcessAccess']),
    };
  },
};

const measure = process.argv[2];
if (!measures[measure]) throw new Error(`no measure ${measure}`);
process.stdout.write(`${JSON.stringify(await measures[measure]())}\n`);
process.exit(0);
