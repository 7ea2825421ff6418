import { repositoryRoot } from '../package-build/repository-root.ts';
import { type CommandResult, runCommand } from '../run-command.ts';
import type { Figure } from './figure.ts';
import type { PackedPackage } from './pack-packages.ts';

/** Holds each tarball against publint and attw. */
export async function judgePackages(packages: readonly PackedPackage[]): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { name, tarball } of packages) {
    const cwd = repositoryRoot;
    const publint = await runCommand('publint', ['run', tarball, '--strict'], { cwd });
    figures.push(verdict(`${name}: publint --strict`, publint));
    const attw = await runCommand(
      'attw',
      [tarball, '--profile', 'esm-only', '--format', 'ascii', '--no-color', '--no-emoji'],
      { cwd },
    );
    figures.push(verdict(`${name}: attw --profile esm-only`, attw));
  }
  return figures;
}

function verdict(what: string, { exitCode, stdout, stderr }: CommandResult): Figure {
  const ok = exitCode === 0;
  return { what, found: `exit ${exitCode}`, limit: 'exit 0', ok, detail: stdout + stderr };
}
