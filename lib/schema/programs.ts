/**
 * The programs of the kernel side of which more is to be said than which events need them: what the running kernel must
 * have for them, and what they are for beside events. All others are named by the events alone.
 */

/** What a kernel must have: a tracepoint with so many arguments, or a structure. Both are looked up in its BTF. */
export type Need =
  { readonly hook: string; readonly arguments: readonly [least: number, most: number] } | { readonly struct: string };

export interface ProgramRow {
  readonly name: string;
  /** It keeps the process table, whatever is captured, and makes this record. */
  readonly keeps?: string;
  /**
   * It is attached to nothing.
   * - `living`: iterates over the processes, at the start and after a loss
   * - `existing`: iterates once, before the other programs are attached, over what is older than the sensor
   * - `listed`: iterates once, when all others run, and makes records of what it finds
   * - `writers`: is called to learn how many have a file open for writing
   * - `runs`: is called to learn whether a process still runs a file
   * - `scope`: is called with the control group that is the scope
   * - `spawner`: is called by a thread whose new processes are of the scope
   */
  readonly role?: 'living' | 'existing' | 'listed' | 'writers' | 'runs' | 'scope' | 'spawner';
  readonly needs?: readonly Need[];
}

const most = 12;

/** The hooks of io_uring are given the request, and it holds what the operation needs: since 6.0. */
const tellsRequests: readonly Need[] = [
  ...['io_cmd_data', 'io_open', 'io_unlink', 'io_rename', 'io_mkdir', 'io_link'].map((struct) => ({ struct })),
  { hook: 'io_uring_complete', arguments: [1, most] },
  { hook: 'io_uring_cqe_overflow', arguments: [5, 5] },
];
/** The hook at which a request is submitted has had other arguments: versions between those are not known here. */
const submitted = (count: number): Need => ({ hook: 'io_uring_submit_sqe', arguments: [count, count] });

export const programs: readonly ProgramRow[] = [
  { name: 'sm_process_fork', keeps: 'fork' },
  { name: 'sm_process_create', keeps: 'exec' },
  // 6.15 tells the hook whether the whole process is gone.
  { name: 'sm_process_terminate', keeps: 'exit', needs: [{ hook: 'sched_process_exit', arguments: [2, most] }] },
  { name: 'sm_process_terminate_live', keeps: 'exit', needs: [{ hook: 'sched_process_exit', arguments: [1, 1] }] },
  { name: 'sm_process_alive', keeps: 'alive', role: 'living' },
  { name: 'sm_network_existing', role: 'existing' },
  { name: 'sm_bpf_existing', role: 'listed' },
  { name: 'sm_writers', role: 'writers' },
  { name: 'sm_runs', role: 'runs' },
  { name: 'sm_scope_cgroup_is', role: 'scope' },
  { name: 'sm_scope_spawns', role: 'spawner' },
  { name: 'sm_uring_submit', needs: tellsRequests },
  { name: 'sm_uring_submit_60', needs: [...tellsRequests, submitted(2)] },
  { name: 'sm_uring_submit_515', needs: [submitted(7)] },
  { name: 'sm_uring_submit_510', needs: [submitted(5)] },
  { name: 'sm_uring_unix', needs: tellsRequests },
  { name: 'sm_uring_parameter', needs: tellsRequests },
  // Of operations that came later: their hook hands over the request.
  { name: 'sm_uring_listen', needs: [{ struct: 'io_listen' }, ...tellsRequests] },
  { name: 'sm_uring_socket', needs: [{ struct: 'io_socket' }, ...tellsRequests] },
  { name: 'sm_uring_end', needs: tellsRequests },
  { name: 'sm_uring_overflow', needs: tellsRequests },
];

/** Constants of the BPF object that say whether the kernel has a tracepoint. */
export const kernelFacts: readonly (readonly [constant: string, hook: string])[] = [
  ['sm_tells_inodes', 'inode_set_ctime_to_ts'],
];
