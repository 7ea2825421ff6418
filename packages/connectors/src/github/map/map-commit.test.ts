import { expect, test } from 'vitest';
import { mapCommit } from './map-commit.ts';

const ada = {
  name: 'Ada',
  email: 'ada@example.com',
  account: { id: '1', login: 'ada', type: 'User' },
};
const webFlow = {
  name: 'GitHub',
  email: 'noreply@github.com',
  account: { id: '19864447', login: 'web-flow', type: 'User' },
};
const scope = { externalId: '77', name: 'acme/widgets', detail: {} };
const rowsOf = (author: typeof ada, committer: typeof ada) =>
  mapCommit(
    {
      sha: 'a'.repeat(40),
      parents: [],
      authoredAt: '2026-03-02T09:00:00Z',
      committedAt: '2026-03-02T10:00:00Z',
      author,
      committer,
      subject: 'Begin (#1)',
    },
    scope,
    { baseUrl: 'https://api.github.com' },
  );

test('a commit that GitHub committed for somebody names nobody as committer, and makes no bot', () => {
  const { accounts, commits } = rowsOf(ada, webFlow);
  expect(commits?.[0]).toMatchObject({
    authorAccountExternalId: '1',
    committerAccountExternalId: null,
  });
  expect(accounts?.filter(({ isBot }) => isBot)).toEqual([]);
});

test('whoever committed is told otherwise', () => {
  expect(rowsOf(ada, ada).commits?.[0]).toMatchObject({ committerAccountExternalId: '1' });
});
