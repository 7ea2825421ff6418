import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runGit } from '../spawn-git.ts';
import { createFastImport, type FastImport } from './fast-import.ts';

export interface RepositorySettings {
  directory: string;
  bare?: boolean;
  /** What `HEAD` names. Default: `main`. */
  branch?: string;
  /** Written to the configuration; never contacted. */
  origin?: string;
}

/** Makes an empty repository and returns its git directory. */
export async function initRepository(settings: RepositorySettings): Promise<string> {
  const { directory, bare = false, branch = 'main', origin } = settings;
  await mkdir(directory, { recursive: true });
  await runGit({
    arguments: ['init', '-q', '--template=', ...(bare ? ['--bare'] : []), '-b', branch, directory],
    subject: directory,
  });
  const gitDirectory = bare ? directory : join(directory, '.git');
  if (origin !== undefined) {
    await runGit({
      arguments: ['--git-dir', gitDirectory, 'config', 'remote.origin.url', origin],
      subject: directory,
    });
  }
  return gitDirectory;
}

/** Feeds commits to `git fast-import`; `steps` yields wherever what was written may be sent. */
export async function importHistory(
  gitDirectory: string,
  steps: (history: FastImport) => Iterable<void>,
  marksFile?: string,
): Promise<void> {
  const history = createFastImport();
  const marks = marksFile === undefined ? [] : [`--export-marks=${marksFile}`];
  const input = function* (): Generator<Uint8Array> {
    for (const _ of steps(history)) yield history.take();
    history.finish();
    yield history.take();
  };
  await runGit({
    arguments: ['--git-dir', gitDirectory, 'fast-import', '--quiet', '--force', ...marks],
    subject: gitDirectory,
    input: input(),
  });
}
