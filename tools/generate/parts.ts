/**
 * Expressions that put a text together, with as few pieces as can be: each costs when it is joined and when it is
 * written out.
 */

/** Literal text, an expression, or one of two lists. */
export type Part =
  string | { readonly code: string } | { readonly guard: string; readonly then: Part[]; readonly otherwise: Part[] };

const isLiteral = (part: Part | undefined): part is string => typeof part === 'string';

/** Literals beside each other become one, also across the edge of a choice whose usual branch has one there. */
function merged(parts: readonly Part[]): Part[] {
  const out: Part[] = [];
  for (const part of parts) {
    if (part === '') continue;
    const last = out.at(-1);
    if (isLiteral(part) && isLiteral(last)) out[out.length - 1] = last + part;
    else if (
      isLiteral(part) &&
      last !== undefined &&
      typeof last === 'object' &&
      'guard' in last &&
      isLiteral(last.then.at(-1))
    )
      out[out.length - 1] = {
        ...last,
        then: merged([...last.then, part]),
        otherwise: merged([...last.otherwise, part]),
      };
    else if (typeof part === 'object' && 'guard' in part) {
      const before = isLiteral(last) && isLiteral(part.then[0]) ? [out.pop() as string] : [];
      out.push({ ...part, then: merged([...before, ...part.then]), otherwise: merged([...before, ...part.otherwise]) });
    } else out.push(part);
  }
  return out;
}

function render(part: Part): string {
  if (typeof part === 'string') return JSON.stringify(part);
  if ('code' in part) return part.code;
  const list = (parts: readonly Part[]): string => (parts.length === 0 ? "''" : parts.map(render).join(' + '));
  return `(${part.guard} ? ${list(part.then)} : ${list(part.otherwise)})`;
}

/** The sum of the parts as an expression. */
export const sum = (parts: readonly Part[]): string => merged(parts).map(render).join(' +\n    ');
