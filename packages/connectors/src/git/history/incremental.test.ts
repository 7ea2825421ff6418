import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { GitConfig } from '../config.ts';
import * as spawn from '../spawn-git.ts';
import { runGit } from '../spawn-git.ts';
import { generateLargeRepository } from '../testing/generate-large-repository.ts';
import {
  createGitFixture,
  type FixtureDescription,
  type GitFixture,
} from '../testing/git-fixture.ts';
import { recordsPerBatch } from './read-pass.ts';
import { gapCodes, type Memory, rowsOf, syncIntoMemory } from '../testing/memory-sync.ts';

const fixtures: { remove(): Promise<void> }[] = [];

afterEach(async () => {
  vi.restoreAllMocks();
  for (const fixture of fixtures.splice(0)) await fixture.remove();
});

async function fixtureOf(description: FixtureDescription): Promise<GitFixture> {
  const fixture = await createGitFixture({ origin: 'git@x.org:a/b.git', ...description });
  fixtures.push(fixture);
  return fixture;
}

const configOf = (path: string): GitConfig => ({
  repositories: [path],
  deployments: { tags: 'v*', environment: 'production' },
});

/** What is held, in an order that two equal memories share. */
function held(memory: Memory): string[] {
  return [...memory.records]
    .flatMap(([stream, records]) =>
      [...records].map(([id, payload]) => `${stream} ${id} ${JSON.stringify(payload)}`),
    )
    .toSorted();
}

/** Reading on must end where reading anew does. */
async function expectLikeFresh(memory: Memory, config: GitConfig): Promise<void> {
  const fresh = await syncIntoMemory(config);
  expect(held(memory)).toEqual(held(fresh.memory));
}

const begin: FixtureDescription = {
  commits: [
    { id: 'root', message: 'Begin\n' },
    { id: 'a', message: 'A\n' },
    { id: 'm1', parents: ['root', 'a'], message: 'Merge pull request #1 from o/a\n' },
    { id: 's2', message: 'Second (#2)\n' },
  ],
  tags: { v1: 'm1' },
};

describe('a second sync', () => {
  it('gives nothing and walks no history where nothing is new', async () => {
    const { directory } = await fixtureOf(begin);
    const config = configOf(directory);
    const { memory } = await syncIntoMemory(config);
    const before = held(memory);
    const gaps = gapCodes(memory);
    const calls = vi.spyOn(spawn, 'streamGit');
    const again = await syncIntoMemory(config, memory);
    expect(again.given).toEqual({ history: 0, releases: 0, mailmap: 0, owners: 0, documents: 0 });
    expect(held(memory)).toEqual(before);
    expect(gapCodes(memory)).toEqual(gaps);
    for (const [call] of calls.mock.calls) {
      expect(call.arguments).not.toContain('rev-list');
      if (call.arguments.includes('log')) expect(call.arguments).toContain('--first-parent');
    }
  });

  it('gives only what has come: commits, a merge of a branch begun before, tags', async () => {
    const { directory, extend } = await fixtureOf(begin);
    const config = configOf(directory);
    const { memory } = await syncIntoMemory(config);
    await extend({
      commits: [
        { id: 'b', parents: ['root'], message: 'B\n' },
        { id: 'm3', parents: ['s2', 'b'], message: 'Merge pull request #3 from o/b\n' },
        { id: 'd', message: 'Direct\n' },
      ],
      branches: { main: 'd' },
      tags: { v2: 'd' },
    });
    const { given, tombstones } = await syncIntoMemory(config, memory);
    // Three commits, one pull request, the repository, and the account that they name.
    expect(given).toEqual({ history: 6, releases: 2, mailmap: 0, owners: 0, documents: 0 });
    expect(tombstones).toEqual({
      history: [],
      releases: [],
      mailmap: [],
      owners: [],
      documents: [],
    });
    await expectLikeFresh(memory, config);
  });

  it('knows a branch whose commits a tag had brought in before it was merged', async () => {
    const { directory, extend, shas } = await fixtureOf({
      commits: [
        ...(begin.commits ?? []),
        { id: 'r1', parents: ['m1'], message: 'On the release branch\n' },
        { id: 'r2', message: 'More on it\n' },
      ],
      branches: { main: 's2' },
      tags: { v1: 'm1', 'v1.1': 'r2' },
    });
    const config = configOf(directory);
    const { memory } = await syncIntoMemory(config);
    await extend({
      commits: [{ id: 'm4', parents: ['s2', 'r2'], message: "Merge branch 'release'\n" }],
      branches: { main: 'm4' },
    });
    const { given } = await syncIntoMemory(config, memory);
    expect(given['history']).toBe(4);
    const rows = rowsOf(memory, config);
    expect(rows.pullRequestCommits.map(({ sha }) => sha)).toEqual(
      expect.arrayContaining([shas['r1'], shas['r2']]),
    );
    await expectLikeFresh(memory, config);
  });

  it('keeps the pull requests of both sides of a pull before a push', async () => {
    const { directory, extend } = await fixtureOf(begin);
    const config = configOf(directory);
    const { memory } = await syncIntoMemory(config);
    await extend({
      commits: [
        { id: 'local', parents: ['m1'], message: 'Local work (#5)\n' },
        { id: 'pull', parents: ['local', 's2'], message: "Merge branch 'main' of x.org:a/b\n" },
      ],
      branches: { main: 'pull' },
    });
    const { tombstones } = await syncIntoMemory(config, memory);
    expect(tombstones['history']).toEqual([]);
    expect(
      rowsOf(memory, config)
        .pullRequests.map(({ number }) => number)
        .toSorted(),
    ).toEqual([1, 2, 5]);
    await expectLikeFresh(memory, config);
  });

  it('takes up what an unnamed merge has turned around', async () => {
    const { directory, extend } = await fixtureOf(begin);
    const config = configOf(directory);
    const { memory } = await syncIntoMemory(config);
    await extend({
      commits: [
        { id: 'local', parents: ['root'], message: 'Local\n' },
        { id: 'odd', parents: ['local', 's2'], message: 'Joined by hand\n' },
      ],
      branches: { main: 'odd' },
    });
    await syncIntoMemory(config, memory);
    await expectLikeFresh(memory, config);
  });
});

