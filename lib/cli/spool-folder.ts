/** Where the spools of outputs are. */
import type { Given } from './given.js';

export const defaultSpoolFolder = '/var/lib/sysmon/spool';

export const spoolFolder = (given: Given): string => given.text('spool-dir') ?? defaultSpoolFolder;
