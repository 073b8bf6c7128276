/** Writes a rule set as Sysmon's XML. What XML cannot say is refused, with the line it comes from. */
import { ConfigError, type Position } from './findings.js';
import {
  sysmonConditions,
  versionText,
  type Compound,
  type Entry,
  type EventNode,
  type Group,
  type Line,
  type RuleSet,
} from './model.js';

const text = (value: string): string =>
  value.replace(/[&<>\r]/g, (c) => (c === '\r' ? '&#13;' : c === '&' ? '&amp;' : c === '<' ? '&lt;' : '&gt;'));
/** What stands between tags. Blanks alone would be no text there. */
const content = (value: string): string =>
  /^[ \t\r\n]+$/.test(value) ? value.replace(/[^]/g, (c) => `&#${c.charCodeAt(0)};`) : text(value);
const quoted = (value: string): string => text(value).replace(/["\n\t]/g, (c) => `&#${c.charCodeAt(0)};`);

function refuse(what: string, at: Position): never {
  throw new ConfigError(`XML cannot say ${what}`, at);
}

/** Whether no XML document may contain this, even escaped. */
function forbidden(c: string): boolean {
  const code = c.codePointAt(0) as number;
  return (
    (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) ||
    (code >= 0xd800 && code <= 0xdfff) ||
    code === 0xfffe ||
    code === 0xffff
  );
}

function checkText(value: string, at: Position): string {
  for (const c of value) if (forbidden(c)) refuse('a control character', at);
  return value;
}

/**
 * Writes XML, in UTF-8 and without declaration, indented by two spaces. Throws {@link ConfigError} at the first thing
 * that XML cannot say.
 */
export function writeXml(ruleSet: RuleSet): string {
  const out: string[] = [];
  note(out, ruleSet.comment, '');
  out.push(`<Sysmon schemaversion="${versionText(ruleSet.schemaVersion)}">`);
  for (const option of ruleSet.options) {
    note(out, option.comment, '  ');
    out.push(`  <${option.name}>${content(checkText(option.value, option.at))}</${option.name}>`);
  }
  note(out, ruleSet.rulesComment, '  ');
  out.push('  <EventFiltering>');
  for (const g of ruleSet.groups) group(out, g);
  note(out, ruleSet.rulesEnd, '    ');
  out.push('  </EventFiltering>');
  note(out, ruleSet.end, '  ');
  out.push('</Sysmon>');
  return `${out.join('\n')}\n`;
}

function note(out: string[], comment: string | undefined, indent: string): void {
  if (comment === undefined) return;
  const lines = comment
    .replace(/--+/g, (m) => [...m].join(' '))
    .replace(/-$/, '- ')
    .split('\n');
  out.push(`${indent}<!-- ${lines.join(`\n${indent}     `)} -->`);
}

function name(value: string | undefined, at: Position): string {
  return value === undefined ? '' : ` name="${quoted(checkText(value, at))}"`;
}

function group(out: string[], g: Group): void {
  note(out, g.comment, '    ');
  if (!g.explicit) {
    for (const node of g.nodes) eventNode(out, node, '    ');
    return;
  }
  const head = `    <RuleGroup${name(g.name, g.at)}${g.relation ? ` groupRelation="${g.relation}"` : ''}`;
  if (g.nodes.length === 0 && g.end === undefined) {
    out.push(`${head}/>`);
    return;
  }
  out.push(`${head}>`);
  for (const node of g.nodes) eventNode(out, node, '      ');
  note(out, g.end, '      ');
  out.push('    </RuleGroup>');
}

function eventNode(out: string[], node: EventNode, indent: string): void {
  note(out, node.comment, indent);
  const head = `${indent}<${node.tag} onmatch="${node.onmatch}"`;
  if (node.entries.length === 0 && node.end === undefined) {
    out.push(`${head}/>`);
    return;
  }
  out.push(`${head}>`);
  for (const entry of node.entries) {
    if (entry.kind === 'line') line(out, entry, `${indent}  `);
    else rule(out, entry, `${indent}  `);
  }
  note(out, node.end, `${indent}  `);
  out.push(`${indent}</${node.tag}>`);
}

function rule(out: string[], compound: Compound, indent: string): void {
  if (compound.kind === 'not') refuse('"not"', compound.at);
  note(out, compound.comment, indent);
  const head = `${indent}<Rule${name(compound.name, compound.at)} groupRelation="${compound.kind === 'all' ? 'and' : 'or'}"`;
  if (compound.entries.length === 0 && compound.end === undefined) {
    out.push(`${head}/>`);
    return;
  }
  out.push(`${head}>`);
  for (const entry of compound.entries) line(out, flat(entry), `${indent}  `);
  note(out, compound.end, `${indent}  `);
  out.push(`${indent}</Rule>`);
}

function flat(entry: Entry): Line {
  if (entry.kind !== 'line') refuse(`"${entry.kind}" inside another`, entry.at);
  return entry;
}

function line(out: string[], l: Line, indent: string): void {
  if (l.field.includes('.')) refuse(`the field ${l.field}`, l.at);
  if (!(sysmonConditions as readonly string[]).includes(l.condition)) refuse(`the condition "${l.condition}"`, l.at);
  note(out, l.comment, indent);
  out.push(
    `${indent}<${l.field} condition="${l.condition}"${name(l.name, l.at)}>${content(checkText(l.value, l.at))}</${l.field}>`,
  );
}
