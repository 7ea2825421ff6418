// Writes every page that is made from definitions, or with --check fails where one differs.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './run-command.ts';

const generators = readdirSync(import.meta.dirname).filter((name) =>
  /^generate-[a-z-]+-docs\.ts$/.test(name),
);
for (const name of generators) {
  const { exitCode } = await runCommand(
    process.execPath,
    ['--conditions=@adjutant/source', join(import.meta.dirname, name), ...process.argv.slice(2)],
    { cwd: join(import.meta.dirname, '..'), show: true },
  );
  if (exitCode !== 0) process.exitCode = 1;
}
