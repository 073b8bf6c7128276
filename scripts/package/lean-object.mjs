// node scripts/package/lean-object.mjs OBJECT: takes from an eBPF object what only the verifier's messages need: which
// line of source each instruction is from. It is the greater part of the object as released; a binary built by
// scripts/build.mjs keeps it. Run by CMake for released binaries.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const magic = 0xeb9f;
/** Where the header of .BTF.ext has the offset of each table, behind the header; its length follows. */
const tables = { functions: 8, lines: 16, relocations: 24 };

/** The section without its table of lines. */
function withoutLines(section) {
  const header = section.readUInt32LE(4);
  if (section.readUInt16LE(0) !== magic || header < tables.relocations + 8)
    throw new Error('.BTF.ext is not as this script knows it');
  const table = (at) => {
    const from = header + section.readUInt32LE(at);
    return section.subarray(from, from + section.readUInt32LE(at + 4));
  };
  const [functions, relocations] = [table(tables.functions), table(tables.relocations)];
  const out = Buffer.concat([section.subarray(0, header), functions, relocations]);
  out.writeUInt32LE(0, tables.functions);
  for (const [at, length] of [
    [tables.lines, 0],
    [tables.relocations, relocations.length],
  ]) {
    out.writeUInt32LE(functions.length, at);
    out.writeUInt32LE(length, at + 4);
  }
  return out;
}

const object = process.argv[2];
const folder = mkdtempSync(join(tmpdir(), 'sysmon-object-'));
try {
  const section = join(folder, 'btf-ext');
  execFileSync('llvm-objcopy', [`--dump-section=.BTF.ext=${section}`, object, join(folder, 'same')]);
  writeFileSync(section, withoutLines(readFileSync(section)));
  execFileSync('llvm-objcopy', [`--update-section=.BTF.ext=${section}`, object]);
} finally {
  rmSync(folder, { recursive: true });
}
