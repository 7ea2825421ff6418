import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { GitConfig } from './config.ts';
import { git } from './connector.ts';
import { runGit } from './spawn-git.ts';
import { createFixtureShelf, failureOf, readAll } from './testing/fixture-shelf.ts';
import { syncIntoMemory } from './testing/memory-sync.ts';
import { usual } from './testing/usual-repository.ts';

const { fixtureOf, temporaryFolder, clear } = createFixtureShelf();

afterEach(clear);

describe('bad input', () => {
  it('reads broken dates, titles of a megabyte, control characters and names that are not UTF-8', async () => {
    const { directory, shas } = await fixtureOf({
      commits: [
        { id: 'negative', message: 'Before 1970\n', at: -86_400 },
        { id: 'zero', message: 'Zero\n', at: 0 },
        { id: 'late', message: 'Late\n', at: '99999999999999999' },
        {
          id: 'bytes',
          message: 'Bytes\n',
          author: { name: Buffer.from([0x52, 0xe9]), email: 'r@x.org' },
        },
        { id: 'nobody', message: 'Nobody\n', author: { name: '', email: '' } },
        { id: 'long', message: `${'\u001b[31mlong '.repeat(120_000)}\n` },
        { id: 'nothing', message: '' },
      ],
    });
    const { rows, gaps } = await readAll(directory);
    const subjectOf = (name: string) => rows.commits.find(({ sha }) => sha === shas[name]);
    expect(rows.commits).toHaveLength(7);
    expect(subjectOf('negative')).toMatchObject({ authoredAt: null, committedAt: 0 });
    expect(subjectOf('zero')).toMatchObject({ authoredAt: null, committedAt: 0 });
    expect(subjectOf('late')).toMatchObject({
      authoredAt: null,
      committedAt: 8_640_000_000_000_000,
    });
    expect(subjectOf('nobody')?.authorAccountExternalId).toBeNull();
    expect(subjectOf('long')?.subject.length).toBe(500);
    expect(subjectOf('nothing')?.subject).toBe('');
    expect(rows.accounts.find(({ externalId }) => externalId === 'r@x.org')?.name).toBe('R\uFFFD');
    expect(gaps).toEqual(
      expect.arrayContaining(['names_not_utf8', 'text_truncated', 'unreadable_dates']),
    );
  });

  it('gives no negative or zero coding time where a branch is dated after its merge', async () => {
    const { directory } = await fixtureOf({
      commits: [
        { id: 'root', message: 'Begin\n', at: '2026-03-02T09:00:00Z' },
        { id: 'topic', message: 'Topic\n', at: '2026-03-09T09:00:00Z' },
        {
          id: 'merge',
          parents: ['root', 'topic'],
          message: 'Merge pull request #1 from o/x\n',
          at: '2026-03-05T09:00:00Z',
        },
      ],
    });
    const { rows, gaps } = await readAll(directory);
    expect(rows.pullRequests).toMatchObject([{ firstCommitAt: null }]);
    expect(gaps).toContain('first_commit_after_merge');
  });

  it('leaves out tags that name no commit, and says so', async () => {
    const { directory, gitDirectory, shas } = await fixtureOf({
      commits: [{ id: 'one', message: 'One\n', files: { 'a.txt': 'a' } }],
      tags: { old: { on: 'one', withoutTagger: true }, plain: 'one' },
    });
    const { output } = await runGit({
      arguments: ['--git-dir', gitDirectory, 'rev-parse', `${shas['one']}^{tree}`],
      subject: 'fixture',
    });
    await mkdir(join(gitDirectory, 'refs/tags'), { recursive: true });
    await writeFile(join(gitDirectory, 'refs/tags/tree'), output.toString());
    await writeFile(join(gitDirectory, 'refs/tags/gone'), `${'1'.repeat(40)}\n`);
    const { rows, gaps } = await readAll(directory);
    expect(rows.releases.map(({ name }) => name).toSorted()).toEqual(['old', 'plain']);
    expect(gaps).toContain('unreadable_tags');
  });

  it.each([
    [
      'a folder that is not there',
      async () => join(await temporaryFolder(), 'none'),
      'There is no folder',
    ],
    ['a folder without a repository', temporaryFolder, 'is not a git repository'],
    [
      'a file',
      async () => {
        const file = join(await temporaryFolder(), 'file');
        await writeFile(file, '');
        return file;
      },
      'is not a git repository',
    ],
  ])('answers %s with an error that says what to do', async (_, make, message) => {
    const error = await failureOf(readAll(await make()));
    expect(error).toMatchObject({ code: 'Configuration', source: 'git' });
    expect(error.message).toContain(message);
    expect(error.hint).toBeTruthy();
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'answers a folder that cannot be read with a permission error',
    async () => {
      const { directory, gitDirectory } = await fixtureOf(usual);
      await chmod(gitDirectory, 0);
      const error = await failureOf(readAll(directory));
      await chmod(gitDirectory, 0o755);
      expect(['Permission', 'Configuration']).toContain(error.code);
    },
  );

  it('answers a damaged repository with an error, not with half a history', async () => {
    const { directory, gitDirectory, shas } = await fixtureOf(usual);
    const sha = shas['a1'] ?? '';
    await rm(join(gitDirectory, 'objects', sha.slice(0, 2), sha.slice(2)));
    const error = await failureOf(readAll(directory));
    expect(error).toMatchObject({ code: 'Upstream', source: 'git' });
    expect(error.hint).toContain('git fsck');
  });

  it.each([
    [{}, 'repositories'],
    [{ repositories: [] }, 'repositories'],
    [{ repositories: ['.'], deploy: 'v*' }, 'deploy'],
    [{ repositories: ['.'], since: 'yesterday' }, 'since'],
  ])('refuses the configuration %j', (config, key) => {
    expect(() => git(config as GitConfig)).toThrow(key);
  });

  it('stops when it is told to, with the reason it was given', async () => {
    const { directory } = await fixtureOf(usual);
    const reason = new Error('enough');
    await expect(
      syncIntoMemory({ repositories: [directory] }, undefined, {
        signal: AbortSignal.abort(reason),
      }),
    ).rejects.toBe(reason);
  });
});
