// Feeds broken configurations to the readers: node test/fuzz/config.mjs xml|yaml [seconds] [seed]. Needs the compiled
// TypeScript and the addon. A reader may refuse; it may not throw anything but a ConfigError, hang, or grow without
// bound. What it accepts must come back from the other language, and the engine must take its plan.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { checkConfig, compile, ConfigError, convert, dump, parseConfig } from '../../dist/config/index.js';

const [format = 'xml', seconds = '60', seed = String(Date.now() % 1e9)] = process.argv.slice(2);
const dir = new URL('../fixtures/sysmon-configs/', import.meta.url);
const xml = readdirSync(dir)
  .filter((f) => f.endsWith('.xml'))
  .map((f) => readFileSync(new URL(f, dir), 'utf8'));
const yaml = [
  readFileSync(new URL('../../lib/config/starter.yml', import.meta.url), 'utf8'),
  ...xml.map((x) => convert(parseConfig(x))),
];
const corpus = format === 'xml' ? xml : yaml;
const pieces =
  format === 'xml'
    ? [
        '<',
        '>',
        '</',
        '/>',
        '<Rule>',
        '</Rule>',
        '<RuleGroup>',
        '&amp;',
        '&#0;',
        '&#x110000;',
        '&a;',
        '<!--',
        '-->',
        '--',
        '<![CDATA[',
        ']]>',
        '<?xml',
        '?>',
        '<!DOCTYPE a [<!ENTITY b "c">]>',
        '"',
        "'",
        '=',
        ' condition="contains any"',
        ' name=""',
        ';',
        '\0',
        '\u{10400}',
        '\ufeff',
        'schemaversion="1e9"',
        '<a '.repeat(50),
        '<b>'.repeat(40),
      ]
    : [
        '[',
        ']',
        '{',
        '}',
        ': ',
        '- ',
        '\n',
        '\n  ',
        '    ',
        '&a ',
        '*a',
        '<<: *a',
        '!!binary ',
        '!!js ',
        '|\n',
        '>-\n',
        '"',
        "'",
        '#',
        '? ',
        '---\n',
        '...\n',
        '%YAML 1.1\n',
        'any:',
        'not:',
        'all:',
        'regex: ',
        '(a{1000}){1000}',
        '((((',
        'cidr: ',
        'null',
        '~',
        '\t',
        '\0',
        '[['.repeat(100),
        '- - '.repeat(100),
        '{a: '.repeat(50),
        '\u{10400}',
        '\ufeff',
      ];

let s = Number(seed) | 0;
const rnd = (n) => {
  s = (s + 0x6d2b79f5) | 0;
  let t = Math.imul(s ^ (s >>> 15), 1 | s);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return (((t ^ (t >>> 14)) >>> 0) % n) >>> 0;
};

function mutate(text) {
  let out = text;
  for (let n = 1 + rnd(6); n > 0; n--) {
    const at = rnd(out.length + 1);
    const length = rnd(40);
    switch (rnd(6)) {
      case 0:
        out = out.slice(0, at) + out.slice(at + length);
        break;
      case 1:
        out = out.slice(0, at) + pieces[rnd(pieces.length)] + out.slice(at);
        break;
      case 2: {
        const from = rnd(out.length + 1);
        out = out.slice(0, at) + out.slice(from, from + length * 4) + out.slice(at);
        break;
      }
      case 3:
        out = out.slice(0, at) + String.fromCharCode(rnd(rnd(2) ? 128 : 65536)) + out.slice(at + 1);
        break;
      case 4: {
        const other = corpus[rnd(corpus.length)];
        const from = rnd(other.length);
        out = out.slice(0, at) + other.slice(from, from + rnd(300)) + out.slice(at);
        break;
      }
      default:
        out = out.slice(0, at) + pieces[rnd(pieces.length)].repeat(1 + rnd(200)) + out.slice(at);
    }
  }
  return out;
}

let runs = 0;
let accepted = 0;
let slowest = 0;
let memory = 0;
const end = Date.now() + Number(seconds) * 1000;
while (Date.now() < end) {
  const text = mutate(corpus[rnd(corpus.length)]);
  // Bytes now and then: the decoder is part of the reader.
  const source = rnd(8) === 0 ? Buffer.from(text, ['utf8', 'utf16le', 'latin1'][rnd(3)]) : text;
  const cpu = process.cpuUsage();
  try {
    try {
      const ruleSet = parseConfig(source, { format });
      accepted++;
      dump(ruleSet);
      const other = convert(ruleSet, 'yaml');
      const again = convert(parseConfig(other, { format: 'yaml' }), 'yaml');
      if (again !== other) throw new Error('YAML does not come back');
      compile(ruleSet).evaluate({ type: 'ProcessCreate', data: { Image: '/bin/sh', CommandLine: 'sh -c é' } });
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
    }
    checkConfig(source, { format });
    const used = process.cpuUsage(cpu);
    const ms = (used.user + used.system) / 1000;
    slowest = Math.max(slowest, ms);
    if (ms > 5000) throw new Error(`took ${ms} ms`);
    if (++runs % 500 === 0) {
      memory = Math.max(memory, process.memoryUsage().rss);
      if (memory > 2 ** 31) throw new Error('more than 2 GB');
    }
  } catch (error) {
    writeFileSync('/tmp/config-fuzz-failure', source);
    console.error(`seed ${seed}, run ${runs}: ${error.stack}\ninput in /tmp/config-fuzz-failure`);
    process.exit(1);
  }
}
console.log(
  `${format}: ${runs} inputs, ${accepted} accepted, slowest ${Math.round(slowest)} ms, ${Math.round(memory / 2 ** 20)} MB, seed ${seed}`,
);
