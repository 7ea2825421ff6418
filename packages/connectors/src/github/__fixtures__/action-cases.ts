import type { ActionTrial } from './action-world.ts';

/** One way to carry an action out in the trial. */
export interface ActionCase {
  payload: (trial: ActionTrial) => Readonly<Record<string, unknown>>;
  effects: (trial: ActionTrial) => number;
  before?: (trial: ActionTrial) => void;
}

const thread = { repository: 'acme/widgets', number: 1 };
const eventsOf = ({ pullRequest }: ActionTrial, wanted: string): number =>
  pullRequest.events.filter(({ type }) => type === wanted).length;

/** An example of every action of this connector. */
export const actionCases: Record<string, ActionCase> = {
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
  'webhook.register': {
    payload: ({ config }) => ({ repository: 'acme/widgets', url: config.webhookUrl }),
    effects: ({ repository, config }) =>
      repository.hooks.filter(({ url }) => url === config.webhookUrl).length,
  },
};