describe('a history that was rewritten', () => {
  it('removes what is gone after a forced push, and gives what came instead', async () => {
    const { directory, extend, shas } = await fixtureOf(begin);
    const config = configOf(directory);
    const { memory } = await syncIntoMemory(config);
    await extend({
      commits: [
        { id: 'other', parents: ['m1'], message: 'Instead (#2)\n' },
        { id: 'more', message: 'More\n' },
      ],
      branches: { main: 'more' },
    });
    const { given, tombstones } = await syncIntoMemory(config, memory);
    expect(given['history']).toBeLessThan(6);
    expect(tombstones['history']?.toSorted()).toEqual(
      [shas['s2'], `pull:${shas['s2']}`].toSorted(),
    );
    expect(gapCodes(memory)).toContain('history_rewritten');
    await expectLikeFresh(memory, config);
    // The gap stays: figures of earlier weeks have changed.
    await syncIntoMemory(config, memory);
    expect(gapCodes(memory)).toContain('history_rewritten');
  });

  it('removes commits that only a deleted tag held, and gives their release to the next', async () => {
    const { directory, gitDirectory } = await fixtureOf({
      ...begin,
      tags: { v1: 'm1', v2: 's2', side: 'a' },
    });
    const config = configOf(directory);
    const { memory } = await syncIntoMemory(config);
    await deleteRef(gitDirectory, 'refs/tags/v1');
    const { tombstones } = await syncIntoMemory(config, memory);
    expect(tombstones['releases']).toContain('release:v1');
    await expectLikeFresh(memory, config);
  });

  it('removes a release that was moved to another commit', async () => {
    const { directory, gitDirectory, shas } = await fixtureOf(begin);
    const config = configOf(directory);
    const { memory } = await syncIntoMemory(config);
    await runGit({
      arguments: ['--git-dir', gitDirectory, 'update-ref', 'refs/tags/v1', shas['root'] ?? ''],
      subject: 'fixture',
    });
    await syncIntoMemory(config, memory);
    await expectLikeFresh(memory, config);
  });

  it('reads all again where the old commits are no longer in the clone', async () => {
    const first = await fixtureOf(begin);
    const config = configOf(first.directory);
    const { memory } = await syncIntoMemory(config);
    const lost = structuredClone(memory);
    await rm(first.directory, { recursive: true });
    const second = await createGitFixture({
      directory: first.directory,
      origin: 'git@x.org:a/b.git',
      commits: [{ id: 'new', message: 'Quite another (#9)\n' }],
    });
    // Told what is held, it can say what is gone; else the gap says that it cannot.
    await syncIntoMemory(config, memory, { tellsKnownIds: true });
    expect(rowsOf(memory, config).commits.map(({ sha }) => sha)).toEqual([second.shas['new']]);
    expect(rowsOf(memory, config).pullRequests.map(({ number }) => number)).toEqual([9]);
    expect(gapCodes(memory)).toContain('history_rewritten');
    await syncIntoMemory(config, lost);
    expect(gapCodes(lost)).toContain('history_replaced');
    await syncIntoMemory(config, lost);
    expect(gapCodes(lost)).toContain('history_replaced');
  });
});

