/**
 * The paths that rules may name, from the TypeScript types of the members: `capabilities.effective`, `stdio.target`,
 * `env.*`.
 */
import { fdKinds } from './wire.js';

/** What a value can be where it is not any text: a number, or one of a few words. */
export type Values = 'number' | readonly string[];

export interface Path {
  readonly path: string;
  /** It has several values; a condition holds if it holds for one of them. */
  readonly multi: boolean;
  readonly values?: Values;
}

/** The values of a member of this type that is neither list nor object. Throws on a type of another form. */
function valuesOf(type: string): Values | undefined {
  if (type === 'string') return undefined;
  if (type === 'number') return 'number';
  if (type === 'true') return ['true'];
  if (type === 'FdKind') return fdKinds.map(([, , word]) => word);
  const words = type.split(' | ').map((w) => /^'([\w-]+)'$/.exec(w)?.[1]);
  if (!words.every((w) => w !== undefined)) throw new Error(`schema: no paths for the type ${type}`);
  return words;
}

/** The paths of a member of this type. Throws on a type of another form. */
export function pathsOf(name: string, tsType: string): readonly Path[] {
  const type = tsType.replaceAll('readonly ', '').trim();
  if (type === 'Readonly<Record<string, string>>') return [{ path: `${name}.*`, multi: false }];
  const list = /^(.*)\[\]$/.exec(type);
  if (list) return pathsOf(name, list[1]).map((p) => ({ ...p, multi: true }));
  const object = /^\{(.*)\}$/.exec(type);
  if (object)
    return object[1]
      .split(';')
      .filter((member) => member.trim() !== '')
      .flatMap((member) => {
        const [, key, of] = /^\s*(\w+)\??:\s*(.*)$/.exec(member) ?? [];
        if (key === undefined) throw new Error(`schema: no paths for the type ${tsType}`);
        return pathsOf(`${name}.${key}`, of);
      });
  const values = valuesOf(type);
  return [{ path: name, multi: false, ...(values ? { values } : {}) }];
}
