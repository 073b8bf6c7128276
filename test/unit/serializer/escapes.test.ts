/** What a terminal would act upon or swallow stands in no document as it is, and is said by all of them. */
import { expect, test } from 'vitest';
import { printableJson, visible } from '../../../lib/base/printable.js';
import { Reviver } from '../../../lib/replay/revive.js';
import type { SysmonEvent } from '../../../lib/schema/events.gen.js';
import { createSerializer, formats } from '../../../lib/serializer/index.js';
import { freshEvents, parseXml, recordedLines, type XmlElement } from './helpers.js';

const hostile = 'a\x7f\x80\x85\x9b31m\u061c\u200b\u200f\u2028\u202egpj.exe\u2066\u2069\ufeffz';
// eslint-disable-next-line no-control-regex
const obeyed = /[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

interface Tree {
  data: Record<string, unknown>;
  process?: Record<string, unknown> & { ancestors: Record<string, unknown>[] };
}

/** A line of a recording with the text in everything that strangers can name. */
function poisoned(line: string): string {
  const event = JSON.parse(line) as Tree;
  for (const [name, value] of Object.entries(event.data))
    if (typeof value === 'string' && name !== 'UtcTime') event.data[name] = `${value}${hostile}`;
  const named = { image: hostile, commandLine: `x ${hostile}` };
  if (event.process !== undefined)
    Object.assign(event.process, named, {
      argv: ['x', hostile],
      cwd: hostile,
      user: hostile,
      env: { [hostile]: hostile },
      ancestors: event.process.ancestors.map((a) => ({ ...a, ...named })),
    });
  return JSON.stringify({
    ...event,
    host: hostile,
    extra: { hook: hostile, tier: 'core', raw: { [hostile]: hostile } },
    techniques: [{ id: 'T1', name: hostile, tactics: [hostile], source: 'rule' }],
  });
}

const revive = (): SysmonEvent[] => {
  const reviver = new Reviver();
  return recordedLines.map((line) => reviver.revive(poisoned(line)) as SysmonEvent);
};

function textsOf(format: string, document: string): string[] {
  const texts: string[] = [];
  const walk = (e: XmlElement): void => {
    texts.push(e.text);
    e.children.forEach(walk);
  };
  if (format === 'xml') walk(parseXml(document));
  else JSON.parse(document, (_, value: unknown) => (typeof value === 'string' ? texts.push(value) : value));
  return texts;
}

// Those of a sensor are written by the generated writers, those of a file by the general ones.
test.each(Object.keys(formats).filter((name) => name !== 'text'))('%s', (format) => {
  const serialize = createSerializer(format, { labels: { site: hostile } });
  for (const event of [...revive(), ...freshEvents(revive())]) {
    const document = serialize(event);
    expect(document).not.toMatch(obeyed);
    expect(serialize.pieces === undefined ? '' : piecesOf(serialize, event)).not.toMatch(obeyed);
    expect(textsOf(format, document).filter((text) => text.includes(hostile)).length).toBeGreaterThan(1);
  }
});

function piecesOf(serialize: ReturnType<typeof createSerializer>, event: SysmonEvent): string {
  let document = '';
  serialize.pieces?.(event, (piece) => (document += piece));
  return document;
}

test('a loss', () => {
  const loss = {
    type: 'Loss',
    time: 't',
    host: hostile,
    stage: 's',
    eventType: 'x',
    count: 1,
    since: '',
    until: '',
  } as const;
  const line = createSerializer('json')(loss);
  expect(line).not.toMatch(obeyed);
  expect(JSON.parse(line)).toEqual(loss);
});

test('every character that is shown escaped at a terminal is escaped in JSON, and no other', () => {
  const wrong: string[] = [];
  for (let code = 0; code < 0xd800; code++) {
    const c = String.fromCharCode(code);
    if (c === '"' || c === '\\') continue;
    const written = printableJson(c);
    if ((written === `"${c}"`) !== (visible(c) === c) || JSON.parse(written) !== c) wrong.push(written);
  }
  expect(wrong).toEqual([]);
  expect(printableJson('\ud800')).toBe('"\\ud800"');
  expect(printableJson('\u{1f680}\ufeff')).toBe('"\u{1f680}\\ufeff"');
  expect(printableJson(undefined)).toBe('null');
  expect(printableJson({ ['\x9b']: ['\u202e'] }, 1)).toBe('{\n "\\u009b": [\n  "\\u202e"\n ]\n}');
});
