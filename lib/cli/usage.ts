/** The command's words: commands, flags, exit codes. */

/** Flags of the commands that start a sensor. */
export const captureUsage = `  --config FILE         rules: Sysmon XML or YAML, or starter for the configuration that comes with the package
  --compatibility MODE  linux (default), or exact: rules mean in every detail what they mean to Sysmon for Linux
  --events A,B | all    types of events to capture (default: ProcessCreate,ProcessTerminate)
  --hash LIST | none    SHA1, MD5, SHA256, joined by commas (default: SHA256)
  --hash-timeout-ms N   longest time that an event waits for its hash (default: 250)
  --environment A,B | none
                        environment variables to keep, at most 16; those that rules speak of are added
                        (default: LD_PRELOAD,LD_LIBRARY_PATH,LD_AUDIT,SSH_CONNECTION,SUDO_USER)
  --duration S          stop after S seconds
  --max-events N        stop after N captured events
  --flush-ms N          longest time that output may linger, in ms (default: 50; on a terminal 1)
  --ring-bytes N        size of the kernel's ring, a power of two (default: 8388608)
  --flow-seconds N      NetworkConnect: report a UDP flow once in N seconds (default: 1800)
  --mdns                DnsQuery: also multicast DNS, port 5353
  --archive-directory D FileDelete: keep the content of deleted files in D
  --archive-hold A,B    directories whose files are held open for the archive once they have been written
  --archive-file-bytes N, --archive-total-bytes N
                        largest file that is kept (default: 67108864), most bytes in D (default: 1073741824)
  --btf FILE            type information of exactly this kernel, instead of the kernel's own
  --tier auto|core|full which kernel hooks to use; this version has core only
`;

export const usage = `sysmon - watches the Linux kernel and prints typed security events

Usage
  sysmon [run] [options]      print events until stopped
  sysmon record FILE          record events, to be replayed: sysmon record --help
  sysmon replay FILE          recorded events, through rules and formats: sysmon replay --help
  sysmon schema [TYPE]        JSON Schema of the events
  sysmon config COMMAND       check, convert or print a configuration: sysmon config --help
  sysmon capabilities         what a sensor sees on this system, and what it cannot
  sysmon --help | --version

Options of run and record
${captureUsage}
Options of run
  --format FORMAT       %FORMATS% (default: text on a terminal, json elsewhere)
  --output FILE | -     where events go (default: -, standard output); a file is appended to
  --stats               print counters as JSON to standard error at the end
  --color, --no-color   colour text (default: on a terminal, unless NO_COLOR is set)

Events alone go to standard output or FILE; everything else goes to standard error.
SIGINT and SIGTERM deliver what is there and stop. SIGHUP reopens FILE; without one it stops too.

Exit codes
  0 stopped as asked   1 failed while running   2 wrong usage
  3 bad configuration  4 privilege missing      5 this kernel cannot
`;

export const exitCode = { ok: 0, failure: 1, usage: 2, configuration: 3, privilege: 4, kernel: 5 } as const;
