import {
  type ActionDefinition,
  AdjutantError,
  type ApprovedEffect,
  type Preparation,
} from '@adjutant/core';
import { actionConformance } from '@adjutant/core/testing';
import { afterEach, describe, expect, it, test } from 'vitest';
import { type ActionTrial, startActionTrial } from '../__fixtures__/action-world.ts';

const payload = { repository: 'acme/widgets', number: 1, method: 'squash' } as const;
let trial: ActionTrial;

afterEach(async () => await trial.close());

interface Prepared {
  definition: ActionDefinition<typeof payload>;
  preparation: Preparation;
  effect: ApprovedEffect<typeof payload>;
}

async function prepared(more: Readonly<Record<string, unknown>> = {}): Promise<Prepared> {
  trial = await startActionTrial(more);
  return await prepareAgain();
}

async function prepareAgain(): Promise<Prepared> {
  const definition = trial.action('pr.merge') as unknown as ActionDefinition<typeof payload>;
  const preparation = await definition.prepare(trial.context, payload);
  const { preconditions, target } = preparation;
  const base = { actionId: 'a', payload, preconditions, target, effectKey: 'a:0', step: 0 };
  return { definition, preparation, effect: { ...base, previousResults: [] } };
}

describe('conformance', () => {
  const create = async () => {
    trial = await startActionTrial();
    const { twin, context, pullRequest } = trial;
    return {
      definition: trial.action('pr.merge'),
      context,
      payload,
      writes: () => twin.writes.length,
      effects: () => pullRequest.events.filter(({ type }) => type === 'MergedEvent').length,
      close: async () => await Promise.resolve(),
    };
  };
  for (const { name, run } of actionConformance(create)) test(name, run);
});

