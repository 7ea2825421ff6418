import type { ActionDefinition, ApprovedEffect, ExecuteResult, JsonObject } from '@adjutant/core';
import { afterEach, describe, expect, it } from 'vitest';
import { type ActionTrial, startActionTrial } from '../__fixtures__/action-world.ts';
import type { TwinTree } from '../testing/data/records.ts';

const payload = { repository: 'acme/widgets', number: 1, targetBranch: 'release/1.x' } as const;
let trial: ActionTrial;

afterEach(async () => await trial.close());

interface World {
  definition: ActionDefinition<typeof payload>;
  effect: (step: number, results: readonly JsonObject[]) => ApprovedEffect<typeof payload>;
}

/** The release branch has a file of its own; `main` has a change that must not come along. */
async function merged(release: TwinTree, method: 'merge' | 'squash' = 'squash'): Promise<World> {
  trial = await startActionTrial();
  const { data, repository, pullRequest, author } = trial;
  const [head] = pullRequest.commits;
  const first = repository.headOid ?? '';
  const other = data.addCommit(repository, {
    at: 3,
    by: author,
    message: 'Something else',
    parents: [first],
    tree: new Map([
      ['README.md', 'Widgets, newer\n'],
      ['src/main.ts', 'one\n'],
    ]),
  });
  const old = data.addCommit(repository, { at: 4, by: author, parents: [first], tree: release });
  repository.branches.set('release/1.x', old.oid);
  const commit = data.addCommit(repository, {
    at: 5,
    by: author,
    message: 'Add two (#1)',
    parents: method === 'squash' ? [other.oid] : [other.oid, head?.oid ?? ''],
    tree: new Map([...(other.tree ?? []), ['src/two.ts', 'two\n']]),
  });
  repository.headOid = commit.oid;
  data.merge(pullRequest, { at: 5, by: author, commit });
  const definition = trial.action('pr.backport') as unknown as ActionDefinition<typeof payload>;
  const { preconditions, target } = await definition.prepare(trial.context, payload);
  return {
    definition,
    effect: (step, previousResults) => {
      const base = { actionId: 'action-1', payload, preconditions, target };
      return { ...base, effectKey: `action-1:${step}`, step, previousResults };
    },
  };
}

async function carryOut({ definition, effect }: World): Promise<ExecuteResult[]> {
  const results: JsonObject[] = [];
  const ends: ExecuteResult[] = [];
  for (const step of [0, 1, 2]) {
    const ended = await definition.execute(trial.context, effect(step, results));
    ends.push(ended);
    if (ended.outcome !== 'applied') break;
    results.push(ended.result);
  }
  return ends;
}

const release = new Map([
  ['README.md', 'Widgets\n'],
  ['src/main.ts', 'one\n'],
  ['RELEASE.md', '1.x\n'],
]);

describe('pr.backport', () => {
  it.each(['squash', 'merge'] as const)(
    'brings over what a %s changed, and no more',
    async (how) => {
      const ends = await carryOut(await merged(release, how));
      expect(ends.map(({ outcome }) => outcome)).toEqual(['applied', 'applied', 'applied']);
      const opened = [...trial.repository.pullRequests.values()].at(-1);
      expect(opened).toMatchObject({
        title: '[release/1.x] Add two',
        baseRefName: 'release/1.x',
        files: [{ path: 'src/two.ts', changeType: 'ADDED' }],
      });
      expect(opened?.commits).toHaveLength(1);
      const [commit] = opened?.commits ?? [];
      expect(Object.fromEntries(commit?.tree ?? [])).toEqual({
        ...Object.fromEntries(release),
        'src/two.ts': 'two\n',
      });
      expect(commit?.message).toMatch(
        /^Add two \(#1\)\n\n\(cherry picked from commit [0-9a-f]{40}\)$/,
      );
    },
  );

  it('takes all commits of a rebase, found by their messages', async () => {
    trial = await startActionTrial();
    const { data, repository, pullRequest, author } = trial;
    const first = repository.headOid ?? '';
    pullRequest.commits = ['One', 'Two'].map((message) =>
      data.addCommit(repository, { at: 2, message }),
    );
    let parent = first;
    let tree: TwinTree = new Map([
      ['src/main.ts', 'one\n'],
      ['README.md', 'Widgets\n'],
    ]);
    const landed = ['One', 'Two'].map((message) => {
      tree = new Map([...tree, [`src/${message}.ts`, `${message}\n`]]);
      const commit = data.addCommit(repository, {
        at: 5,
        by: author,
        message,
        parents: [parent],
        tree,
      });
      parent = commit.oid;
      return commit;
    });
    repository.headOid = parent;
    data.merge(pullRequest, { at: 5, by: author, commit: landed.at(-1) ?? null });
    const definition = trial.action('pr.backport');
    const { preconditions } = await definition.prepare(trial.context, payload as never);
    expect(preconditions).toMatchObject({ merge: parent, before: first });
  });

  it('refuses a conflict, and takes the branch back', async () => {
    const world = await merged(new Map([['src/two.ts', 'another two\n']]));
    const ends = await carryOut(world);
    expect(ends.at(-1)).toMatchObject({
      outcome: 'refused',
      reason: expect.stringContaining('conflicts'),
    });
    expect([...trial.repository.branches.keys()]).toHaveLength(2);
    const back = world.effect(0, []);
    expect(await world.definition.compensate?.(trial.context, back)).toMatchObject({
      outcome: 'applied',
    });
    expect([...trial.repository.branches.keys()]).toEqual(['release/1.x']);
    expect(await world.definition.compensate?.(trial.context, back)).toMatchObject({
      outcome: 'applied',
    });
  });

  it('refuses where the branch has the change already', async () => {
    const ends = await carryOut(await merged(new Map([...release, ['src/two.ts', 'two\n']])));
    expect(ends.at(-1)).toMatchObject({ outcome: 'refused' });
  });

  it.each([1, 2, 3, 4, 5, 6, 7])(
    'ends with one branch, commit and pull request when answer %i of a write is lost',
    async (lost) => {
      const { definition, effect } = await merged(release);
      let writes = 0;
      trial.twin.faults.writeAppliedThenDropped = () => (writes += 1) === lost;
      const results: JsonObject[] = [];
      for (const step of [0, 1, 2]) {
        const wanted = effect(step, results);
        const ended = await definition.execute(trial.context, wanted).catch(async () => {
          const found = await definition.probe?.(trial.context, wanted);
          return found?.outcome === 'applied'
            ? found
            : await definition.execute(trial.context, wanted);
        });
        if (ended.outcome !== 'applied') throw new Error(JSON.stringify(ended));
        results.push(ended.result);
      }
      const { pullRequests, branches } = trial.repository;
      const opened = [...pullRequests.values()].filter((one) => one.baseRefName === 'release/1.x');
      expect(opened).toHaveLength(1);
      expect(opened[0]?.commits).toHaveLength(1);
      expect(branches.size).toBe(2);
    },
  );

  it('refuses one that is not merged', async () => {
    trial = await startActionTrial();
    const definition = trial.action('pr.backport');
    await expect(definition.prepare(trial.context, payload as never)).rejects.toMatchObject({
      code: 'InvalidInput',
    });
  });
});
