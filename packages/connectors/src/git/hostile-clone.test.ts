import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { GitConfig } from './config.ts';
import { git } from './connector.ts';
import { globalGitArguments } from './git-arguments.ts';
import { gitEnvironment } from './git-environment.ts';
import { logArguments } from './log-format.ts';
import { loadMailmap } from './mailmap/parse-mailmap.ts';
import { type GitRepository, openRepository } from './open-repository.ts';
import { createGitFixture } from './testing/git-fixture.ts';
import { createHostileClone, type HostileClone } from './testing/hostile-clone.ts';
import { createGitContext, rowsOf, syncIntoMemory } from './testing/memory-sync.ts';
import { createWeakenedGit, type WeakenedGit } from './testing/weakened-git.ts';

const logOptions = logArguments().filter((argument) => argument.startsWith('--no-'));
const settings = globalGitArguments().flatMap((argument) => /^[a-z]+\.[^=]+/.exec(argument) ?? []);
const variables = Object.keys(gitEnvironment({ PATH: '/usr/bin' })).filter(
  (name) => name !== 'PATH',
);
const everything = [...settings, ...logOptions, ...variables, '--no-pager'];

/** Each alone keeps the clone's signature program from running. */
const againstSignatures = [
  '--no-show-signature',
  'log.showSignature',
  'gpg.program',
  'gpg.openpgp.program',
];
/** Each alone keeps git from asking the clone's remote for what is missing. */
const againstFetching = ['GIT_NO_LAZY_FETCH', 'GIT_ALLOW_PROTOCOL'];

describe.skipIf(process.platform === 'win32')('a hostile clone', () => {
  let clone: HostileClone;
  let weakened: WeakenedGit;
  let config: GitConfig;

  beforeAll(async () => {
    clone = await createHostileClone();
    weakened = await createWeakenedGit();
    config = {
      repositories: [clone.directory],
      deployments: { tags: '*', environment: 'production' },
    };
  });
  afterEach(() => vi.unstubAllEnvs());
  afterAll(async () => {
    await clone.remove();
    await weakened.remove();
  });

  async function leaveOut(protections: readonly string[]): Promise<void> {
    await weakened.leaveOut(protections);
    vi.stubEnv('PATH', weakened.path);
  }

  async function readAll(): Promise<string[]> {
    await git.definition.check(createGitContext(config));
    await syncIntoMemory(config);
    return await clone.takeWitnesses();
  }

  async function witnessesOf(read: (repository: GitRepository) => Promise<unknown>) {
    await read(await openRepository(clone.directory));
    return await clone.takeWitnesses();
  }

  const readLog = (repository: GitRepository) =>
    repository.run({ arguments: logArguments(), input: `${clone.signed}\n` });
  const readMailmap = async (repository: GitRepository) =>
    expect(await loadMailmap(repository, clone.head)).toEqual({ state: 'unreadable' });

  it('runs none of its commands while all of it is read', async () => {
    const report = await git.definition.check(createGitContext(config));
    const { memory } = await syncIntoMemory(config);
    const rows = rowsOf(memory, config);
    expect(await clone.takeWitnesses()).toEqual([]);
    expect(report.items.every(({ ok }) => ok)).toBe(true);
    expect(rows.commits.map(({ subject }) => subject)).toContain('Signed');
    expect(rows.pullRequests).toMatchObject([{ number: 1, title: '--output=witness' }]);
    expect(rows.releases.map(({ name }) => name).toSorted()).toEqual(
      ['--exec=x', '--output=witness', '--upload-pack=x', '-v', 'signed', 'v1'].toSorted(),
    );
  });

  it('would run its signature program and its transport if git were not protected', async () => {
    await leaveOut(everything);
    expect(await readAll()).toEqual(['gpg', 'transport']);
  });

  it('runs nothing where only the protections for these two are left', async () => {
    // The others are a second line: no command that reads today comes to where they matter. If one
    // is added that does, this fails, and its protection wants a test of its own.
    const needed = new Set([...againstSignatures, ...againstFetching]);
    await leaveOut(everything.filter((protection) => !needed.has(protection)));
    expect(await readAll()).toEqual([]);
  });

  it('runs its signature program where every protection against that is left out', async () => {
    await leaveOut(againstSignatures);
    expect(await witnessesOf(readLog)).toEqual(['gpg']);
  });

  it.each(againstSignatures)(
    'does not run its signature program where only %s is left',
    async (kept) => {
      await leaveOut(againstSignatures.filter((protection) => protection !== kept));
      expect(await witnessesOf(readLog)).toEqual([]);
    },
  );

  it('is asked for a missing file where every protection against that is left out', async () => {
    await leaveOut(againstFetching);
    expect(await witnessesOf(readMailmap)).toEqual(['transport']);
  });

  it.each(againstFetching)(
    'is not asked for a missing file where only %s is left',
    async (kept) => {
      await leaveOut(againstFetching.filter((protection) => protection !== kept));
      expect(await witnessesOf(readMailmap)).toEqual([]);
    },
  );
});

it('tolerates a folder that is gone between discovery and reading', async () => {
  const fixture = await createGitFixture({ commits: [{ id: 'one', message: 'One\n' }] });
  const { memory } = await syncIntoMemory({ repositories: [fixture.directory] });
  await rm(fixture.directory, { recursive: true });
  await expect(syncIntoMemory({ repositories: [fixture.directory] }, memory)).rejects.toMatchObject(
    { code: 'Configuration' },
  );
});
