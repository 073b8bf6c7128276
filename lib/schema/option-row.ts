/** What a row of options.ts says of an option. */

/**
 * How a value is checked, and what it is when none is given. The checks themselves are in lib/sensor/option-checks.ts.
 */
export type OptionCheck =
  | { readonly kind: 'whole'; readonly least: number; readonly most: number; readonly default: number }
  /** A whole number that is a power of two. */
  | { readonly kind: 'power'; readonly least: number; readonly most: number; readonly default: number }
  | { readonly kind: 'truth'; readonly default: boolean }
  | { readonly kind: 'variables'; readonly most: number; readonly default: readonly string[] }
  | { readonly kind: 'watched'; readonly default: readonly string[] }
  | { readonly kind: 'directories'; readonly most: number }
  | {
      readonly kind:
        | 'path'
        | 'directory'
        | 'events'
        | 'hash'
        | 'hashSource'
        | 'config'
        | 'compatibility'
        | 'filter'
        | 'archive'
        | 'scope'
        | 'labels'
        | 'redact'
        | 'throttle';
    }
  /** A process, by its id. */
  | { readonly kind: 'pid' };

/** A flag of the command. */
export interface Flag {
  /** Without the dashes. */
  readonly name: string;
  /** What stands for the value in the help; absent, and no choices: it is a switch. */
  readonly value?: string;
  /** All values that it may have. */
  readonly choices?: readonly string[];
  /** For the help. `{default}` stands for the default of the option. */
  readonly words: string;
  /** Of a list: what its words are. */
  readonly items?: string;
  /** The one word that stands for all of them, or for none. */
  readonly word?: 'all' | 'none';
  /** It may be given several times, each adding to it. */
  readonly repeated?: true;
}

export interface OptionRow {
  readonly name: string;
  /** In TypeScript. */
  readonly type: string;
  /** For the interface; `{default}` as in the help. */
  readonly doc: string;
  readonly check: OptionCheck;
  /**
   * The setting of the addon that it becomes, with its type there; absent: the SDK alone looks at it, or makes
   * something else of it.
   */
  readonly setting?: { readonly name: string; readonly type: string; readonly doc?: string };
  readonly flag?: Flag;
}
