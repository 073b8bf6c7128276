// Reads every line that a sensor writes: it must be JSON, of a known type, with exactly the fields of that type. What
// is not known (`-`) is counted by field and by the cause that the event itself shows; one without a cause is a fault.
import { manifest } from '../../dist/schema/manifest.js';
import { causes } from './causes.mjs';

const byId = new Map(manifest.map((e) => [e.id, e]));

/** Who runs whom, whatever the events say of each other. */
const parents = { cc1: /^x86_64-linux-gnu-gcc|^aarch64-linux-gnu-gcc|^gcc|^cc/, as: /gcc|^cc/ };
const base = (path) => path.slice(path.lastIndexOf('/') + 1);

export class Checker {
  lines = 0;
  bytes = 0;
  losses = new Map();
  events = new Map();
  unknown = new Map(); // 'type.field: cause' -> how often
  faults = new Map();
  errors = new Map();
  rounds = 0; // of the shell, as its /bin/true shows them
  uncertain = 0;
  #answered = new Set(); // addresses of names that were asked for
  #uids = new Map(); // strongId -> `real,effective,…`, as the last change of it said
  #known = new Map(); // strongId -> what ProcessCreate said; a GUID can be that of two, as Sysmon makes it
  #named = new Map(); // path -> when it was given to a file, or taken from one
  #unborn = []; // whose birth time is not known
  #left = '';
  #loop;
  #folder;

  /** `loop`: process id of the shell that runs `/bin/true soak N`, in `folder`: others may do the same elsewhere. */
  constructor(loop, folder) {
    this.#loop = loop;
    this.#folder = folder;
  }

  take(text) {
    this.bytes += text.length;
    const lines = (this.#left + text).split('\n');
    this.#left = lines.pop();
    for (const line of lines) this.#line(line);
  }

  /** What is left at the end must be nothing. */
  end() {
    if (this.#left !== '') this.#fault('the last line is cut', this.#left);
    // It is asked for by the name, in a quarter of a second: by then the name was another file's, or nobody's. Who has
    // lost events of that cannot know.
    const lost = [...this.losses.keys()].some((key) => /FileCreate|FileDelete/.test(key));
    for (const { path, at, line } of this.#unborn)
      if (!lost && !this.#named.get(path)?.some((t) => t > at && t - at < 2000))
        this.#fault('the birth time of a file is unknown that kept its name', line);
  }

  #fault(what, line) {
    const known = this.faults.get(what);
    this.faults.set(what, { count: (known?.count ?? 0) + 1, first: known?.first ?? String(line).slice(0, 2000) });
  }

  #line(line) {
    this.lines++;
    let e;
    try {
      e = JSON.parse(line);
    } catch {
      this.#fault('a line is no JSON', line);
      return;
    }
    if (e.type === 'Loss') {
      const key = `${e.stage} ${e.eventType ?? ''}`.trim();
      this.losses.set(key, (this.losses.get(key) ?? 0) + e.count);
      return;
    }
    const known = byId.get(e.id);
    if (known === undefined || known.type !== e.type) {
      this.#fault(`an event of no known type: ${e.type} ${e.id}`, line);
      return;
    }
    this.events.set(e.type, (this.events.get(e.type) ?? 0) + 1);
    if (e.type === 'Error') this.errors.set(e.data.ID, (this.errors.get(e.data.ID) ?? 0) + 1);
    const names = known.fields.map((f) => f.name);
    if (Object.keys(e.data).join() !== names.join()) this.#fault(`${e.type} has other fields`, line);
    if (e.extra.uncertain === true) this.uncertain++;
    if (Number.isNaN(Date.parse(e.time))) this.#fault(`${e.type} has no time`, line);
    const uids = e.type === 'PrivilegeChange' ? e.extra.uids : undefined;
    if (uids !== undefined) this.#uids.set(e.process.strongId, uids);
    for (const f of known.fields) this.#field(e, f, line);
    if (e.type === 'ProcessCreate') this.#parent(e, line);
    if (e.type === 'FileCreate' || e.type === 'FileDelete') this.#name(e, line);
    // A listener or a connection may be told before the answer that came before it: they wait for different things.
    if (e.type === 'DnsQuery')
      for (const a of e.data.QueryResults.split(';')) this.#answered.add(a.replace('::ffff:', ''));
  }

  #name(e, line) {
    const path = e.data.TargetFilename;
    const at = Date.parse(e.time) + Number(e.time.slice(23, 26)) / 1000; // ms, with µs
    const times = this.#named.get(path);
    if (times === undefined) this.#named.set(path, [at]);
    else times.push(at);
    if (e.data.CreationUtcTime === '-') this.#unborn.push({ path, at, line });
  }

  #field(e, { name, constant }, line) {
    if (e.data[name] !== '-' || constant !== undefined) return;
    const cause = causes[name]?.(e, this.#answered, this.#uids.get(e.process?.strongId));
    const key = `${e.type}.${name}: ${cause ?? 'NO CAUSE'}`;
    this.unknown.set(key, (this.unknown.get(key) ?? 0) + 1);
    if (cause === undefined) this.#fault(`${e.type}.${name} is unknown, and nothing says why`, line);
  }

  /**
   * The parent is the first of the ancestors, and what its own ProcessCreate said it was; of the shell's rounds the
   * shell, of a compiler's programs the compiler.
   */
  #parent(e, line) {
    const { ProcessId, Image, ParentProcessId, ParentImage, CommandLine, CurrentDirectory } = e.data;
    const first = e.process.ancestors?.[0];
    if (first !== undefined && (first.pid !== ParentProcessId || first.image !== ParentImage))
      this.#fault('ParentImage or ParentProcessId is not that of the first ancestor', line);
    this.#known.set(e.process.strongId, { pid: ProcessId, image: Image });
    const own = this.#known.get(first?.strongId);
    if (own !== undefined && (own.pid !== ParentProcessId || own.image !== ParentImage))
      this.#fault('ParentImage or ParentProcessId is not what the ProcessCreate of the parent said', line);
    const expected = parents[base(Image)];
    if (expected !== undefined && !expected.test(base(ParentImage)))
      this.#fault(`${base(Image)} has a parent that does not run it`, line);
    if (!/^\/bin\/true soak \d+$/.test(CommandLine) || CurrentDirectory !== this.#folder) return;
    this.rounds++;
    if (ParentProcessId !== this.#loop) this.#fault('a round of the shell has another parent', line);
  }
}
