// Nanoseconds that the rules cost for one event, on 1,000 real executions of apt, git, make, npm and shells
// (exec-events.json). Needs the addon and the compiled TypeScript: npm run build. --json prints one object.
import { readFileSync } from 'node:fs';
import { compile, parseConfig } from '../../dist/config/index.js';

const data = JSON.parse(readFileSync(new URL('exec-events.json', import.meta.url), 'utf8'));
const events = data.map((d) => ({ type: 'ProcessCreate', id: 1, data: d }));

// Rules as published configurations have them: most look at the end of Image and at words of CommandLine, a third are
// and-ed, some negated.
const tools =
  'nc ncat socat nmap tcpdump wget curl ftpget tftp scp sftp rsync ssh sshd telnet rsh base64 xxd openssl gpg crontab at systemctl service useradd usermod groupadd passwd chpasswd visudo sudo su chmod chown chattr setfacl setcap insmod modprobe rmmod kmod mount umount dd shred wipe mkfs fdisk iptables nft ufw arp route ip ifconfig dig nslookup host whoami id last lastlog who finger getent gdb strace ltrace ptrace ld.so python perl ruby php node lua gcc cc tcc make docker kubectl crictl runc nsenter unshare chroot screen tmux nohup setsid xmrig minerd kworkerds masscan hydra john hashcat mimipenguin'.split(
    ' ',
  );
const words =
  '/etc/shadow|/etc/sudoers|authorized_keys|.bash_history|/dev/tcp/|/dev/udp/|LD_PRELOAD=|ld.so.preload|/tmp/.|/dev/shm/|/var/tmp/|base64 -d|bash -i|-e /bin/sh|stratum+tcp|pastebin.com|raw.githubusercontent|.onion|--no-check-certificate|StrictHostKeyChecking=no|chmod +s|chmod 4755|/proc/self/mem|/sys/kernel/debug|core_pattern|release_agent|docker.sock|kubeconfig|id_rsa|.aws/credentials|history -c|HISTFILE=/dev/null|setenforce 0|systemctl stop auditd|rm -rf /var/log|iptables -F|xmrig|cryptonight|msfvenom|meterpreter|reverse_tcp|import socket|pty.spawn|IO::Socket|fsockopen'.split(
    '|',
  );

function rules(count) {
  let seed = 7;
  const rnd = (n) => ((seed = (seed * 1103515245 + 12345) & 0x7fffffff) >>> 8) % n;
  const tool = () => `/${tools[rnd(tools.length)]}${rnd(3) ? '' : rnd(100)}`;
  const word = () => `${words[rnd(words.length)]}${rnd(4) ? rnd(1000) : ''}`;
  const list = (n) => Array.from({ length: 2 + rnd(n) }, word).join(';');
  const esc = (s) => s.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  const line = (field, condition, value) => `<${field} condition="${condition}">${esc(value)}</${field}>`;
  const one = (i) => {
    const name = ` name="technique_id=T${1000 + (i % 600)},technique_name=Rule ${i}"`;
    switch (i % 6) {
      case 0:
        return `<Rule${name} groupRelation="and">${line('Image', 'end with', tool())}${line('CommandLine', 'contains any', list(4))}</Rule>`;
      case 1:
        return `<Rule${name} groupRelation="or">${line('Image', 'end with', tool())}${line('Image', 'image', tool().slice(1))}</Rule>`;
      case 2:
        return `<Rule${name} groupRelation="and">${line('CommandLine', 'contains all', list(2))}${line('User', 'is not', 'nobody')}</Rule>`;
      case 3:
        return line('CommandLine', 'contains', word());
      case 4:
        return `<Rule${name} groupRelation="and">${line('ParentImage', 'end with', tool())}${line('Image', 'is any', `/usr/bin${tool()};/usr/sbin${tool()}`)}${line('CommandLine', 'excludes', word())}</Rule>`;
      default:
        return line(
          'Image',
          rnd(2) ? 'is' : 'begin with',
          `${['/tmp', '/dev/shm', '/var/tmp', '/opt/x'][rnd(4)]}${tool()}`,
        );
    }
  };
  const exclude = Array.from({ length: Math.ceil(count / 20) }, () =>
    line('ParentImage', 'end with', `${tool()}-monitor`),
  ).join('');
  const include = Array.from({ length: count - Math.ceil(count / 20) }, (_, i) => one(i)).join('\n');
  return `<Sysmon schemaversion="4.90"><EventFiltering><RuleGroup groupRelation="or"><ProcessCreate onmatch="exclude">${exclude}</ProcessCreate></RuleGroup>
<RuleGroup groupRelation="or"><ProcessCreate onmatch="include">${include}</ProcessCreate></RuleGroup></EventFiltering></Sysmon>`;
}

