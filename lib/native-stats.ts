/** What the native part counts: types alone. */

export interface NativeRecordCounters {
  /** All that came about, those that were dropped included, those that were filtered not. */
  readonly produced: number;
  /** Records that were not made, or not handed over, because rules drop all that they tell; see docs/pushdown.md. */
  readonly filtered: number;
  /** By reason: the stages of `lost`. */
  readonly dropped: Readonly<Record<string, number>>;
}

/** Counters of one run of a sensor, before JavaScript. */
export interface NativeStats {
  /** Records that the worker took from the kernel's ring. */
  readonly records: number;
  /** Of them, refused by the decoder: never, unless the kernel side is broken. */
  readonly malformed: number;
  /** Of them, second records of the end of one process. */
  readonly duplicates: number;
  /** Of them, ends of kernel threads, which give no event. */
  readonly kernelThreads: number;
  /** Events that the rules of `config` dropped. */
  readonly ruledOut: number;
  /** Events of types that are not captured: their record served another event, or the table of processes. */
  readonly unwanted: number;
  /** Records from before the sensor knew the living processes, which give no event; ends of processes apart. */
  readonly earlyExecs: number;
  /** Ends of processes from before that, and of those that were ending then: no events either. */
  readonly earlyExits: number;
  /** Events that were handed to JavaScript, where filters and full iterators may still drop them. */
  readonly events: number;
  /** Of them, those that later ones passed while they waited (`extra.late`). */
  readonly late: number;
  /** Events that had no digest within `hashTimeoutMs`. */
  readonly hashTimeouts: number;
  /** Events that did not wait for a digest because too many did. */
  readonly waitingFull: number;
  /** Processes in the table now, the dead that others still name included. */
  readonly processes: number;
  /** How often the worker waited until JavaScript had taken a batch. */
  readonly queueWaits: number;
  /** Batches that were handed to JavaScript. */
  readonly batches: number;
  /** How often the living were asked for anew after records of processes had been lost. */
  readonly resyncs: number;
  /** File operations of io_uring that may have given no event. */
  readonly ioUring: number;
  /** What the start took to load the programs, in nanoseconds. */
  readonly loadNs: number;
  /** What it took to learn of the living, in nanoseconds. */
  readonly snapshotNs: number;
  /** Questions to name servers and what became of them; see docs/dns.md. */
  readonly dns: Readonly<
    Record<
      'packets' | 'malformed' | 'other' | 'unmatched' | 'unowned' | 'unanswered' | 'overflow' | 'unfollowed',
      number
    >
  >;
  /** By kind of record of the kernel side, which may serve several types of events. */
  readonly kernel: Readonly<Record<string, NativeRecordCounters>>;
  /** Runs and nanoseconds of each eBPF program, with the option `measure`; else empty. */
  readonly programs: Readonly<Record<string, { readonly runs: number; readonly ns: number }>>;
  /** Of the archive of deleted files. */
  readonly archive: NativeArchiveStats;
  /** Of executed files that are held open for their digests: see `hash.source`. */
  readonly executed: NativeExecutedStats;
}

/** Counters of the executed files that are held open; see docs/hashes.md. */
export interface NativeExecutedStats {
  /** Held now. */
  readonly files: number;
  /** Notices of executed files, ever. */
  readonly taken: number;
  /** Files that were asked for and held: without it most would have no digest. */
  readonly found: number;
  /** Files that were asked for and not held. */
  readonly missed: number;
  /** Released to make room for others. */
  readonly evicted: number;
  /** Not held, because no descriptor was to be had. */
  readonly failed: number;
  /** Of the kernel's queue: some files were not held. */
  readonly overflows: number;
  /** Mounts here of which the kernel gives no notices, or which are left alone because somebody serves them. */
  readonly unmarked: number;
}

/** Counters of the archive of deleted files; see docs/archive.md. */
export interface NativeArchiveStats {
  /** FileDelete events whose content was kept. */
  readonly kept: number;
  /** What that added to the archive. */
  readonly bytes: number;
  /** Of those kept, content that the archive had already. */
  readonly duplicates: number;
  /** Of those kept, files that were changed while they were copied. */
  readonly changed: number;
  /** What the directory holds, in blocks of 4 KiB. */
  readonly totalBytes: number;
  /** FileDelete events whose content was not kept, by the reason in `extra.archive`. */
  readonly refused: Readonly<Record<string, number>>;
  /** Files that are held open: see `archive.hold`. */
  readonly held: {
    /** Held now. */
    readonly files: number;
    /** What they take, in bytes. */
    readonly bytes: number;
    /** Ever. */
    readonly taken: number;
    /** Released to make room for others. */
    readonly evicted: number;
    /** Released because their file system was unmounted. */
    readonly unmounted: number;
    /** Released because their file system had less than minFreePercent. */
    readonly lowSpace: number;
    readonly failed: number;
    /** Of the kernel's queue of written files: some were not held. */
    readonly overflows: number;
  };
}
