/** Writes a rule set as Sysmon's XML. What XML cannot say is refused, with the line it comes from. */
import { show } from '../base/errors.js';
import { ConfigError, type Diagnostic, type Position } from './findings.js';
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

/** Lines of a document, indented by two spaces. */
class XmlWriter {
  private readonly out: string[] = [];

  constructor(private readonly tell: (difference: Diagnostic) => void) {}

  write(ruleSet: RuleSet): string {
    const { out } = this;
    const top = { line: 1, column: 1 };
    const rules = ruleSet.groups[0]?.at ?? top;
    this.note(ruleSet.comment, '', top);
    out.push(`<Sysmon schemaversion="${versionText(ruleSet.schemaVersion)}">`);
    for (const option of ruleSet.options) {
      this.note(option.comment, '  ', option.at);
      out.push(`  <${option.name}>${content(checkText(option.value, option.at))}</${option.name}>`);
    }
    this.note(ruleSet.rulesComment, '  ', rules);
    out.push('  <EventFiltering>');
    for (const group of ruleSet.groups) this.group(group);
    this.note(ruleSet.rulesEnd, '    ', ruleSet.groups.at(-1)?.at ?? top);
    out.push('  </EventFiltering>');
    this.note(ruleSet.end, '  ', ruleSet.groups.at(-1)?.at ?? top);
    out.push('</Sysmon>');
    return `${out.join('\n')}\n`;
  }

  /** A comment may not hold two hyphens in a row, nor what no document may hold: it is written as near as can be. */
  private note(comment: string | undefined, indent: string, at: Position): void {
    if (comment === undefined) return;
    const written = [...comment.replace(/-(?=-)/g, '- ').replace(/-$/, '- ')]
      .map((c) => (forbidden(c) ? '\ufffd' : c))
      .join('');
    if (written !== comment)
      this.tell({
        severity: 'warning',
        code: 'comment',
        message: `XML cannot hold the comment ${show(comment)} as it is: it becomes ${show(written)}`,
        ...at,
      });
    this.out.push(`${indent}<!-- ${written.split('\n').join(`\n${indent}     `)} -->`);
  }

  private group(group: Group): void {
    this.note(group.comment, '    ', group.at);
    if (!group.explicit) {
      for (const node of group.nodes) this.node(node, '    ');
      return;
    }
    const relation = group.relation ? ` groupRelation="${group.relation}"` : '';
    this.element(`    <RuleGroup${name(group.name, group.at)}${relation}`, '    ', 'RuleGroup', group, () => {
      for (const node of group.nodes) this.node(node, '      ');
      return group.nodes.length;
    });
  }

  private node(node: EventNode, indent: string): void {
    this.note(node.comment, indent, node.at);
    this.element(`${indent}<${node.tag} onmatch="${node.onmatch}"`, indent, node.tag, node, () => {
      for (const entry of node.entries) {
        if (entry.kind === 'line') this.line(entry, `${indent}  `);
        else this.rule(entry, `${indent}  `);
      }
      return node.entries.length;
    });
  }

  private rule(rule: Compound, indent: string): void {
    if (rule.kind === 'not') refuse('"not"', rule.at);
    this.note(rule.comment, indent, rule.at);
    const relation = rule.kind === 'all' ? 'and' : 'or';
    this.element(`${indent}<Rule${name(rule.name, rule.at)} groupRelation="${relation}"`, indent, 'Rule', rule, () => {
      for (const entry of rule.entries) this.line(flat(entry), `${indent}  `);
      return rule.entries.length;
    });
  }

  /** An element around what `inside` writes, and how much of that there is. */
  private element(head: string, indent: string, tag: string, of: Ended, inside: () => number): void {
    const start = this.out.push(`${head}>`) - 1;
    if (inside() === 0 && of.end === undefined) {
      this.out[start] = `${head}/>`;
      return;
    }
    this.note(of.end, `${indent}  `, of.at);
    this.out.push(`${indent}</${tag}>`);
  }

  private line(l: Line, indent: string): void {
    if (l.field.includes('.')) refuse(`the field ${l.field}`, l.at);
    if (!(sysmonConditions as readonly string[]).includes(l.condition)) refuse(`the condition "${l.condition}"`, l.at);
    this.note(l.comment, indent, l.at);
    const value = content(checkText(l.value, l.at));
    this.out.push(`${indent}<${l.field} condition="${l.condition}"${name(l.name, l.at)}>${value}</${l.field}>`);
  }
}

interface Ended {
  readonly end?: string;
  readonly at: Position;
}

function name(value: string | undefined, at: Position): string {
  return value === undefined ? '' : ` name="${quoted(checkText(value, at))}"`;
}

function flat(entry: Entry): Line {
  if (entry.kind !== 'line') refuse(`"${entry.kind}" inside another`, entry.at);
  return entry;
}

/**
 * Writes XML, in UTF-8 and without declaration. Throws {@link ConfigError} at the first thing that XML cannot say;
 * `tell` hears of comments that it cannot hold as they are.
 */
export function writeXml(ruleSet: RuleSet, tell: (difference: Diagnostic) => void = () => undefined): string {
  return new XmlWriter(tell).write(ruleSet);
}
