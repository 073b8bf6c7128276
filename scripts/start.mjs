// npm start: makes the clone ready, then is the `sysmon` command.
import { setUp } from './setup.mjs';

setUp();
const { main } = await import('../dist/cli/main.js');
process.exitCode = await main(process.argv.slice(2));
