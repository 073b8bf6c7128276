/** A program of eBPF without a name, loaded by python: the arguments of python3. */
const numbers: Partial<Record<NodeJS.Architecture, number>> = { x64: 321, arm64: 280 };

export const programTypes = { SOCKET_FILTER: 1, RAW_TRACEPOINT: 17 } as const;

export const loadProgram = (type: keyof typeof programTypes): string[] => [
  '-c',
  `import ctypes, struct
code = ctypes.create_string_buffer(struct.pack('<BBhiBBhi', 0xb7, 0, 0, 0, 0x95, 0, 0, 0))
licence = ctypes.create_string_buffer(b'GPL')
attr = struct.pack('<IIQQ', ${programTypes[type]}, 2, ctypes.addressof(code), ctypes.addressof(licence)).ljust(128, b'\\0')
libc = ctypes.CDLL(None, use_errno=True)
fd = libc.syscall(${numbers[process.arch]}, 5, attr, 128)
print(fd if fd >= 0 else -ctypes.get_errno())`,
];
