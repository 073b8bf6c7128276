import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dump } from '../../../lib/config/dump.js';
import { parseConfig } from '../../../lib/config/index.js';

const dir = new URL('../../fixtures/sysmon-configs/', import.meta.url);
const printed = readdirSync(dir).filter((f) => f.endsWith('.rules'));

const config = (body: string, version = '4.90'): string =>
  `<Sysmon schemaversion="${version}"><EventFiltering>${body}</EventFiltering></Sysmon>`;

describe('dump', () => {
  it('has the 13 configurations', () => expect(printed).toHaveLength(13));

  it.each(printed)('prints %s as Sysmon does', (file) => {
    const xml = readFileSync(new URL(file.replace('.rules', '.xml'), dir));
    expect(dump(parseConfig(xml))).toBe(readFileSync(new URL(file, dir), 'utf8'));
  });

  it('numbers Rules without a name, and counts the tries of a series', () => {
    const text = dump(
      parseConfig(
        config(`
        <RegistryEvent onmatch="include">
          <Rule groupRelation="and"><TargetObject>a</TargetObject></Rule>
          <Rule groupRelation="and"><NewName>b</NewName></Rule>
          <Rule><TargetObject>c</TargetObject></Rule>
        </RegistryEvent>
        <ProcessCreate onmatch="include"><Rule><Image>x</Image></Rule></ProcessCreate>`),
      ),
    );
    // ProcessCreate comes first (1). RegistryEvent: 12 and 13 lack NewName, two Rules each (2-5); 14 has all (6-8).
    expect(text.match(/Compound Rule (\d+)/g)).toEqual([
      'Compound Rule 0001',
      'Compound Rule 0006',
      'Compound Rule 0007',
      'Compound Rule 0008',
    ]);
  });

  it('leaves out a node like the one before it, and knows the combination of each schema', () => {
    const twice =
      '<ProcessCreate onmatch="include"><Image>a</Image></ProcessCreate><ProcessCreate onmatch="include"><Image>b</Image></ProcessCreate>';
    expect(dump(parseConfig(config(twice)))).not.toContain("'b'");
    expect(dump(parseConfig(config(twice, '4.1')))).toContain(
      "version 4.10):\n - ProcessCreate                      onmatch: include   combine rules using 'Or'",
    );
    expect(dump(parseConfig(config(twice, '4.11')))).toContain("'And'");
  });

  it('cuts names at 32 bytes', () => {
    const rule = `<ProcessCreate onmatch="include"><Rule name="${'é'.repeat(40)}"><Image>a</Image></Rule></ProcessCreate>`;
    expect(dump(parseConfig(config(rule)))).toContain(`Compound Rule ${'é'.repeat(16)}   combine`);
  });
});