// What one would write first: every rule in turn, on text folded for each event once.
function naive(ruleSet) {
  const test = (l, folded) => {
    const v = folded[l.field] ?? '-';
    const p = l.folded;
    switch (l.condition) {
      case 'is':
        return v === p;
      case 'is not':
        return v !== p;
      case 'is any':
        return l.list.includes(v);
      case 'contains':
        return v.includes(p);
      case 'contains any':
        return l.list.some((t) => v.includes(t));
      case 'contains all':
        return l.list.every((t) => v.includes(t));
      case 'excludes':
        return !v.includes(p);
      case 'begin with':
        return v.startsWith(p);
      case 'end with':
        return v.endsWith(p);
      default:
        return v.slice(v.lastIndexOf('/') + 1) === p;
    }
  };
  const prepare = (e) =>
    e.kind === 'line'
      ? { ...e, folded: e.value.toLowerCase(), list: e.value.toLowerCase().split(';') }
      : { ...e, entries: e.entries.map(prepare) };
  const blocks = ruleSet.groups
    .flatMap((g) => g.nodes)
    .map((n) => ({ include: n.onmatch === 'include', entries: n.entries.map(prepare) }));
  const entry = (e, f) =>
    e.kind === 'line'
      ? test(e, f)
      : e.kind === 'all'
        ? e.entries.every((x) => test(x, f))
        : e.entries.some((x) => test(x, f));
  return (event) => {
    const folded = {};
    for (const [k, v] of Object.entries(event.data)) folded[k] = v.toLowerCase();
    for (const block of blocks) for (const e of block.entries) if (entry(e, folded)) return block.include;
    return false;
  };
}

const [passes, inner] = process.argv.includes('--quick') ? [2, 5] : [5, 40];
const now = () => Number(process.hrtime.bigint());
const out = { events: events.length, rows: [] };
for (const count of [144, 300, 3000]) {
  const ruleSet = parseConfig(rules(count));
  const started = now();
  const compiled = compile(ruleSet);
  const compileMs = (now() - started) / 1e6;
  compiled.measure(events, 20);
  let engine = Infinity;
  let logged = 0;
  for (let i = 0; i < passes; i++) {
    const m = compiled.measure(events, inner);
    engine = Math.min(engine, m.nsPerEvent);
    logged = m.logged;
  }
  const loop = naive(ruleSet);
  let same = 0;
  for (const e of events) if (loop(e)) same++;
  let naiveNs = Infinity;
  for (let r = 0; r < passes; r++) {
    const t = now();
    for (const e of events) loop(e);
    naiveNs = Math.min(naiveNs, (now() - t) / events.length);
  }
  if (same !== logged) throw new Error(`the naive loop logs ${same}, the engine ${logged}`);
  out.rows.push({
    rules: count,
    workerNs: Math.round(engine),
    naiveNs: Math.round(naiveNs),
    logged,
    compileMs: Math.round(compileMs),
    planBytes: compiled.plan.length,
  });
}

if (process.argv.includes('--json')) console.log(JSON.stringify(out));
else {
  console.log(`rules on ${out.events} recorded executions, ns per event`);
  for (const r of out.rows) {
    console.log(
      `${String(r.rules).padStart(5)} rules: worker ${r.workerNs}, naive loop ${r.naiveNs}; ${r.logged} logged, plan ${r.planBytes} bytes, compiled in ${r.compileMs} ms`,
    );
  }
}
