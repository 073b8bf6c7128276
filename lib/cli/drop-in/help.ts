/** Help of the switches of Sysmon for Linux, and of configurations (`-? config`). */
import { optionNames } from '../../config/config-options.js';
import { sysmonConditions } from '../../config/model.js';
import { manifest } from '../../schema/manifest.js';
import { schemaVersion } from '../../schema/tables.gen.js';
import { home } from '../../service/files.js';
import { wrap } from '../wrap.js';

/** What can be given, in the words of this program. */
const calls: readonly (readonly [string, string])[] = [
  ['-i [FILE]', `install under ${home} and start, with a configuration or without`],
  ['-c', 'print the rules in force'],
  ['-c FILE', 'put another configuration in force'],
  ['-c --', 'the defaults: ProcessCreate and ProcessTerminate'],
  ['-u [force]', 'stop and remove; force: by SIGKILL if need be, and what is left of an installation'],
  ['-s [VERSION | all]', "print Sysmon's schema of the events and their fields"],
  ['-? [config]', 'this help; of configurations'],
];

const more: readonly (readonly [string, string])[] = [
  ['-h ALGORITHMS', 'digests of programs: SHA1, MD5, SHA256, joined by commas, or *'],
  ['-n [IMAGES]', 'NetworkConnect of these programs, joined by commas'],
  ['-l [IMAGES]', 'ImageLoad of these programs'],
  ['-btf FILE', 'types of the kernel, beside its own'],
  ['-t [verbose]', 'the service tells its counters when it ends'],
  ['-nologo', 'without the line with the version'],
  ['-accepteula, -k, -m, -g, -dns', 'accepted, without effect'],
  ['-service', 'how the service itself is started'],
];

const lines = (rows: typeof calls, width: number): string => {
  const column = 24;
  return rows
    .map(([label, words]) => {
      const head = `  ${label}`;
      const text = wrap(words, width, ' '.repeat(column), column);
      return head.length < column ? `${head.padEnd(column)}${text}\n` : `${head}\n${' '.repeat(column)}${text}\n`;
    })
    .join('');
};

export const switchHelp = (width: number): string => `usage: sysmon -i | -c | -u | -s, as Sysmon for Linux is called

${lines(calls, width)}
With -i and -c
${lines(more, width)}
${wrap(
  "Events go to the system log, as Sysmon's lines of XML with the name sysmon: sysmon view shows them to people. Everything else of this command: sysmon --help.",
  width,
)}
`;

/** One row for each tag; a series of events has one tag and several ids. */
function tagLines(): string {
  const rows = manifest.flatMap(({ id, tag, type, noLinuxMeaning }) =>
    tag === undefined ? [] : [[String(id), tag, noLinuxMeaning === undefined ? type : `${type} (never on Linux)`]],
  );
  return [['Id', 'Tag', 'Event'], ...rows]
    .map(([id, tag, type]) => `${id.padEnd(6)} ${tag.padEnd(24)} ${type}\n`)
    .join('');
}

export const configurationHelp = (
  width: number,
): string => `Configuration usage (current schema is version: ${schemaVersion}):

${wrap('A configuration is a file of XML, or of YAML, that follows -i or -c:', width)}

<Sysmon schemaversion="${schemaVersion}">
  <HashAlgorithms>SHA256</HashAlgorithms>
  <EventFiltering>
    <RuleGroup name="" groupRelation="or">
      <!-- all programs, but for one -->
      <ProcessCreate onmatch="exclude">
        <Image condition="is">/usr/bin/true</Image>
      </ProcessCreate>
    </RuleGroup>
    <RuleGroup name="" groupRelation="or">
      <!-- of the connections those to two ports -->
      <NetworkConnect onmatch="include">
        <DestinationPort name="web">80</DestinationPort>
        <DestinationPort name="web">443</DestinationPort>
      </NetworkConnect>
    </RuleGroup>
  </EventFiltering>
</Sysmon>

${wrap(
  `Options stand directly in Sysmon: ${optionNames.join(', ')}. Rules stand in EventFiltering, one element for each event; onmatch says whether what they match is logged (include) or left out (exclude), and exclude is stronger. Each line in such an element names a field of the event. Events without an element: ProcessCreate and ProcessTerminate are logged, others are not.`,
  width,
)}

${tagLines()}
${wrap(`Conditions: ${sysmonConditions.join(', ')}. Without one: is. They compare without regard to case.`, width)}

${wrap('sysmon config check FILE tells what is wrong in a file, with line and column; sysmon schema, which fields events have.', width)}
`;
