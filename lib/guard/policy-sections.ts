/** What a policy can speak of, and by which events it is seen. */
import type { EventType } from '../schema/events.gen.js';

/** A section of a policy. */
export type SectionName = 'connect' | 'resolve' | 'execute' | 'write' | 'read' | 'privilege' | 'module';

export interface Section {
  /** What an item of its lists is, for a person. */
  readonly items: string;
  /** Events that are judged. */
  readonly events: readonly string[];
  /** One of them that an allow list judges only if it speaks of it: nearly every program does such a thing. */
  readonly ifNamed?: string;
  /** Conditions without which an event is none of its business: field and the value that it has (`!`: has not). */
  readonly about: Readonly<Record<string, readonly (readonly [field: string, value: string])[]>>;
}

export const sections: Readonly<Record<SectionName, Section>> = {
  connect: {
    items: 'a name, an address or a network, each with or without a port, such as 10.0.0.0/8:443; or unix:PATH',
    events: ['NetworkConnect', 'UnixConnect'],
    ifNamed: 'UnixConnect',
    about: { NetworkConnect: [['Initiated', 'true']] },
  },
  resolve: { items: 'a name, such as *.example.com', events: ['DnsQuery'], about: {} },
  execute: { items: 'a path, the name of a program, or sha256:DIGEST', events: ['ProcessCreate'], about: {} },
  write: {
    items: 'a path, such as ./dist/**',
    events: ['FileCreate', 'FileModify', 'FileDeleteDetected', 'FileCreateTime'],
    about: {},
  },
  read: {
    items: 'a path, such as ~/.ssh/**',
    events: ['FileOpen'],
    // To change a file is what `write` is about, and ioctl(2) reads nothing of it.
    about: {
      FileOpen: [
        ['Access', '!write'],
        ['Access', '!none'],
      ],
    },
  },
  privilege: {
    items: 'what changed it (setuid, exec, clone, unexplained), user:NAME, or a capability such as CAP_SYS_ADMIN',
    events: ['PrivilegeChange'],
    // Who gives up rights is no danger to anybody.
    about: { PrivilegeChange: [['extra.drop', '!true']] },
  },
  module: { items: 'the name of a module, a path, or sha256:DIGEST', events: ['ModuleLoad'], about: {} },
};

export const sectionNames = Object.keys(sections) as SectionName[];

/** Types of events that policies and baselines look at: what a sensor is to capture for them. */
export const guardedEvents: readonly EventType[] = sectionNames.flatMap((name) => sections[name].events) as EventType[];

/** The section that an event is judged by. */
export const sectionOf: ReadonlyMap<string, SectionName> = new Map(
  sectionNames.flatMap((name) => sections[name].events.map((type) => [type, name] as const)),
);

/** Files that keep nothing of what is written to them. */
export const sinkFiles = /^\/dev\/(?:null|zero|full|random|urandom|tty|ptmx|console|pts\/\d+|tty\d+)$/;
