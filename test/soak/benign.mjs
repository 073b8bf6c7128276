// node test/soak/benign.mjs [SECONDS] [--json]: ordinary work under the starter configuration, ten minutes long unless
// something else is asked for. Prints how often each rule fired and by whom, which should be never. Needs root and a
// build; what is installed lands in copies of the directories that end with it.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startWork, stopWork } from './work.mjs';

const json = process.argv.includes('--json');
const [given = '600', ...more] = process.argv.slice(2).filter((a) => a !== '--json');
const seconds = Number(given);
if (!Number.isInteger(seconds) || seconds < 10 || more.length > 0) {
  console.error(`benign: expected a number of seconds, 10 or more, got '${[given, ...more].join(' ')}'`);
  process.exit(2);
}

/** What people and their machines do beside the work of the soak: each a round of the shell. */
const daily = {
  // Packages with schedules, units and scripts. On overlays, so that nothing of the machine changes.
  install: `
    for d in etc usr var; do
      mkdir -p over/$d/u over/$d/w
      mount -t overlay -o lowerdir=/$d,upperdir=over/$d/u,workdir=over/$d/w overlay /$d || exit 9
    done
    printf '#!/bin/sh\\nexit 101\\n' > /usr/sbin/policy-rc.d; chmod 755 /usr/sbin/policy-rc.d
    export DEBIAN_FRONTEND=noninteractive
    apt-get install -y -q cron logrotate sudo rsyslog openssh-server >/dev/null 2>&1 &&
    apt-get remove -y -q rsyslog >/dev/null 2>&1`,
  administration:
    'id; w; ps aux; df; free; last; getent passwd; ls -la /etc /root; sed -n 1p /etc/hosts; mount; date; env',
  search: 'find /etc -name "*.conf" -newer /etc/hostname; grep -rl localhost /etc; du -s /usr/share/doc',
  scripts: `python3 -c 'import json, sqlite3, ssl; print(json.dumps({}))'; perl -e 'print 1'; node -e 'JSON.parse("{}")'; awk 'BEGIN{}'`,
  archives:
    'tar czf a.tgz /usr/share/perl5 2>/dev/null; mkdir -p x; tar xzf a.tgz -C x; gzip -t a.tgz; sha256sum a.tgz; rm -rf x a.tgz',
  accounts:
    'su -s /bin/sh nobody -c true; sudo -n true; ssh-keygen -q -t ed25519 -N "" -f k; rm -f k k.pub; openssl rand -hex 8; passwd -S root',
};

const folder = mkdtempSync(join(tmpdir(), 'sysmon-benign-'));
const cli = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const sensor = spawn(process.execPath, [cli, 'run', '--config', 'starter', '--format', 'json', '--output', '-'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const ended = new Promise((resolve) => sensor.on('close', (code) => resolve(code)));

let live;
const started = new Promise((resolve) => (live = resolve));
const own = new Set([process.pid]);
const rules = new Map();
const counts = { events: 0, others: 0, losses: 0 };
let ending = false; // what ends the sensor is not ordinary
/** Whether this work, and nobody else of the machine, did it. */
const isOurs = (e) =>
  own.has(e.process?.pid) || (e.ancestors ?? e.process?.ancestors ?? []).some((a) => own.has(a.pid));
createInterface({ input: sensor.stdout }).on('line', (line) => {
  const e = JSON.parse(line);
  if (e.type === 'ServiceStateChange') return live();
  if (e.type === 'Loss') return counts.losses++;
  if (e.process === undefined || ending) return;
  if (!isOurs(e)) return counts.others++;
  counts.events++;
  const key = `${e.type}: ${e.data.RuleName}`;
  const rule = rules.get(key) ?? { count: 0, by: new Map() };
  rule.count++;
  const { data: d } = e;
  const what = `${d.Image ?? d.SourceImage} ${d.TargetFilename ?? d.CommandLine ?? d.Target ?? ''}`.trim();
  rule.by.set(what, (rule.by.get(what) ?? 0) + 1);
  rules.set(key, rule);
});
await Promise.race([started, ended]);
const work = startWork(folder); // which takes its time where a machine is busy
const begun = Date.now();
const rounds = Object.fromEntries(Object.keys(daily).map((k) => [k, 0]));
const until = begun + seconds * 1000;
const skipped = { ...work.skipped };
const running = Object.entries(daily).map(async ([kind, round]) => {
  for (let n = 0; Date.now() < until; n++) {
    const at = join(folder, `${kind}${n}`);
    const command = kind === 'install' ? ['unshare', ['-m', 'sh', '-c']] : ['sh', ['-c']];
    const script = `mkdir -p ${at} && cd ${at} && { ${kind === 'install' ? 'mount -t tmpfs none . && cd "$PWD" &&' : ''} ${round}\n}`;
    const child = spawn(command[0], [...command[1], script], { stdio: 'ignore', timeout: 300_000 });
    const code = await new Promise((resolve) => child.on('close', resolve));
    if (kind === 'install' && code !== 0) {
      skipped.install = `ended with ${code}`;
      if (rounds.install === 0) return;
    }
    rounds[kind]++;
    await sleep(1000);
  }
});
await Promise.all([sleep(until - Date.now()), ...running]);
await sleep(1000);
ending = true;
await stopWork(work);
sensor.kill('SIGTERM');
const code = await ended;
rmSync(folder, { recursive: true, force: true });

const report = {
  seconds: (Date.now() - begun) / 1000,
  rounds: { ...Object.fromEntries(work.running.map((w) => [w.kind, w.rounds])), ...rounds },
  skipped,
  ...counts,
  rules: [...rules].map(([rule, r]) => ({
    rule,
    count: r.count,
    by: [...r.by].sort(([, a], [, b]) => b - a).slice(0, 5),
  })),
};
if (json) console.log(JSON.stringify(report, null, 2));
else {
  console.log(
    `${report.seconds.toFixed(0)} s, rounds: ${Object.entries(report.rounds)
      .map((r) => r.join(' '))
      .join(', ')}`,
  );
  for (const [kind, why] of Object.entries(skipped)) console.log(`skipped ${kind}: ${why}`);
  console.log(`${report.events} events by this work, ${report.others} by others, ${report.losses} losses`);
  for (const r of report.rules) {
    console.log(`${String(r.count).padStart(6)}  ${r.rule}`);
    for (const [what, n] of r.by) console.log(`        ${n} ${what}`);
  }
}
process.exit(code === 0 ? 0 : 1);
