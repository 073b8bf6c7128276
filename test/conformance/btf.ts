/** Type information of a BPF object (section .BTF of its ELF file), as far as layouts of structures go. */
import { readFileSync } from 'node:fs';

const KIND = {
  INT: 1,
  ARRAY: 3,
  STRUCT: 4,
  UNION: 5,
  ENUM: 6,
  FUNC_PROTO: 13,
  VAR: 14,
  DATASEC: 15,
  DECL_TAG: 17,
  ENUM64: 19,
} as const;
const aliases: readonly number[] = [8, 9, 10, 11, 18]; // typedef, volatile, const, restrict, type tag

export interface Member {
  readonly name: string;
  readonly bits: number; // offset
  readonly size: number; // bytes
}
export interface BtfStruct {
  readonly size: number;
  readonly members: readonly Member[];
}
interface Type {
  readonly kind: number;
  readonly name: string;
  readonly sizeOrType: number;
  readonly at: number; // of what follows the common head
  readonly vlen: number;
  readonly bitfields: boolean;
}

/** Contents of a section of a 64-bit little-endian ELF file. */
export function elfSection(elf: Buffer, wanted: string): Buffer {
  if (elf.readUInt32BE(0) !== 0x7f454c46 || elf[4] !== 2 || elf[5] !== 1)
    throw new Error('no 64-bit little-endian ELF file');
  const table = Number(elf.readBigUInt64LE(0x28));
  const entry = elf.readUInt16LE(0x3a);
  const header = (i: number) => {
    const at = table + i * entry;
    return {
      name: elf.readUInt32LE(at),
      offset: Number(elf.readBigUInt64LE(at + 0x18)),
      size: Number(elf.readBigUInt64LE(at + 0x20)),
    };
  };
  const names = header(elf.readUInt16LE(0x3e)).offset;
  for (let i = 0; i < elf.readUInt16LE(0x3c); i++) {
    const h = header(i);
    const start = names + h.name;
    if (elf.toString('latin1', start, elf.indexOf(0, start)) === wanted)
      return elf.subarray(h.offset, h.offset + h.size);
  }
  throw new Error(`no section ${wanted}`);
}

export class Btf {
  readonly #data: Buffer;
  readonly #types: (Type | undefined)[] = [undefined]; // 0: void

  constructor(objectFile: string) {
    const data = (this.#data = elfSection(readFileSync(objectFile), '.BTF'));
    if (data.readUInt16LE(0) !== 0xeb9f) throw new Error('no BTF in the byte order of this machine');
    const head = data.readUInt32LE(4);
    const strings = head + data.readUInt32LE(16);
    let at = head + data.readUInt32LE(8);
    const end = at + data.readUInt32LE(12);
    while (at < end) {
      const info = data.readUInt32LE(at + 4);
      const start = strings + data.readUInt32LE(at);
      const type = {
        kind: (info >>> 24) & 0x1f,
        name: data.toString('latin1', start, data.indexOf(0, start)),
        sizeOrType: data.readUInt32LE(at + 8),
        at: at + 12,
        vlen: info & 0xffff,
        bitfields: info >>> 31 === 1,
      };
      this.#types.push(type);
      at += 12 + this.#extra(type);
    }
  }

  /** Bytes behind the common head of a type. */
  #extra({ kind, vlen }: Type): number {
    switch (kind) {
      case KIND.INT:
      case KIND.VAR:
      case KIND.DECL_TAG:
        return 4;
      case KIND.ARRAY:
        return 12;
      case KIND.STRUCT:
      case KIND.UNION:
      case KIND.DATASEC:
      case KIND.ENUM64:
        return 12 * vlen;
      case KIND.ENUM:
      case KIND.FUNC_PROTO:
        return 8 * vlen;
      default:
        return 0;
    }
  }

  #size(id: number): number {
    const type = this.#types[id];
    if (type === undefined) throw new Error(`BTF: the size of type ${id} was asked for`);
    if (type.kind === 2) return 8; // pointer
    if (aliases.includes(type.kind)) return this.#size(type.sizeOrType);
    if (type.kind === KIND.ARRAY)
      return this.#size(this.#data.readUInt32LE(type.at)) * this.#data.readUInt32LE(type.at + 8);
    return type.sizeOrType;
  }

  get structNames(): string[] {
    return this.#types.filter((t) => t?.kind === KIND.STRUCT && t.name !== '').map((t) => (t as Type).name);
  }

  struct(name: string): BtfStruct | undefined {
    const type = this.#types.find((t) => t?.kind === KIND.STRUCT && t.name === name);
    if (!type) return undefined;
    const members = Array.from({ length: type.vlen }, (_, i) => {
      const at = type.at + i * 12;
      const start = this.#nameAt(this.#data.readUInt32LE(at));
      const offset = this.#data.readUInt32LE(at + 8);
      return {
        name: start,
        bits: type.bitfields ? offset & 0xffffff : offset,
        size: this.#size(this.#data.readUInt32LE(at + 4)),
      };
    });
    return { size: type.sizeOrType, members };
  }

  /** Values of an enumeration by name. */
  enumeration(name: string): Map<string, number> | undefined {
    const type = this.#types.find((t) => t?.kind === KIND.ENUM && t.name === name);
    if (!type) return undefined;
    return new Map(
      Array.from({ length: type.vlen }, (_, i) => [
        this.#nameAt(this.#data.readUInt32LE(type.at + i * 8)),
        this.#data.readInt32LE(type.at + i * 8 + 4),
      ]),
    );
  }

  #nameAt(offset: number): string {
    const start = this.#data.readUInt32LE(4) + this.#data.readUInt32LE(16) + offset;
    return this.#data.toString('latin1', start, this.#data.indexOf(0, start));
  }
}
