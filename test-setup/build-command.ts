import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const commandFolder = join(import.meta.dirname, '..', 'packages', 'cli');

/** Tells the tests of the suite where the built command is. */
export const commandVariable = 'ADJUTANT_TEST_COMMAND';

/**
 * Builds the `adjutant` command as it is published and returns how to remove it again. From its
 * sources each start loads some hundred files, which is most of the time of a test that starts it.
 */
export function buildCommand(): () => void {
  // Beside its sources: it finds its manifest and its dependencies from there.
  const folder = mkdtempSync(join(commandFolder, '.suite-'));
  const bundler = join(commandFolder, '..', '..', 'node_modules', '.bin', 'tsup');
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    execFileSync(bundler, ['--out-dir', folder], { cwd: commandFolder, stdio: 'pipe' });
    process.env[commandVariable] = join(folder, 'bin.js');
  } catch {
    // Tests of other packages need no command; its own say what is wrong with its sources.
    process.stderr.write('The command cannot be built: tests start it from its sources.\n');
  }
  return remove;
}
