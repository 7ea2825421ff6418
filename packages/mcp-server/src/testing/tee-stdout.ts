// Runs a script with this process's standard input and copies every byte of its standard output to
// a file on the way, so that a test sees what no client would show it.
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';

const [file = '', ...command] = process.argv.slice(2);
const copy = createWriteStream(file);
const child = spawn(process.execPath, command, { stdio: ['inherit', 'pipe', 'inherit'] });
child.stdout.on('data', (chunk: Buffer) => {
  copy.write(chunk);
  // oxlint-disable-next-line no-restricted-properties -- it stands between a server and its client
  process.stdout.write(chunk);
});
child.on('close', (code) => {
  copy.end(() => {
    process.exitCode = code ?? 1;
  });
});
