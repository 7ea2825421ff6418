export const exampleWebhookUrl = 'https://127.0.0.1:9/webhooks/github';

/** One payload for each action, over the world of `startActionTrial`. */
export const exampleActions: readonly {
  id: string;
  payload: (run: number, issue: number) => Readonly<Record<string, unknown>>;
}[] = [
  { id: 'pr.comment', payload: () => ({ ...thread, body: 'Thank you, @grace.' }) },
  { id: 'pr.comment.summary', payload: () => ({ ...thread, body: 'It adds two.' }) },
  { id: 'pr.label', payload: () => ({ ...thread, labels: ['ready'] }) },
  { id: 'pr.assign_reviewers', payload: () => ({ ...thread, reviewers: ['grace'] }) },
  { id: 'pr.merge', payload: () => ({ ...thread, method: 'merge' }) },
  { id: 'pr.backport', payload: () => ({ ...thread, targetBranch: 'release/1.x' }) },
  { id: 'issue.comment', payload: (_, issue) => ({ ...thread, number: issue, body: 'Seen.' }) },
  { id: 'issue.create', payload: () => ({ ...issue, labels: ['ready'], assignees: ['grace'] }) },
  { id: 'issue.create.low', payload: () => ({ ...issue, title: 'Some day' }) },
  { id: 'workflow.rerun', payload: (runId) => ({ repository: thread.repository, runId }) },
  { id: 'pr.close', payload: () => ({ ...thread, number: 0 }) },
  // Nobody listens there: what a counterpart sends afterwards ends here.
  {
    id: 'webhook.register',
    payload: () => ({ repository: thread.repository, url: exampleWebhookUrl }),
  },
];

const thread = { repository: 'acme/widgets', number: 1 };
const issue = { repository: 'acme/widgets', title: 'Two is odd', body: 'See above.' };
