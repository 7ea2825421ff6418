import { expect, test } from 'vitest';
import { owningTeams } from './codeowners.ts';

test('teams come with their paths; people and addresses are left out', () => {
  const text = [
    '# Who looks after what',
    '*            @acme/platform @ada',
    '/docs/       @acme/docs-team docs@example.com # the guide',
    'my\\ file.md  @acme/docs-team',
    '^[Section][2] @acme/section-owners',
    'nobody.txt',
    '',
  ].join('\r\n');
  expect(owningTeams(text)).toEqual([
    { owner: '@acme/platform', key: 'platform', name: 'Platform', paths: ['*'], isDefault: true },
    {
      owner: '@acme/docs-team',
      key: 'docs-team',
      name: 'Docs team',
      paths: ['/docs/', 'my\\ file.md'],
      isDefault: false,
    },
  ]);
});

test('the last line for everything decides who owns what no other line names', () => {
  const teams = owningTeams('* @acme/old\n* @ada @acme/new\n');
  expect(teams.map(({ key, isDefault }) => [key, isDefault])).toEqual([
    ['old', false],
    ['new', true],
  ]);
});

test('teams of the same name in two organisations keep keys of their own', () => {
  const teams = owningTeams('/a @acme/core\n/b @other/core\n');
  expect(teams.map(({ key }) => key)).toEqual(['acme-core', 'other-core']);
});

test('a file without teams proposes none', () => {
  expect(owningTeams('* @ada\n*.js bo@example.com\n')).toEqual([]);
});
