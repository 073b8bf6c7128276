/** The short form of a `strongId` in lean JSON: an ancestor's begins with `:` where its boot is that of the process. */

/** What stands before the first `:`, which is the boot's id; empty if there is none, as a recording may have it. */
export const bootOf = (strongId: unknown): string =>
  typeof strongId === 'string' ? strongId.slice(0, Math.max(strongId.indexOf(':'), 0)) : '';

export const withoutBoot = (strongId: string): string => strongId.slice(strongId.indexOf(':'));

/** The whole id of an ancestor in JSON, of a process whose own id is `own`. */
const wholeStrongId = (said: unknown, own: unknown): unknown =>
  typeof said === 'string' && said.startsWith(':') ? bootOf(own) + said : said;

/** Ancestors out of JSON with whole ids. */
export const withWholeIds = (ancestors: readonly unknown[], own: unknown): unknown[] =>
  ancestors.map((a) =>
    typeof a === 'object' && a !== null && 'strongId' in a ? { ...a, strongId: wholeStrongId(a.strongId, own) } : a,
  );
