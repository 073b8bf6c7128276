// After tsc: the command is executable, and a stamp says when the build was complete.
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup.mjs';

chmodSync(join(root, 'dist/cli/main.js'), 0o755);
writeFileSync(join(root, 'dist/.built'), '');
