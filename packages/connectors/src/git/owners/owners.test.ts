import { afterEach, describe, expect, it } from 'vitest';
import { createGitFixture, type GitFixture } from '../testing/git-fixture.ts';
import { syncIntoMemory } from '../testing/memory-sync.ts';
import { owners } from './owners.ts';
import { parseOwners } from './parse-owners.ts';

const fixtures: GitFixture[] = [];
afterEach(async () => {
  for (const fixture of fixtures.splice(0)) await fixture.remove();
});

const scope = { externalId: 'example.com/acme/api', name: 'api', detail: {} };

describe('an ownership file', () => {
  it('is its rules in their order, without comments and headings, each bounded', () => {
    const text = [
      '# Who looks after what',
      '*            @acme/platform @ada',
      '^[Section][2] @acme/section-owners',
      'my\\ file.md  docs@example.com # the guide',
      'nobody.txt',
      `${'x'.repeat(900)} @ada`,
    ].join('\r\n');
    expect(parseOwners(text)).toEqual([
      { pattern: '*', owners: ['@acme/platform', '@ada'] },
      { pattern: 'my\\ file.md', owners: ['docs@example.com'] },
      { pattern: 'nobody.txt', owners: [] },
      { pattern: expect.stringMatching(/^x{100,200}.?$/u), owners: ['@ada'] },
    ]);
  });

  it('gives a row for each owner of each rule, once', () => {
    const rules = [
      { pattern: '*', owners: ['@acme/platform', '@acme/platform'] },
      { pattern: '/docs/', owners: ['@ada'] },
    ];
    expect(owners.map({ rules } as never, scope, {} as never).repositoryOwners).toEqual([
      {
        source: 'git',
        repositoryExternalId: scope.externalId,
        position: 0,
        pattern: '*',
        owner: '@acme/platform',
      },
      {
        source: 'git',
        repositoryExternalId: scope.externalId,
        position: 1,
        pattern: '/docs/',
        owner: '@ada',
      },
    ]);
  });

  it('is read where hosts look first, again when it changes, and goes when it is gone', async () => {
    const fixture = await createGitFixture({
      commits: [
        {
          id: 'one',
          message: 'One\n',
          files: { CODEOWNERS: '* @acme/second\n', '.github/CODEOWNERS': '* @acme/first\n' },
        },
      ],
    });
    fixtures.push(fixture);
    const config = { repositories: [fixture.directory] };
    const { memory, given } = await syncIntoMemory(config);
    const stored = () => JSON.stringify([...(memory.records.get('owners')?.values() ?? [])]);
    expect(given['owners']).toBe(1);
    expect(stored()).toContain('@acme/first');
    expect((await syncIntoMemory(config, memory)).given['owners'] ?? 0).toBe(0);
    const second = await fixture.extend({
      commits: [
        { id: 'two', parents: ['one'], message: 'Two\n', files: { '.github/CODEOWNERS': null } },
      ],
      branches: { main: 'two' },
    });
    await syncIntoMemory(config, memory);
    expect(stored()).toContain('@acme/second');
    await second.extend({
      commits: [{ id: 'three', parents: ['two'], message: 'Three\n', files: { CODEOWNERS: null } }],
      branches: { main: 'three' },
    });
    const { tombstones } = await syncIntoMemory(config, memory);
    expect(tombstones['owners']).toEqual(['CODEOWNERS']);
  });
});
