/**
 * The paths that rules may name, from the TypeScript types of the members: `capabilities.effective`, `stdio.target`,
 * `env.*`.
 */

export interface Path {
  readonly path: string;
  /** It has several values; a condition holds if it holds for one of them. */
  readonly multi: boolean;
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
  if (!/^(string|number|true|FdKind|('\w+'( \| )?)+)$/.test(type))
    throw new Error(`schema: no paths for the type ${tsType}`);
  return [{ path: name, multi: false }];
}
