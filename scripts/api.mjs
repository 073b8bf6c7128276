// npm run api: writes docs/api, the reference of every exported name, from the comments of lib/. With --check nothing
// is written: what is not as the comments say, or has none, is named and the end is 1.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Application, ReflectionKind } from 'typedoc';
import { root } from './setup.mjs';

const check = process.argv.includes('--check');
const committed = join(root, 'docs/api');

process.chdir(root); // where typedoc looks for its options
const app = await Application.bootstrapWithPlugins();
const project = await app.convert();
if (!project) process.exit(1);
app.validate(project);

// Every exported name has a comment, and so has every member that it has of its own; what is inside of a type that has
// no name is explained by the comment of the member.
const kinds = ReflectionKind.SomeModule | ReflectionKind.SomeExport | ReflectionKind.ClassMember;
const isNameless = (r) => r !== undefined && (r.name === '__type' || isNameless(r.parent));
const isDocumented = (r) =>
  r.hasComment() || [...(r.signatures ?? []), r.getSignature, r.setSignature].some((s) => s?.hasComment());

// What one calls or makes has an example; those of formats are in docs/serializers.md. Records are handed out.
const isCallable = (r) => r.kindOf(ReflectionKind.Function) || r.kindOf(ReflectionKind.Class);
const isOfModule = (r, name) => r.name === name || (r.parent !== undefined && isOfModule(r.parent, name));
const wantsExample = (r) => isCallable(r) && !isOfModule(r, 'serializers') && r.name !== 'ProcessRecord';
const hasExample = (r) => [r, ...(r.signatures ?? [])].some(({ comment }) => comment?.getTag('@example') !== undefined);

for (const r of project.getReflectionsByKind(kinds)) {
  const named = !isNameless(r) && !r.name.startsWith('[') && !r.inheritedFrom && !r.overwrites;
  if (!named || r.isProject() || r.isReference() || r.flags.isExternal) continue;
  if (!isDocumented(r)) app.logger.error(`${r.getFullName()} has no comment`);
  if (wantsExample(r) && !hasExample(r)) app.logger.error(`${r.getFullName()} has no example`);
}
if (app.logger.hasErrors()) process.exit(1);

/** Names and texts of the files below a folder. */
const contents = (folder) =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [file.slice(folder.length + 1), readFileSync(file, 'utf8')]),
  );

if (check) {
  const folder = mkdtempSync(join(tmpdir(), 'sysmon-api-'));
  try {
    await app.outputs.writeOutput({ name: 'markdown', path: folder }, project);
    const [now, then] = [contents(folder), contents(committed)];
    const stale = [...new Set([...now.keys(), ...then.keys()])].filter((name) => now.get(name) !== then.get(name));
    for (const name of stale)
      console.error(`docs/api/${name} is not what the comments say: run \`npm run api\` and commit it`);
    if (stale.length > 0) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
} else {
  rmSync(committed, { recursive: true, force: true });
  await app.outputs.writeOutput({ name: 'markdown', path: committed }, project);
}
if (app.logger.hasErrors()) process.exitCode = 1;
