// npm run generate: writes every *.gen.*, with --check only compares. See tools/generate/main.ts for the two steps.
import { spawnSync } from 'node:child_process';
import { root } from './setup.mjs';

const check = process.argv.includes('--check') ? ['--check'] : [];
const run = (...args) => {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

run('tools/generate/list-events.mjs', ...check);
for (const step of ['schema', 'rest']) {
  run('node_modules/typescript/bin/tsc', '-p', 'tools/tsconfig.json', '--noCheck', '--incremental');
  run('build/generate/tools/generate/main.js', step, ...check);
}
