// THIRD_PARTY_NOTICES: the licences of what released binaries contain, as Debian's packages state them.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const intro = (parts) => `Third-party notices of @org/sysmon

Written by \`npm run package:prebuild\`; not by hand.

The package itself is under the MIT license, its eBPF programs under MIT or GPL (LICENSE). The binaries in prebuilds/
contain, linked statically, parts of the following, built from Debian's source packages:

${parts.map(({ title, terms }) => `  ${title.padEnd(38)} ${terms}`).join('\n')}

dist/include/ has headers of node-addon-api and node-api-headers. Binaries that are built on your own system by
scripts/build.mjs contain none of the libraries: they use those of the system.

libelf

libelf is free software under the GNU Lesser General Public License, version 3 or later, or the GNU General Public
License, version 2 or later; it is used here under the former. You may change it and use the binaries with your version:
the sources of everything else in them are in this package, and the command that built them does it again with yours:

    node scripts/package/prebuild.mjs --source elfutils=FOLDER

It was not changed for this package. Its sources, exactly those that were used, are what Debian gives:

    apt-get source elfutils=${parts.find((p) => p.source === 'elfutils').version}

No term of this package forbids to change the binaries for one's own use, or to reverse engineer them to debug such
changes.
`;

const terms = {
  libbpf: 'BSD-2-Clause (or LGPL-2.1)',
  elfutils: 'LGPL-3.0-or-later (or GPL-2.0-or-later)',
  zlib: 'Zlib',
  re2: 'BSD-3-Clause',
};
const rule = `\n${'='.repeat(80)}\n`;

/** `sources`: those that were built. `sysroot`: where libstdc++ and libgcc are from. */
export function writeNotices(root, sources, sysroot) {
  const read = (...path) => readFileSync(join(...path), 'utf8').trim();
  const copyright = ({ folder }) => read(folder, 'debian/copyright');
  const own = (name) => ({
    title: `${name} ${JSON.parse(read(root, 'node_modules', name, 'package.json')).version}`,
    terms: 'MIT',
    text: read(root, 'node_modules', name, name === 'node-addon-api' ? 'LICENSE.md' : 'LICENSE'),
  });
  const parts = [
    ...sources.map((source) => ({
      title: `${source.name === 'elfutils' ? 'libelf of elfutils' : source.name} ${source.version}`,
      terms: terms[source.name],
      source: source.name,
      version: source.version,
      text: copyright(source),
    })),
    {
      title: 'libstdc++, libgcc of GCC 12',
      terms: 'GPL-3.0-or-later with the GCC Runtime Library Exception',
      text: read(sysroot, 'usr/share/doc/gcc-12-base/copyright'),
    },
    own('node-addon-api'),
    own('node-api-headers'),
  ];
  const licences = ['LGPL-3', 'GPL-3'].map((name) => ({
    title: `/usr/share/common-licenses/${name}, which the above name`,
    text: read('/usr/share/common-licenses', name),
  }));
  const sections = [...parts, ...licences].map(({ title, text }) => `${rule}${title}${rule}\n${text}\n`);
  writeFileSync(join(root, 'THIRD_PARTY_NOTICES'), `${intro(parts)}${sections.join('')}`);
}