describe('the mailmap', () => {
  it('is read again when it changes, and lines that are gone go', async () => {
    const { directory, extend } = await fixtureOf({
      commits: [
        {
          id: 'one',
          message: 'One\n',
          author: { name: 'ada', email: 'old@x.org' },
          files: { '.mailmap': 'Ada <ada@x.org> <old@x.org>\nBob <bob@x.org> <b@x.org>\n' },
        },
      ],
    });
    const config = configOf(directory);
    const { memory } = await syncIntoMemory(config);
    const mappings = () =>
      rowsOf(memory, config).identityMappings.map(
        ({ fromExternalId, toExternalId, displayName }) => [
          fromExternalId,
          toExternalId,
          displayName,
        ],
      );
    expect(mappings()).toEqual([
      ['old@x.org', 'ada@x.org', 'Ada'],
      ['b@x.org', 'bob@x.org', 'Bob'],
    ]);
    // The account is spelt as the mailmap spells it, wherever it comes from.
    expect(
      new Set(
        rowsOf(memory, config).accounts.map(({ externalId, name }) => `${externalId} ${name}`),
      ),
    ).toEqual(new Set(['old@x.org Ada', 'ada@x.org Ada', 'bob@x.org Bob']));
    await extend({
      commits: [
        {
          id: 'two',
          parents: ['one'],
          message: 'Two\n',
          files: { '.mailmap': '<ada@x.org> <old@x.org>\n' },
        },
      ],
      branches: { main: 'two' },
    });
    const { tombstones } = await syncIntoMemory(config, memory);
    expect(tombstones['mailmap']).toEqual(['b@x.org']);
    expect(mappings()).toEqual([['old@x.org', 'ada@x.org', null]]);
  });
});

describe('a pass that was cut off', () => {
  it('goes on where it stopped, at every batch, and ends with the same', async () => {
    const truth = await generateLargeRepository({
      commits: 3_500,
      seed: 3,
      directory: join(process.env['TMPDIR'] ?? '/tmp', `adjutant-resume-${process.pid}`),
    });
    fixtures.push({ remove: () => rm(truth.directory, { recursive: true, force: true }) });
    const config = configOf(truth.directory);
    const calm = await syncIntoMemory(config);
    const total = calm.given['history'] ?? 0;
    expect(rowsOf(calm.memory, config).commits).toHaveLength(truth.commits);
    expect(rowsOf(calm.memory, config).pullRequests).toHaveLength(truth.merges + truth.squashes);
    expect(rowsOf(calm.memory, config).releases).toHaveLength(truth.tags);
    const last = Math.ceil(total / recordsPerBatch);
    for (const batches of [1, 2, Math.ceil(last / 2), last - 1, last]) {
      const cut = await syncIntoMemory(config, undefined, { stopAfterBatches: batches });
      expect(cut.given['history']).toBe(Math.min(total, batches * recordsPerBatch));
      const rest = await syncIntoMemory(config, cut.memory);
      expect((cut.given['history'] ?? 0) + (rest.given['history'] ?? 0)).toBe(total);
      expect(held(cut.memory)).toEqual(held(calm.memory));
      expect(cut.memory.states).toEqual(calm.memory.states);
      expect(cut.memory.gaps).toEqual(calm.memory.gaps);
    }
    // What came meanwhile is read after what was begun.
    const cut = await syncIntoMemory(config, undefined, { stopAfterBatches: 2 });
    await writeFile(join(truth.directory, 'HEAD'), 'ref: refs/heads/main\n');
    await addCommit(truth.directory);
    await syncIntoMemory(config, cut.memory);
    const fresh = await syncIntoMemory(config);
    expect(rowsOf(cut.memory, config).commits).toHaveLength(truth.commits + 1);
    expect(held(cut.memory)).toEqual(held(fresh.memory));
  });

  it('begins anew where what was given does not fit what is there', async () => {
    const { directory } = await fixtureOf(begin);
    const config = configOf(directory);
    const { memory } = await syncIntoMemory(config, undefined, { stopAfterBatches: 1 });
    const state = structuredClone(memory.states.get('history')) as {
      pass: { emitted: number; lastExternalId: string };
    };
    for (const wrong of [
      { emitted: 2, lastExternalId: 'something else' },
      { emitted: 10_000, lastExternalId: 'something else' },
    ]) {
      Object.assign(state.pass, wrong);
      const again: Memory = {
        ...memory,
        records: new Map(),
        states: new Map([['history', state]]),
      };
      await syncIntoMemory(config, again);
      await expectLikeFresh(again, config);
    }
    const nonsense: Memory = {
      ...memory,
      records: new Map(),
      states: new Map([['history', { done: { sha: '--output=x' } }]]),
    };
    await syncIntoMemory(config, nonsense);
    await expectLikeFresh(nonsense, config);
  });
});

async function deleteRef(gitDirectory: string, name: string): Promise<void> {
  await runGit({
    arguments: ['--git-dir', gitDirectory, 'update-ref', '-d', name],
    subject: 'fixture',
  });
}

async function addCommit(gitDirectory: string): Promise<void> {
  const call = (args: string[], input = '') =>
    runGit({ arguments: ['--git-dir', gitDirectory, ...args], subject: 'fixture', input });
  const head = (await call(['rev-parse', 'refs/heads/main'])).output.toString().trim();
  const content = [
    'tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904',
    `parent ${head}`,
    'author Ada <ada@example.com> 1900000000 +0000',
    'committer Ada <ada@example.com> 1900000000 +0000',
    '',
    'Late (#99999)\n',
  ].join('\n');
  const { output } = await call(['hash-object', '-t', 'commit', '-w', '--stdin'], content);
  await call(['update-ref', 'refs/heads/main', output.toString().trim()]);
}
