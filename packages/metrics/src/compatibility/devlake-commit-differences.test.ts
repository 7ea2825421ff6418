import { expect, test } from 'vitest';
import {
  asDevlakeDifferences,
  commitRowsOf,
  type CommitTables,
  expectedDifferences,
} from './__fixtures__/devlake-commit-differences.ts';
import { handleOf, idsOf, tableOf } from './__fixtures__/devlake-tables.ts';

// What another system writes of each deployment: the commits that it has and the one before has not.
// Quirks: see `asDevlakeDifferences`.

// a ← b ← c ← m ← s, with the branch d ← e from b merged into m: a diamond. s is a squash of
// commits that lie on no line of the graph. p ← q is what a forced push left in place of all of it.
const parents = tableOf(`
commit_sha,parent_commit_sha
a,
b,a
c,b
d,b
e,d
m,c
m,e
s,m
p,
q,p`);

// One line in r1: the first, a straight step, the merge, a rollback to c, the merge again, the squash,
// the forced push, a failure, and the same commit once more. r2 has one commit and nothing before.
const deployments = tableOf(`
id,result,cicd_scope_id,repo_url,environment,commit_sha,prev_success_deployment_commit_id,started_date,finished_date
1,SUCCESS,s1,r1,PRODUCTION,b,,2026-09-01 08:00:00,2026-09-01 08:10:00
2,SUCCESS,s1,r1,PRODUCTION,c,1,2026-09-02 08:00:00,2026-09-02 08:10:00
3,SUCCESS,s1,r1,PRODUCTION,m,2,2026-09-03 08:00:00,2026-09-03 08:10:00
4,SUCCESS,s1,r1,PRODUCTION,c,3,2026-09-04 08:00:00,2026-09-04 08:10:00
5,SUCCESS,s1,r1,PRODUCTION,m,4,2026-09-05 08:00:00,2026-09-05 08:10:00
6,SUCCESS,s1,r1,PRODUCTION,s,5,2026-09-06 08:00:00,2026-09-06 08:10:00
7,SUCCESS,s1,r1,PRODUCTION,q,6,2026-09-07 08:00:00,2026-09-07 08:10:00
8,FAILURE,s1,r1,PRODUCTION,p,,2026-09-08 08:00:00,2026-09-08 08:10:00
9,SUCCESS,s1,r1,PRODUCTION,q,7,2026-09-09 08:00:00,2026-09-09 08:10:00
10,SUCCESS,s1,r2,PRODUCTION,a,,2026-09-09 08:00:00,2026-09-09 08:10:00`);

const differences = tableOf(`
new_commit_sha,old_commit_sha,commit_sha
c,b,c
m,c,m
m,c,d
m,c,e
s,m,s
q,s,q
q,s,p`);

const tables: CommitTables = { cicd_deployment_commits: deployments, commit_parents: parents };

test('a step, a merge, a rollback, the way back, a squash and a forced push', async () => {
  const handle = await handleOf(commitRowsOf(tables));
  expect(await asDevlakeDifferences(handle)).toEqual(expectedDifferences(differences));
});

test('where a first deployment has rows too, they are all that it reaches', async () => {
  const handle = await handleOf(commitRowsOf(tables));
  const firsts = tableOf(`
new_commit_sha,old_commit_sha,commit_sha
b,,b
b,,a
a,,a`);
  expect(await asDevlakeDifferences(handle, { first: true })).toEqual(
    expectedDifferences([...differences, ...firsts]),
  );
});

test('a case that leaves out what its task does not read', async () => {
  const bare = tableOf(`
id,result,commit_sha,prev_success_deployment_commit_id
1,SUCCESS,b,
2,SUCCESS,m,1`);
  const handle = await handleOf(commitRowsOf({ ...tables, cicd_deployment_commits: bare }));
  expect(await asDevlakeDifferences(handle)).toEqual(['m b c', 'm b d', 'm b e', 'm b m']);
});

test('each commit counts as deployed once, whichever way the line went', async () => {
  const handle = await handleOf(commitRowsOf(tables));
  const carried: Record<string, string> = {};
  for (const id of await idsOf(handle, 'deployment')) {
    const { deployment, firstCarried } = await handle.history.deployment(id);
    carried[deployment.externalId] = firstCarried.map(({ sha }) => sha).join('');
  }
  expect(carried).toEqual({
    1: 'b',
    2: 'c',
    3: 'dem',
    // Back to c, and to m again, brings nothing that users did not have before.
    4: '',
    5: '',
    6: 's',
    7: 'pq',
    8: '',
    9: '',
    10: 'a',
  });
});

test('a history that does not know the commit before leaves the difference unknown, and says why', async () => {
  const lost = deployments.map((row) => (row['id'] === '6' ? { ...row, commit_sha: 'lost' } : row));
  const handle = await handleOf(commitRowsOf({ ...tables, cicd_deployment_commits: lost }));
  const ids = await idsOf(handle, 'deployment');
  const ours = await Promise.all(ids.map((to) => handle.history.commitsBetween({ to })));
  expect(ours.find(({ to }) => to.externalId === '7')).toMatchObject({
    from: { externalId: '6' },
    shas: null,
    unknownBecause: 'A deployed commit is not in the history that is known.',
  });
  // Theirs is all that the new one reaches.
  expect((await asDevlakeDifferences(handle)).filter((line) => line.startsWith('q'))).toEqual([
    'q lost p',
    'q lost q',
  ]);
});

test('the first deployment is compared with nothing, or on demand with an empty history', async () => {
  const handle = await handleOf(commitRowsOf(tables));
  const ids = await idsOf(handle, 'deployment');
  const firsts = await Promise.all(ids.map((to) => handle.history.commitsBetween({ to })));
  const first = firsts.find(({ to }) => to.externalId === '1');
  expect(first).toMatchObject({
    from: null,
    shas: null,
    unknownBecause: 'There is no deployment before it to compare with.',
  });
  const all = await handle.history.commitsBetween({ from: null, to: first?.to.id ?? '' });
  expect(all.shas).toEqual(['b', 'a']);
});
