import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AdjutantError } from '@adjutant/core/ports';
import { notARepository } from './git-errors.ts';
import { identityOfFolder, identityOfRemote, type RepositoryIdentity } from './origin.ts';
import { requireNoPipesOnTheWay } from './no-pipes.ts';
import { requireOwnObjects } from './own-objects.ts';
import { placesOf } from './repository-places.ts';
import { type GitAnswer, type GitCall, runGit, streamGit } from './spawn-git.ts';
import { printable } from '../commits/text.ts';

/** Finding out where it lies takes git no time; what its configuration includes may be a pipe. */
const mostMsToOpen = 20_000;

type BoundCall = Pick<GitCall, 'arguments' | 'input' | 'acceptedExitCodes'>;

/** A repository that was found, with git bound to its common directory. */
export interface GitRepository {
  /** The folder as it was named. */
  path: string;
  commonDirectory: string;
  isBare: boolean;
  isShallow: boolean;
  run(call: BoundCall): Promise<GitAnswer>;
  stream(call: BoundCall): AsyncGenerator<Buffer, number>;
}

interface OpenOptions {
  signal?: AbortSignal | undefined;
  /** Every folder that may be read. What a repository takes from elsewhere has to lie in one. */
  named?: readonly string[];
}

/**
 * Finds the repository of a folder: a clone, a bare repository, a worktree, or a folder inside one.
 * @throws AdjutantError `Configuration` where there is none, or where it leads to another one that was
 * not named; `Permission` where it cannot be read
 */
export async function openRepository(
  path: string,
  { signal, named }: OpenOptions = {},
): Promise<GitRepository> {
  const folder = resolve(path);
  await expectFolder(folder, path);
  // Before the first git, which would wait for a pipe.
  const places = placesOf(path, named);
  if (places === null) requireNoPipesOnTheWay(path, folder);
  else requireOwnObjects(path, places);
  const { output } = await runGit({
    arguments: [
      '-C',
      folder,
      'rev-parse',
      '--is-bare-repository',
      '--is-shallow-repository',
      '--git-common-dir',
    ],
    subject: path,
    signal,
    mostMs: mostMsToOpen,
  });
  // The directory comes last because its name may hold a line break.
  const [, bare, shallow, directory = ''] =
    /^(true|false)\n(true|false)\n([\s\S]+)\n$/.exec(output.toString('utf8')) ?? [];
  if (directory === '') throw notARepository(path);
  const commonDirectory = await realpath(resolve(folder, directory));
  // Another one than git found: what was told when it was trusted is not what would be read.
  if (places?.commonDirectory !== commonDirectory) throw notARepository(path);
  const bind = (call: BoundCall): GitCall => ({
    ...call,
    arguments: ['--git-dir', commonDirectory, ...call.arguments],
    subject: path,
    signal,
  });
  return {
    path,
    commonDirectory,
    isBare: bare === 'true',
    isShallow: shallow === 'true',
    run: (call) => runGit(bind(call)),
    stream: (call) => streamGit(bind(call)),
  };
}

async function expectFolder(folder: string, path: string): Promise<void> {
  const shown = printable(path, 200);
  try {
    if ((await stat(folder)).isDirectory()) return;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'EACCES' || code === 'EPERM') {
      throw new AdjutantError('Permission', `${shown} cannot be read.`, {
        source: 'git',
        hint: 'Give the user who runs Adjutant read access to the folder.',
        cause: error,
      });
    }
    throw new AdjutantError('Configuration', `There is no folder ${shown}.`, {
      source: 'git',
      hint: 'Check the path; relative ones are relative to the configuration file.',
      cause: error,
    });
  }
  throw notARepository(path);
}

/** Returns who the repository is: by its remote, else by where it lies. */
export async function identifyRepository(repository: GitRepository): Promise<RepositoryIdentity> {
  const { output } = await repository.run({
    // A file that the clone's configuration includes may be anybody's.
    arguments: ['config', '--no-includes', '--null', '--get-regexp', '^remote\\..*\\.url$'],
    acceptedExitCodes: [0, 1],
  });
  const remotes = output
    .toString('utf8')
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => {
      const lineBreak = entry.indexOf('\n');
      return { key: entry.slice(0, lineBreak), address: entry.slice(lineBreak + 1) };
    });
  const remote = remotes.find(({ key }) => key === 'remote.origin.url') ?? remotes[0];
  const byRemote = remote === undefined ? null : identityOfRemote(remote.address);
  return byRemote ?? identityOfFolder(repository.commonDirectory);
}
