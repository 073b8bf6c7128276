// Why a field may say nothing (`-`): of every such field one cause that the event itself shows, or nothing.
import { readFileSync, readlinkSync } from 'node:fs';

const lines = (path) => readFileSync(path, 'utf8').split('\n');
const named = new Set(lines('/etc/passwd').map((l) => Number(l.split(':')[2])));
const services = new Set(lines('/etc/services').flatMap((l) => /^[^#\s]\S*\s+(\d+\/\w+)/.exec(l)?.slice(1) ?? []));

/** In some virtual machines it runs a file of another root, and not even root may see which. */
const initIsHidden = (() => {
  try {
    readlinkSync('/proc/1/exe');
    return false;
  } catch {
    return true;
  }
})();

const isRegular = (file) => file === undefined || (file.mode & 0o170000) === 0o100000;
const if_ = (holds, cause) => (holds ? cause : undefined);

/** Of a digest the event says it itself; what it says must agree with what else it says. */
function digest(e) {
  const { hash, errno, file, nlink, directory } = e.extra;
  if (directory === true || !isRegular(file)) return 'no regular file';
  if (e.type === 'ModuleLoad' && e.data.ImageLoaded === '-') return 'no file';
  if (errno !== undefined) return 'the call failed';
  const agrees = {
    gone: nlink === undefined || nlink === 0,
    hidden: nlink > 0,
    unknown: e.type.startsWith('FileDelete') && file === undefined,
    timeout: !e.type.startsWith('FileDelete'),
    open: e.type === 'FileModify' || e.type === 'FileCreate',
    changed: !e.type.startsWith('FileDelete'),
    busy: true,
  };
  return if_(agrees[hash] === true, `extra.hash ${hash}`);
}
const port = (name) => (e) => {
  const { Protocol } = e.data;
  const number = e.data[name];
  return if_(!services.has(`${number}/${Protocol}`), 'no service has that port');
};
/** Names are those that answers of DNS have given; the checker knows what was answered. */
const hostname = (name) => (e, answered) => if_(!answered.has(e.data[name]), 'no answer named it');
/** By the numbers `real,effective,…` that the event has beside it, or that an earlier one has told of the process. */
const user = (name, which) => (e, answered, uids) =>
  if_(!named.has(Number((e.extra[name] ?? uids)?.split(',')[which] ?? e.process?.uid)), 'a number without a name');
const isXattr = (e) => /Xattr$/.test(e.data.Attribute);
const ofNobody = (e) => if_(e.data.ParentProcessId === 0 || e.data.ParentProcessId === 2, 'made by the kernel');

export const causes = {
  RuleName: () => 'no rules',
  Hashes: digest,
  ConfigurationFileHash: (e) => if_(e.data.Configuration === 'Defaults', 'no file'),
  QueryResults: (e) => if_(e.data.QueryStatus !== '0', 'no answer, or a refusal'),
  SourceHostname: hostname('SourceIp'),
  DestinationHostname: hostname('DestinationIp'),
  SourcePortName: port('SourcePort'),
  DestinationPortName: port('DestinationPort'),
  PortName: port('Port'),
  BpfProgramName: (e) => if_(e.data.BpfProgramId === 0, 'no program') ?? 'a program needs no name',
  ImageLoaded: (e) =>
    if_(e.type === 'ModuleLoad' && e.extra.hook === 'sys_exit_init_module', 'from memory') ??
    if_(e.type === 'ModuleLoad' && e.extra.errno !== undefined, 'the call failed') ??
    if_(e.extra.hook === 'proc_modules', 'the list of the kernel has no paths'),
  Signed: (e) => if_(e.type === 'ModuleLoad', 'the kernel checks none, or refused it before'),
  SignatureStatus: (e) => if_(e.type === 'ModuleLoad', 'the kernel checks none, or refused it before'),
  User: (e, ...more) => user('uids', e.type === 'PrivilegeChange' ? 1 : 0)(e, ...more),
  PreviousUser: user('previousUids', 1),
  TargetUser: (e) =>
    if_(e.data.TargetProcessId === 0, 'it was gone') ??
    if_(e.extra.targetUid !== undefined && !named.has(e.extra.targetUid), 'a number without a name'),
  Image: (e) => if_(e.process?.kernelThread === true, 'a thread of the kernel') ?? if_(e.extra.existing, 'made before'),
  ParentImage: (e) => ofNobody(e) ?? if_(e.data.ParentProcessId === 1 && initIsHidden, 'its link in /proc is refused'),
  ParentCommandLine: ofNobody,
  ParentUser: (e) => if_(e.data.ParentProcessId === 0, 'made by the kernel'),
  // fsmount makes a mount that stands nowhere yet.
  Target: (e) => if_(/^sys_exit_(fsmount|open_tree)$/.test(e.extra.hook), 'not mounted anywhere yet'),
  FileSystem: (e) => if_(e.type === 'Mount' && e.data.Operation !== 'mount', 'the call names none'),
  Options: (e) => if_(e.type === 'Mount', 'it was given none'),
  Source: (e) => if_(e.type === 'Mount', 'it was given none'),
  TargetImage: (e) => if_(e.data.TargetProcessId === 0, 'it was gone'),
  // Of a file that was overwritten; the checker sees to it that its name was taken from it at once.
  CreationUtcTime: (e) => if_(e.type === 'FileCreate', 'it had lost its name'),
  Name: (e) => if_(e.type === 'FileAttributeChange' && !isXattr(e), 'no extended attribute'),
  OldValue: (e) =>
    if_(isXattr(e), 'values of extended attributes are not told') ??
    if_(!/^sys_exit_(fchmod|fchown|ioctl)$/.test(e.extra.hook), 'a call by path'),
  NewValue: (e) => if_(e.type === 'FileAttributeChange' && isXattr(e), 'values of extended attributes are not told'),
  PreviousValue: (e) => if_(!e.data.Parameter.startsWith('/proc/sys/'), 'known of /proc/sys alone'),
  // By a descriptor the kernel tells of the file before it is changed.
  PreviousCreationUtcTime: (e) => if_(e.extra.hook !== 'sys_exit_futimens', 'a call by path'),
  CommandLine: (e) => if_(e.process?.argv?.length === 0, 'it was given none'),
};
