// What node-gyp and prebuildify run: plain cmake, so that those who install the package need no cmake-js.
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const native = dirname(fileURLToPath(import.meta.url));
const out = join(native, '..', 'build', 'cmake');
const run = (...args) => execFileSync('cmake', args, { stdio: 'inherit' });
run('-S', native, '-B', out, '-DCMAKE_BUILD_TYPE=Release', `-DNODE=${process.execPath}`);
run('--build', out, '--target', 'sysmon', '--parallel');
