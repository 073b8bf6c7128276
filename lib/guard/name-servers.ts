/** What is neither a breach nor worth a line of a baseline, whatever the policy says. */
import { readFileSync } from 'node:fs';
import type { RuleEvent } from '../config/rule-fields.js';
import { sinkFiles } from './policy-sections.js';

let known: ReadonlySet<string> | undefined;

/** The name servers of this system. A question to one is judged as a question, not as a connection. */
function nameServers(): ReadonlySet<string> {
  if (known) return known;
  let text = '';
  try {
    text = readFileSync('/etc/resolv.conf', 'utf8');
  } catch {
    // Without the file, a resolver asks the machine itself.
  }
  const found = [...text.matchAll(/^\s*nameserver\s+(\S+)/gm)].map((m) => m[1]);
  return (known = new Set(found.length > 0 ? found : ['127.0.0.1']));
}

/** A question to the system's name server, and what is written to a device that keeps nothing. */
export function isOfNoAccount({ data }: RuleEvent): boolean {
  const { TargetFilename, DestinationIp, DestinationPort } = data as Readonly<Record<string, unknown>>;
  if (typeof TargetFilename === 'string') return sinkFiles.test(TargetFilename);
  return DestinationPort === 53 && nameServers().has(String(DestinationIp));
}
