/** What was given to a command on its command line, read by its syntax. */
import { parseArgs } from 'node:util';
import { refuse } from '../base/errors.js';
import { didYouMean } from '../base/nearest.js';
import { typeOf } from '../event/type-names.js';
import { valueWord, type Flag, type Syntax } from './syntax.js';

/** Every command has it. */
const help: Flag = { name: 'help', letter: 'h' };

export class Given {
  /** What is no flag. */
  readonly operands: readonly string[];
  readonly help: boolean;
  /** What follows `--`, of a command that runs another. */
  readonly command: readonly string[] | undefined;
  readonly #command: Syntax;
  readonly #values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

  /** `line` is what follows the name of the command. */
  constructor(command: Syntax, line: readonly string[]) {
    this.#command = command;
    const end = command.runs ? line.indexOf('--') : -1;
    const argv = end < 0 ? line : line.slice(0, end);
    this.command = end < 0 ? undefined : line.slice(end + 1);
    const flags = [...command.flags, help];
    const config = {
      args: [...argv],
      options: Object.fromEntries(
        flags.map((flag) => [
          flag.name,
          {
            type: valueWord(flag) === undefined ? ('boolean' as const) : ('string' as const),
            // What is given twice of a list adds to it; of all else the last counts.
            ...((flag.items !== undefined || flag.repeated) && { multiple: true }),
            ...(flag.letter !== undefined && { short: flag.letter }),
          },
        ]),
      ),
      allowPositionals: true,
    };
    const names = flags.map(({ name }) => `--${name}`);
    for (const token of parseArgs({ ...config, strict: false, tokens: true }).tokens)
      if (token.kind === 'option' && !names.includes(`--${token.name}`))
        refuse(`unknown flag ${token.rawName}.${didYouMean(token.rawName, names)}`);
    try {
      const { values, positionals } = parseArgs(config);
      this.#values = values;
      this.operands = positionals;
    } catch (cause) {
      refuse((cause as Error).message);
    }
    const [operand] = this.operands;
    if (operand !== undefined && (command.operands === '' || command.runs)) {
      const meant = didYouMean(operand, names);
      const runs =
        command.runs && meant === '' ? ` A command to run stands after --: sysmon ${command.name} -- ${operand}` : '';
      refuse(`${command.name}: takes no '${operand}'.${meant}${runs}`);
    }
    this.help = this.#values[help.name] === true;
    if (!this.help) for (const flag of command.flags) this.#checkChoice(flag);
  }

  #checkChoice({ name, choices }: Flag): void {
    const value = this.text(name);
    if (value !== undefined && choices?.includes(value) === false)
      refuse(`--${name}: '${value}' is unknown.${didYouMean(value, choices)} Known: ${choices.join(', ')}.`);
  }

  /** The text of a flag. */
  text(name: string): string | undefined {
    const value = this.#values[name];
    return Array.isArray(value) ? value.join(',') : (value as string | undefined);
  }

  /** The texts of a flag that may be given several times. */
  all(name: string): readonly string[] {
    return (this.#values[name] as string[] | undefined) ?? [];
  }

  has(name: string): boolean {
    return this.#values[name] !== undefined;
  }

  /** Whether a switch was given. */
  on(name: string): true | undefined {
    return this.#values[name] === true ? true : undefined;
  }

  number(name: string, least: number, whole = true): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value) || value < least || (whole && !Number.isInteger(value)))
      refuse(`--${name}: expected a ${whole ? 'whole ' : ''}number of at least ${least}, got '${text}'.`);
    return value;
  }

  /**
   * Words joined by commas, or the flag's own word for all of them or for none. No word at all is refused, for so reads
   * a variable of a script that is not set.
   */
  list(name: string): string | string[] | undefined {
    const { items, word } = this.#command.flags.find((flag) => flag.name === name) as Flag;
    const text = this.text(name);
    if (text === undefined || (word !== undefined && text.trim() === word)) return text?.trim();
    const words = text
      .split(',')
      .map((s) => s.trim())
      .filter((s) => s !== '');
    if (words.length === 0)
      refuse(`--${name}: it is empty. Give ${items} joined by commas${word === undefined ? '' : `, or ${word}`}.`);
    return words;
  }

  /** A list of types of events. Their ids stand for them, and they may be written in any case. */
  types(name: string): string | string[] | undefined {
    const list = this.list(name);
    return Array.isArray(list) ? list.map((word) => typeOf(word) ?? word) : list;
  }

  /** The one file that the command wants. */
  file(): string {
    const [file] = this.operands;
    if (file === undefined || file === '' || this.operands.length > 1)
      refuse(`${this.#command.name}: expected one file.`);
    return file;
  }
}
