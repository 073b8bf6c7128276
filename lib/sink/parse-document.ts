/** What a sink may know of a document: what stands in it, if it is JSON. */

/** Members that sinks look for; a document may have others, or none of them. */
export interface ParsedDocument {
  readonly type?: unknown;
  readonly id?: unknown;
  readonly recordId?: unknown;
  readonly time?: unknown;
  readonly data?: unknown;
  readonly process?: unknown;
}

/** undefined: it is no object of JSON. */
export function parseDocument(document: Buffer): ParsedDocument | undefined {
  if (document[0] !== 0x7b) return undefined; // {
  try {
    return JSON.parse(document.toString()) as ParsedDocument;
  } catch {
    return undefined;
  }
}
