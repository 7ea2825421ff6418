import { readdirSync, readFileSync } from 'node:fs';
import { actionConformance } from '@adjutant/core/testing';
import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { type ActionTrial, startActionTrial } from '../__fixtures__/action-world.ts';
import { githubConfigSchema } from '../config.ts';
import { githubActions } from './index.ts';

interface Case {
  payload: (trial: ActionTrial) => Readonly<Record<string, unknown>>;
  effects: (trial: ActionTrial) => number;
  before?: (trial: ActionTrial) => void;
}

const thread = { repository: 'acme/widgets', number: 1 };
const eventsOf = ({ pullRequest }: ActionTrial, wanted: string): number =>
  pullRequest.events.filter(({ type }) => type === wanted).length;

const cases: Record<string, Case> = {
  'pr.merge': {
    payload: () => ({ ...thread, method: 'merge' }),
    effects: (trial) => eventsOf(trial, 'MergedEvent'),
  },
  'pr.close': { payload: () => thread, effects: (trial) => eventsOf(trial, 'ClosedEvent') },
  'pr.backport': {
    payload: () => ({ ...thread, targetBranch: 'release/1.x' }),
    before: ({ data, pullRequest, repository, author }) => {
      const [head] = pullRequest.commits;
      const commit = data.addCommit(repository, {
        at: 5,
        by: author,
        message: 'Add two (#1)',
        parents: head?.parents ?? [],
        tree: head?.tree ?? new Map(),
      });
      repository.headOid = commit.oid;
      data.merge(pullRequest, { at: 5, by: author, commit });
    },
    effects: ({ repository }) =>
      [...repository.pullRequests.values()].filter(
        ({ baseRefName }) => baseRefName === 'release/1.x',
      ).length,
  },
  'pr.label': {
    payload: () => ({ ...thread, labels: ['ready'] }),
    effects: (trial) => eventsOf(trial, 'LabeledEvent'),
  },
  'pr.assign_reviewers': {
    payload: () => ({ ...thread, reviewers: ['grace'] }),
    effects: (trial) => eventsOf(trial, 'ReviewRequestedEvent'),
  },
  'pr.comment': {
    payload: () => ({ ...thread, body: 'Thank you, @grace.' }),
    effects: ({ pullRequest }) => pullRequest.comments.length,
  },
  'pr.comment.summary': {
    payload: () => ({ ...thread, body: 'It adds two.' }),
    effects: ({ pullRequest }) => pullRequest.comments.length,
  },
  'issue.create': {
    payload: () => ({
      repository: 'acme/widgets',
      title: 'Two is odd',
      body: 'See above.',
      labels: ['ready'],
      assignees: ['grace'],
    }),
    effects: ({ repository }) =>
      [...repository.issues.values()].filter(({ title }) => title === 'Two is odd').length,
  },
  'issue.create.low': {
    payload: () => ({ repository: 'acme/widgets', title: 'Two is odd', body: 'Some day.' }),
    effects: ({ repository }) =>
      [...repository.issues.values()].filter(({ title }) => title === 'Two is odd').length,
  },
  'issue.comment': {
    payload: ({ issue }) => ({ ...thread, number: issue.number, body: 'Seen.' }),
    effects: ({ issue }) => issue.comments.length,
  },
  'workflow.rerun': {
    payload: ({ run }) => ({ repository: 'acme/widgets', runId: run.id }),
    effects: ({ run }) => run.attempt - 1,
  },
};

describe.each(Object.entries(cases))('%s', (id, { payload, effects, before }) => {
  const create = async () => {
    const trial = await startActionTrial();
    before?.(trial);
    return {
      definition: trial.action(id),
      context: trial.context,
      payload: payload(trial),
      writes: () => trial.twin.writes.length,
      effects: () => effects(trial),
      close: trial.close,
    };
  };
  for (const { name, run } of actionConformance(create)) test(name, run);
});

it('covers every action, each in a file of its own that bears its name', () => {
  const definitions = githubActions(githubConfigSchema.parse({ repositories: ['acme/widgets'] }));
  const ids = definitions.map(({ id }) => id);
  expect(Object.keys(cases).toSorted()).toEqual(ids.toSorted());
  const files = readdirSync(import.meta.dirname)
    .filter((name) => !name.endsWith('.test.ts') && name !== 'index.ts')
    .map((name) => name.replace(/\.ts$/, ''));
  expect(ids.map((id) => id.replaceAll(/[._]/g, '-')).toSorted()).toEqual(files.toSorted());
});

it('has a page for every action that tells its risk, class and payload', () => {
  const docs = new URL('../../../../../docs/actions/', import.meta.url);
  const overview = readFileSync(new URL('README.md', docs), 'utf8');
  for (const definition of githubActions(githubConfigSchema.parse({ repositories: ['a/b'] }))) {
    const name = `${definition.id.replaceAll(/[._]/g, '-')}.md`;
    const page = readFileSync(new URL(name, docs), 'utf8');
    expect(overview).toContain(`[\`${definition.id}\`](${name})`);
    expect(page).toMatch(new RegExp(`class +\\| +${definition.effectClass}`));
    expect(page).toContain(definition.risk);
    expect(page).toMatch(new RegExp(`reversible +\\| +${definition.reversible ? 'yes' : 'no'}`));
    const { properties = {} } = z.toJSONSchema(definition.inputSchema, { io: 'input' });
    const keys = [...page.matchAll(/^\| `(\w+)`/gm)].map(([, key]) => key);
    expect(keys.toSorted()).toEqual(Object.keys(properties).toSorted());
  }
});
