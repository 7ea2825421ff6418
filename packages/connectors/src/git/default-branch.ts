import { AdjutantError } from '@adjutant/core/ports';
import type { GitRepository } from './open-repository.ts';
import { printable } from '../commits/text.ts';

export interface DefaultBranch {
  /** Null where the head is detached and no branch stands out. */
  name: string | null;
  sha: string;
}

const local = 'refs/heads/';
const remote = 'refs/remotes/origin/';
/** Tried in this order where neither the remote nor the head tells. */
const usualNames = ['main', 'master', 'trunk', 'develop'];

/**
 * Returns the branch that pull requests are merged into, or null in a repository without commits.
 * What the remote calls its head comes first: the branch that happens to be checked out says little.
 */
export async function findDefaultBranch(
  repository: GitRepository,
  configured: string | undefined,
): Promise<DefaultBranch | null> {
  const { shas, remoteHead } = await listBranches(repository);
  if (configured !== undefined) {
    const found = await newestOf(repository, shas, configured);
    if (found !== null) return found;
    throw new AdjutantError(
      'Configuration',
      `${printable(repository.path, 200)} has no branch ${printable(configured, 100)}.`,
      { source: 'git', hint: 'Correct "defaultBranch" in the configuration, or leave it out.' },
    );
  }
  const head = await headBranch(repository);
  const usual = usualNames.find((name) => shas.has(local + name) || shas.has(remote + name));
  // A detached head, as in a build, names no branch: then a usual name is the better guess.
  for (const name of [remoteHead, head, usual]) {
    const found =
      name === null || name === undefined ? null : await newestOf(repository, shas, name);
    if (found !== null) return found;
  }
  const detached = await headCommit(repository);
  return detached === null ? null : { name: null, sha: detached };
}

interface Branches {
  shas: ReadonlyMap<string, string>;
  remoteHead: string | null;
}

async function listBranches(repository: GitRepository): Promise<Branches> {
  const { output } = await repository.run({
    arguments: [
      'for-each-ref',
      '--format=%(refname)%00%(objectname)%00%(symref)',
      local,
      'refs/remotes/origin/',
    ],
  });
  const shas = new Map<string, string>();
  let remoteHead: string | null = null;
  for (const line of output.toString('utf8').split('\n')) {
    const [name = '', sha = '', target = ''] = line.split('\0');
    if (name === '') continue;
    if (name === `${remote}HEAD`) remoteHead = withoutPrefix(target, remote);
    else shas.set(name, sha);
  }
  return { shas, remoteHead };
}

function withoutPrefix(text: string, prefix: string): string | null {
  return text.startsWith(prefix) ? text.slice(prefix.length) : null;
}

/** The local branch where it has everything that the remote one has; else what was fetched last. */
async function newestOf(
  repository: GitRepository,
  shas: ReadonlyMap<string, string>,
  name: string,
): Promise<DefaultBranch | null> {
  const localSha = shas.get(local + name);
  const remoteSha = shas.get(remote + name);
  if (localSha === undefined || remoteSha === undefined || localSha === remoteSha) {
    const sha = localSha ?? remoteSha;
    return sha === undefined ? null : { name, sha };
  }
  const { exitCode } = await repository.run({
    arguments: ['merge-base', '--is-ancestor', remoteSha, localSha],
    acceptedExitCodes: [0, 1],
  });
  return { name, sha: exitCode === 0 ? localSha : remoteSha };
}

async function headBranch(repository: GitRepository): Promise<string | null> {
  const { output } = await repository.run({
    arguments: ['symbolic-ref', '--quiet', 'HEAD'],
    acceptedExitCodes: [0, 1],
  });
  return withoutPrefix(output.toString('utf8').trim(), local);
}

async function headCommit(repository: GitRepository): Promise<string | null> {
  const { exitCode, output } = await repository.run({
    arguments: ['rev-parse', '--quiet', '--verify', '--end-of-options', 'HEAD^{commit}'],
    acceptedExitCodes: [0, 1],
  });
  return exitCode === 0 ? output.toString('latin1').trim() : null;
}
