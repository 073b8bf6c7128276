// Ordinary work, several kinds at once, until it is told to stop. Each kind is a process of its own, in a folder of its
// own, that does one round after the other; what a round must leave behind is the truth that the checker compares with.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const has = (program) => {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** A round of each kind, as a script of the shell; `round` counts them. Why it is left out, if it cannot be had. */
const kinds = {
  apt: {
    needs: ['apt-get'],
    prepare: () => 'apt-get download hello >/dev/null 2>&1 || exit 9',
    round: 'rm -f ./*.deb; apt-get download hello >/dev/null 2>&1',
  },
  git: {
    needs: ['git'],
    prepare: () =>
      'git init -q origin; cd origin; git config user.email soak@test; git config user.name soak; ' +
      'for i in $(seq 40); do echo "line $i" > "file$i"; git add .; git commit -q -m "commit $i"; done; cd ..',
    round: 'git clone -q --no-hardlinks origin copy; rm -rf copy',
  },
  make: {
    needs: ['make', 'cc'],
    prepare: (folder) => {
      const names = Array.from({ length: 12 }, (_, i) => `unit${i}`);
      for (const n of names) writeFileSync(join(folder, `${n}.c`), `int ${n}(int a) { return a * ${n.length}; }\n`);
      writeFileSync(
        join(folder, 'Makefile'),
        `all: ${names.map((n) => `${n}.o`).join(' ')}\n%.o: %.c\n\tcc -c $< -o $@\nclean:\n\trm -f *.o\n`,
      );
      return ':';
    },
    round: 'make -s -j4; make -s clean',
  },
  npm: {
    needs: ['npm'],
    prepare: (folder) => {
      mkdirSync(join(folder, 'dependency'));
      const write = (at, json) => writeFileSync(join(folder, at), JSON.stringify(json));
      write('dependency/package.json', { name: 'soak-dependency', version: '1.0.0', main: 'index.js' });
      writeFileSync(join(folder, 'dependency/index.js'), 'module.exports = 1;\n');
      write('package.json', { name: 'soak', version: '1.0.0', private: true });
      return 'npm pack --silent ./dependency >/dev/null';
    },
    round:
      'npm install --offline --silent --no-audit --no-fund ./soak-dependency-1.0.0.tgz >/dev/null; rm -rf node_modules package-lock.json',
  },
  shell: {
    needs: [],
    prepare: () => ':',
    round: '/bin/true soak "$round"; echo x > made; mv made moved; rm moved; ls / | sort | head -2 >/dev/null',
  },
};

/** HTTP and DNS over the loopback, in one process of node. */
const network = `
import { createServer, get } from 'node:http';
import { createSocket } from 'node:dgram';
const dns = createSocket('udp4').on('message', (m, from) => {
  const reply = Buffer.concat([m, Buffer.from('c00c00010001000000010004c0000201', 'hex')]);
  reply.writeUInt16BE(0x8180, 2); reply.writeUInt16BE(1, 6); reply.writeUInt16BE(0, 10);
  dns.send(reply, from.port, from.address);
});
await new Promise((resolve) => dns.bind(53, '127.0.0.53', resolve));
const server = createServer((_, r) => r.end('hello'));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const { Resolver } = await import('node:dns/promises');
const resolver = new Resolver(); resolver.setServers(['127.0.0.53']);
for (let round = 1; ; round++) {
  await resolver.resolve4('soak' + round + '.test').catch(() => {});
  await new Promise((done) => get({ port: server.address().port, agent: false }, (r) => r.resume().on('end', done)).on('error', done));
  console.log(round);
  await new Promise((done) => setTimeout(done, 20));
}
`;

/** Starts all kinds that can be had. `skipped` says of the others why not. */
export function startWork(folder) {
  const running = [];
  const skipped = {};
  const begin = (kind, command, args, cwd) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'ignore'], detached: true });
    const work = { kind, child, pid: child.pid, rounds: 0, left: '' };
    child.stdout.setEncoding('utf8').on('data', (text) => {
      const lines = (work.left + text).split('\n');
      work.left = lines.pop();
      for (const line of lines) if (/^\d+$/.test(line)) work.rounds = Number(line);
    });
    running.push(work);
  };
  for (const [kind, { needs, prepare, round }] of Object.entries(kinds)) {
    const missing = needs.filter((n) => !has(n));
    if (missing.length > 0) {
      skipped[kind] = `${missing.join(', ')} not found`;
      continue;
    }
    const own = join(folder, kind);
    mkdirSync(own);
    try {
      execFileSync('sh', ['-c', prepare(own)], { cwd: own, stdio: 'ignore', timeout: 120_000 });
    } catch {
      skipped[kind] = 'cannot be prepared here';
      continue;
    }
    begin(kind, 'sh', ['-c', `round=0; while :; do round=$((round + 1)); ${round}; echo $round; done`], own);
  }
  begin('network', process.execPath, ['--input-type=module', '-e', network], folder);
  return { running, skipped };
}

/** Each kind leads a group of processes, which ends with it. */
export async function stopWork({ running }) {
  for (const { child, pid } of running) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const closed = new Promise((resolve) => child.on('close', resolve));
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // it has just ended
    }
    await closed;
  }
}