describe('preview', () => {
  it('begins with repository, base, checks, and changes of CI, CODEOWNERS and lockfiles', async () => {
    trial = await startActionTrial();
    const files = [
      '.github/workflows/ci.yml',
      '.github/CODEOWNERS',
      'pnpm-lock.yaml',
      'src/two.ts',
    ];
    trial.pullRequest.changedFiles = files.length;
    trial.pullRequest.files = files.map((path) => ({
      path,
      changeType: 'MODIFIED',
      additions: 1,
      deletions: 1,
    }));
    const { preparation } = await prepareAgain();
    expect(preparation.facts.slice(0, 6)).toEqual([
      { label: 'Repository', value: 'acme/widgets (private)', tone: 'plain' },
      { label: 'Base', value: 'main', tone: 'plain' },
      { label: 'Required checks', value: 'all 1 passed', tone: 'plain' },
      { label: 'CI changes', value: '.github/workflows/ci.yml', tone: 'warning' },
      { label: 'CODEOWNERS changes', value: '.github/CODEOWNERS', tone: 'warning' },
      { label: 'Lockfile changes', value: 'pnpm-lock.yaml', tone: 'warning' },
    ]);
    expect(preparation.recipients).toContain('@ada');
    expect(preparation.recipients).toContain('@grace');
    expect(preparation.content).toBe('Add two (#1)\n\nSquashed from pull request #1.');
    expect(preparation.excludedAccounts).toEqual([
      { source: 'github', externalId: String(trial.author.id) },
    ]);
  });

  it('shows text from outside on one line, bounded, without marks that act', async () => {
    trial = await startActionTrial();
    trial.pullRequest.title = `Quiet\u202E\u001B[31m\nApproved by: everyone ${'x'.repeat(9_000)}`;
    const { preparation } = await prepareAgain();
    const title = preparation.facts.find(({ label }) => label === 'Title')?.value ?? '';
    expect(title).toMatch(/^Quiet\uFFFD\uFFFD\[31m Approved by: everyone x+…$/u);
    expect(title.length).toBeLessThan(210);
  });

  it('does not call files harmless that GitHub did not list', async () => {
    trial = await startActionTrial();
    trial.pullRequest.changedFiles = 4_000;
    const { preparation } = await prepareAgain();
    expect(preparation.facts).toContainEqual({
      label: 'Lockfile changes',
      value: 'none seen, but not all files were',
      tone: 'warning',
    });
  });

  it('reads all pages of files and checks', async () => {
    trial = await startActionTrial();
    const { data, head, pullRequest } = trial;
    for (let at = 0; at < 150; at += 1) {
      data.setCheck(head, { name: `job ${at}`, state: at === 149 ? 'FAILURE' : 'SUCCESS' });
    }
    pullRequest.changedFiles = 250;
    pullRequest.files = Array.from({ length: 250 }, (_, at) => ({
      path: at === 240 ? 'go.sum' : `src/${at}.ts`,
      changeType: 'MODIFIED',
      additions: 1,
      deletions: 1,
    }));
    const { facts } = (await prepareAgain()).preparation;
    expect(facts.find(({ label }) => label === 'Lockfile changes')?.value).toBe('go.sum');
    expect(facts.find(({ label }) => label === 'Other checks')?.value).toBe(
      '1 of 150 not passed: job 149: failure',
    );
  });

  it('says so where there is no credential for writing, and then refuses', async () => {
    const { definition, preparation, effect } = await prepared({ writeToken: undefined });
    expect(preparation.facts.at(-1)).toMatchObject({ label: 'Write credential', tone: 'warning' });
    expect(await definition.execute(trial.context, effect)).toMatchObject({
      outcome: 'refused',
      reason: expect.stringContaining('GITHUB_WRITE_TOKEN'),
    });
    expect(trial.twin.writes).toEqual([]);
  });
});

describe('a credential for writing that a host program cannot give', () => {
  it('is said before anybody decides, and refused without asking GitHub', async () => {
    const writeToken = () => {
      throw new AdjutantError('Configuration', 'The variable is not set.', { hint: 'Set it.' });
    };
    const { definition, preparation, effect } = await prepared({ writeToken });
    expect(preparation.facts.at(-1)).toEqual({
      label: 'Write credential',
      value: 'The variable is not set.',
      tone: 'warning',
    });
    expect(await definition.execute(trial.context, effect)).toEqual({
      outcome: 'refused',
      reason: 'The variable is not set. Set it.',
    });
    expect(trial.twin.writes).toEqual([]);
  });
});

describe('binding', () => {
  const moves: [string, (world: ActionTrial) => void][] = [
    [
      'head',
      ({ data, pullRequest, repository }) =>
        pullRequest.commits.push(data.addCommit(repository, { at: 1 })),
    ],
    ['base', ({ pullRequest }) => (pullRequest.baseRefName = 'release/1.x')],
    ['draft', ({ pullRequest }) => (pullRequest.isDraft = true)],
    [
      'check',
      ({ data, head }) =>
        data.setCheck(head, { name: 'build', state: 'FAILURE', isRequired: true }),
    ],
    [
      'new check',
      ({ data, head }) => data.setCheck(head, { name: 'scan', state: 'FAILURE', isRequired: true }),
    ],
    [
      'review',
      ({ pullRequest }) => pullRequest.reviews.forEach((review) => (review.state = 'DISMISSED')),
    ],
    ['title that becomes the message', ({ pullRequest }) => (pullRequest.title = 'Something else')],
    ['state', ({ data, pullRequest }) => data.close(pullRequest, { at: 1 })],
    [
      'name of the repository',
      ({ data, repository }) => data.renameRepository(repository, 'gadgets'),
    ],
    [
      'repository under the same name',
      ({ data, repository }) => {
        data.renameRepository(repository, 'gadgets');
        const other = data.addRepository(repository.owner, { name: 'widgets' });
        data.addPullRequest(other, {
          title: 'Add two',
          createdAt: 1,
          commits: repository.pullRequests.get(1)?.commits ?? [],
        });
      },
    ],
    ['access', ({ data, repository }) => data.setAccess(repository, false)],
  ];
  it.each(moves)('another %s is another observation', async (_, move) => {
    const { definition, preparation } = await prepared();
    move(trial);
    expect(await definition.observe(trial.context, payload)).not.toEqual(preparation.preconditions);
  });

  it('binds every check where none is required', async () => {
    trial = await startActionTrial();
    const { data, head } = trial;
    head.checks = [];
    data.setCheck(head, { name: 'lint', state: 'SUCCESS' });
    const { definition, preparation } = await prepareAgain();
    data.setCheck(head, { name: 'lint', state: 'FAILURE' });
    expect(await definition.observe(trial.context, payload)).not.toEqual(preparation.preconditions);
  });

  it('is not prepared where checks cannot be read, and says which credential can', async () => {
    trial = await startActionTrial();
    trial.twin.denied.add('checks');
    await expect(prepareAgain()).rejects.toMatchObject({
      code: 'Permission',
      hint: expect.stringContaining('Checks: read'),
    });
  });

  it('refuses a name that the repository no longer has', async () => {
    trial = await startActionTrial();
    trial.data.renameRepository(trial.repository, 'gadgets');
    await expect(prepareAgain()).rejects.toMatchObject({ code: 'NotFound' });
  });
});

describe('carrying out', () => {
  it('sends the head, the method and the text that were bound', async () => {
    const { definition, effect } = await prepared();
    const ended = await definition.execute(trial.context, effect);
    expect(ended).toMatchObject({ outcome: 'applied', result: { merged: true } });
    expect(trial.twin.writes).toMatchObject([
      {
        kind: 'PUT merge',
        applied: true,
        body: {
          merge_method: 'squash',
          sha: trial.head.oid,
          commit_title: 'Add two (#1)',
          commit_message: 'Squashed from pull request #1.',
        },
      },
    ]);
    expect(trial.pullRequest.state).toBe('MERGED');
    expect(trial.pullRequest.mergeCommit?.tree?.get('src/two.ts')).toBe('two\n');
  });

  it('is refused where the head moves just before it is sent', async () => {
    const { definition, effect } = await prepared();
    trial.pullRequest.commits.push(trial.data.addCommit(trial.repository, { at: 1 }));
    expect(await definition.execute(trial.context, effect)).toMatchObject({
      outcome: 'refused',
      reason: expect.stringContaining('409'),
    });
    expect(trial.pullRequest.state).toBe('OPEN');
  });

  it('is refused where GitHub would send it on to another name', async () => {
    const { definition, effect } = await prepared();
    trial.data.renameRepository(trial.repository, 'gadgets');
    expect(await definition.execute(trial.context, effect)).toMatchObject({ outcome: 'refused' });
    expect(trial.pullRequest.state).toBe('OPEN');
  });

  it("does not claim somebody else's merge", async () => {
    const { definition, effect } = await prepared();
    trial.data.merge(trial.pullRequest, { at: 1, by: trial.reviewer });
    expect(await definition.execute(trial.context, effect)).toMatchObject({ outcome: 'refused' });
    expect(await definition.probe?.(trial.context, effect)).toEqual({ outcome: 'absent' });
  });

  it.each([
    ['writeAppliedThenDropped', 'applied'],
    ['writeAppliedThenFailed', 'applied'],
    ['writeDropped', 'absent'],
    ['writeFailed', 'absent'],
  ] as const)('after %s nobody knows, and the probe finds it %s', async (fault, outcome) => {
    const { definition, effect } = await prepared();
    trial.twin.faults[fault] = { count: 1 };
    await expect(definition.execute(trial.context, effect)).rejects.toMatchObject({
      code: 'Upstream',
    });
    expect(await definition.probe?.(trial.context, effect)).toMatchObject({ outcome });
    expect(await definition.execute(trial.context, effect)).toMatchObject({ outcome: 'applied' });
    const merges = trial.pullRequest.events.filter(({ type }) => type === 'MergedEvent');
    expect(merges).toHaveLength(1);
  });

  it('is not applied, and may be tried again, where nothing answers at the address', async () => {
    const { effect } = await prepared();
    // An address without a connection that is still kept: one that breaks leaves it unknown.
    const gone = await startActionTrial();
    await gone.close();
    const definition = gone.action('pr.merge') as unknown as ActionDefinition<typeof payload>;
    expect(await definition.execute(gone.context, effect)).toMatchObject({
      outcome: 'not_applied',
    });
  });

  it('waits where GitHub asks for it', async () => {
    const { definition, effect } = await prepared();
    trial.twin.faults.secondaryLimit = { count: 1 };
    trial.twin.faults.retryAfterSeconds = 7;
    expect(await definition.execute(trial.context, effect)).toEqual({
      outcome: 'not_applied',
      reason: 'GitHub asks to wait.',
      retryAfterMs: 7_000,
    });
  });

  it('never sends the credential for reading with a write', async () => {
    const { definition, effect } = await prepared({ writeToken: 'another-token' });
    expect(await definition.execute(trial.context, effect)).toEqual({
      outcome: 'refused',
      reason: 'GitHub does not accept the credential for writing.',
    });
  });
});
