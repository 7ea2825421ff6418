import { expect, onTestFinished, test } from 'vitest';
import { createAdjutant } from '../create-adjutant.ts';
import { buildPullRequest, createFakeClock, createRowsConnector } from '../testing.ts';
import { account, repository, source, start } from './__fixtures__/subject-world.ts';

test('a team has the subjects that are its own, and the default team what nobody owns', async () => {
  const open = (place: string, number: number) =>
    buildPullRequest({
      source,
      externalId: `${place}-${number}`,
      repositoryExternalId: place,
      number,
      state: 'open',
      mergedAt: null,
      mergeSha: null,
      authorAccountExternalId: 'ada',
      openedAt: start,
    });
  const adjutant = await createAdjutant({
    store: ':memory:',
    clock: createFakeClock(start),
    teams: [
      { key: 'default', name: 'All', repositories: [] },
      { key: 'web', name: 'Web', repositories: ['web'] },
    ],
    connectors: [
      createRowsConnector({
        id: source,
        records: () => ({
          one: {
            accounts: [account('ada')],
            repositories: [repository('acme/shop'), repository('acme/web')],
            pullRequests: [open('acme/shop', 1), open('acme/web', 2)],
          },
        }),
      }),
    ],
  });
  onTestFinished(() => adjutant.close());
  await adjutant.sync();
  const handle = adjutant.workspace().as(await adjutant.owner());
  const teams = await handle.teams();
  const keysOf = async (teamKey: string) => {
    const id = teams.find(({ key }) => key === teamKey)?.id ?? '';
    const subjects = await handle.forTeam(id).signals.subjects('pull_request');
    return subjects.map(({ key }) => key);
  };
  expect(await keysOf('web')).toEqual([expect.stringMatching(/web#2$/)]);
  expect(await keysOf('default')).toEqual([expect.stringMatching(/shop#1$/)]);
  expect(await handle.signals.subjects('pull_request')).toHaveLength(2);
});
