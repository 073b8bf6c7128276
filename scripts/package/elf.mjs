// What a shared object asks of the system that loads it, read from its ELF sections (64-bit, little-endian).
import { readFileSync } from 'node:fs';

const machines = { 62: 'x64', 183: 'arm64' };
const types = { symbols: 2, dynamic: 6, dynamicSymbols: 11, versionsNeeded: 0x6ffffffe, versionOf: 0x6fffffff };
const global = 1; // STB_GLOBAL: what is weak may be absent
const needed = 1n; // DT_NEEDED

/**
 * `{ arch, libraries, versions, undefinedSymbols, unversioned, stripped }`: the processor as Node names it, names of
 * shared libraries, versions of their symbols such as `GLIBC_2.28`, symbols that it must be given, and those of them
 * that no version says where they are from, all of them sorted; whether symbols and debug information are gone.
 */
export function readElf(path) {
  const file = readFileSync(path);
  if (file.length < 64 || file.readUInt32BE(0) !== 0x7f454c46) throw new Error(`${path} is no ELF file`);
  if (file[4] !== 2 || file[5] !== 1) throw new Error(`${path} is not 64-bit and little-endian`);
  const at = Number(file.readBigUInt64LE(40));
  const sections = Array.from({ length: file.readUInt16LE(60) }, (_, i) => {
    const header = at + i * file.readUInt16LE(58);
    return {
      type: file.readUInt32LE(header + 4),
      offset: Number(file.readBigUInt64LE(header + 24)),
      size: Number(file.readBigUInt64LE(header + 32)),
      link: file.readUInt32LE(header + 40),
      info: file.readUInt32LE(header + 44),
    };
  });
  const text = (section, offset) => {
    const start = sections[section.link].offset + offset;
    return file.toString('latin1', start, file.indexOf(0, start));
  };
  const libraries = [];
  const versions = new Set();
  const undefinedSymbols = [];
  const unversioned = [];
  const versionOf = sections.find((section) => section.type === types.versionOf);
  for (const section of sections) {
    if (section.type === types.dynamic)
      for (let entry = section.offset; entry < section.offset + section.size; entry += 16)
        if (file.readBigInt64LE(entry) === needed)
          libraries.push(text(section, Number(file.readBigUInt64LE(entry + 8))));
    if (section.type === types.dynamicSymbols)
      for (let symbol = section.offset + 24; symbol < section.offset + section.size; symbol += 24)
        if (file.readUInt16LE(symbol + 6) === 0 && file[symbol + 4] >> 4 === global) {
          const name = text(section, file.readUInt32LE(symbol));
          undefinedSymbols.push(name);
          const version = versionOf && file.readUInt16LE(versionOf.offset + (symbol - section.offset) / 12);
          if (!(version > 1)) unversioned.push(name);
        }
    if (section.type !== types.versionsNeeded) continue;
    for (let i = 0, library = section.offset; i < section.info; i++, library += file.readUInt32LE(library + 12))
      for (
        let j = 0, version = library + file.readUInt32LE(library + 8);
        j < file.readUInt16LE(library + 2);
        j++, version += file.readUInt32LE(version + 12)
      )
        versions.add(text(section, file.readUInt32LE(version + 8)));
  }
  return {
    arch: machines[file.readUInt16LE(18)] ?? `machine ${file.readUInt16LE(18)}`,
    libraries: libraries.sort(),
    versions: [...versions].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })),
    undefinedSymbols: undefinedSymbols.sort(),
    unversioned: unversioned.sort(),
    stripped: !sections.some((section) => section.type === types.symbols),
  };
}

/** The oldest glibc that released binaries need: that of Node 20 itself. */
export const glibcFloor = '2.28';
const glibc = /^(ld-linux-(x86-64|aarch64)|libc|libm|libpthread|libdl)\.so\.\d+$/;
const older = (version, floor) => version.localeCompare(floor, 'en', { numeric: true }) <= 0;

/** What keeps a binary from being released for an architecture; empty: nothing. */
export function obstacles(path, arch) {
  const elf = readElf(path);
  const late = elf.versions.filter((v) => !(v.startsWith('GLIBC_') && older(v.slice('GLIBC_'.length), glibcFloor)));
  return [
    ...(elf.arch === arch ? [] : [`is for ${elf.arch}, not ${arch}`]),
    ...elf.libraries.filter((name) => !glibc.test(name)).map((name) => `needs ${name}`),
    ...late.map((name) => `needs ${name}, which glibc ${glibcFloor} does not have`),
    // What neither Node nor the glibc that it was linked against has keeps it from being loaded, or ends the process.
    ...elf.unversioned.filter((name) => !/^(napi|node_api)_/.test(name)).map((name) => `lacks ${name}`),
    ...(elf.stripped ? [] : ['is not stripped']),
  ];
}
