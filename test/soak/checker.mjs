// Reads every line that a sensor writes: it must be JSON, of a known type, with exactly the fields of that type. What
// is not known (`-`) is counted by field, and must be a field of which something here says why it may be unknown.
import { readFileSync } from 'node:fs';
import { manifest } from '../../dist/schema/manifest.js';

const byId = new Map(manifest.map((e) => [e.id, e]));

/** User ids that have a name here. */
const named = new Set(
  readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((l) => Number(l.split(':')[2])),
);
const isRegular = (file) => file === undefined || (file.mode & 0o170000) === 0o100000;

/** Fields that may say nothing, and when. */
const mayBeUnknown = {
  RuleName: () => true, // no rules
  // It says why; what is no regular file has no content.
  Hashes: (e) => e.extra.hash !== undefined || e.extra.errno !== undefined || !isRegular(e.extra.file),
  ConfigurationFileHash: (e) => e.data.Configuration === 'Defaults',
  QueryResults: (e) => e.data.QueryStatus !== '0',
  SourceHostname: () => true, // no name was asked for
  DestinationHostname: () => true,
  SourcePortName: () => true, // no service has such a port
  DestinationPortName: () => true,
  BpfProgramName: () => true, // programs need none
  ImageLoaded: (e) => e.extra.hook === 'sys_exit_init_module' || e.extra.errno !== undefined,
  Signed: () => true,
  SignatureStatus: () => true,
  User: (e) => !named.has(e.process?.uid), // a number that has no name
  Image: (e) => e.process?.kernelThread === true || e.extra.existing === true,
  ParentImage: (e) => e.data.ParentProcessId === 0 || e.data.ParentProcessId === 2,
  ParentCommandLine: (e) => e.data.ParentProcessId === 0 || e.data.ParentProcessId === 2,
  ParentUser: (e) => e.data.ParentProcessId === 0,
  TargetImage: (e) => e.data.TargetProcessId === 0,
  CreationUtcTime: () => true, // the file was gone before anybody could look
  PreviousCreationUtcTime: () => true, // calls by path do not tell what was before
  CommandLine: (e) => e.process?.argv?.length === 0,
};

export class Checker {
  lines = 0;
  bytes = 0;
  losses = new Map();
  events = new Map();
  unknown = new Map();
  faults = new Map();
  errors = new Map();
  rounds = 0; // of the shell, as its /bin/true shows them
  #left = '';
  #loop;

  /** `loop`: process id of the shell that runs `/bin/true soak N`. */
  constructor(loop) {
    this.#loop = loop;
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
  }

  #fault(what, line) {
    const known = this.faults.get(what);
    this.faults.set(what, { count: (known?.count ?? 0) + 1, first: known?.first ?? String(line).slice(0, 600) });
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
    if (Number.isNaN(Date.parse(e.time))) this.#fault(`${e.type} has no time`, line);
    for (const f of known.fields) this.#field(e, f, line);
    if (e.type === 'ProcessCreate') this.#parent(e, line);
  }

  #field(e, { name, constant }, line) {
    if (e.data[name] !== '-' || constant !== undefined) return;
    const key = `${e.type}.${name}`;
    this.unknown.set(key, (this.unknown.get(key) ?? 0) + 1);
    if (!(mayBeUnknown[name]?.(e) ?? false) && e.extra.uncertain !== true)
      this.#fault(`${key} is unknown, and nothing says why`, line);
  }

  /** The parent is the first of the ancestors, and of the shell's rounds the shell. */
  #parent(e, line) {
    const { ParentProcessId, ParentImage, CommandLine } = e.data;
    const first = e.process.ancestors?.[0];
    if (first !== undefined && (first.pid !== ParentProcessId || first.image !== ParentImage))
      this.#fault('ParentImage or ParentProcessId is not that of the first ancestor', line);
    if (!/^\/bin\/true soak \d+$/.test(CommandLine)) return;
    this.rounds++;
    if (ParentProcessId !== this.#loop) this.#fault('a round of the shell has another parent', line);
  }
}
