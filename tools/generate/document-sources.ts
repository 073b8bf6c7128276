/** How the generated writers of documents read what a row names. */
import type { Node } from '../../lib/serializer/documents.js';

/** How the source of a row is read. */
export function valueOf(source: string): string {
  const [root, ...path] = source.split('.');
  const names = path.map((name) => `.${name}`).join('');
  switch (root) {
    case 'event':
      return `e${names}`;
    case 'data':
      return `d${names}`;
    case 'process':
      return path.length === 1 ? `p${names}` : `p.${path[0]}?${names.slice(path[0].length + 1)}`;
    case 'parent':
      return `q?${names}`;
    case 'container':
      return `containerOf(p)?${names}`;
    case 'extra':
      return path.length === 1 ? `x${names}` : `x.${path[0]}?${names.slice(path[0].length + 1)}`;
    default:
      throw new Error(`documents: no source ${source}`);
  }
}

/** What may be absent and is all that the members of an object are taken from: `container`, `process.remote`. */
export function onlySource(at: Node): string | undefined {
  const sources = (n: Node): (string | undefined)[] =>
    n.steps.length > 0 ? n.steps.map((s) => s.row?.[1]) : [...n.members.values()].flatMap(sources);
  const roots = new Set(
    sources(at).map((source) => {
      const [root, name, member] = source?.split('.') ?? [];
      return root === 'container' ? root : member === undefined ? undefined : `${root}.${name}`;
    }),
  );
  const [root] = roots;
  if (roots.size !== 1 || root === undefined) return undefined;
  return root === 'container' ? 'containerOf(p)' : valueOf(root);
}
