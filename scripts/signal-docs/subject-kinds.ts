import type { SignalSubjectKind } from '../../packages/core/src/domain.ts';

/** What each kind of subject is, and which of its rows a finding names as its evidence. */
export const subjectKinds: Readonly<Record<SignalSubjectKind, { what: string; evidence: string }>> =
  {
    pull_request: {
      what: 'An open pull request, or one that was merged in the last fourteen days.',
      evidence: 'The pull request, and the reviews, comments, requests and commits on it.',
    },
    work_item: {
      what: 'A work item that is not done.',
      evidence: 'The item, what changed of it, and what is linked with it.',
    },
    chat_thread: {
      what: 'A thread of the last fourteen days that asks something or names a blocker. Its words are not kept.',
      evidence: 'The thread.',
    },
    incident: {
      what: 'An incident that is open, or was resolved in the last thirty days.',
      evidence: 'The incident, and the work items that were written for what follows from it.',
    },
    pipeline: {
      what: 'A pipeline of a repository, on its default branch.',
      evidence: 'Its runs.',
    },
    pipeline_job: {
      what: 'A job of a pipeline over the last fourteen days, whatever the branch.',
      evidence: 'The runs of the job.',
    },
    deployment_target: {
      what: 'What is deployed to one environment: a service, or a repository.',
      evidence: 'The deployments.',
    },
    sprint: {
      what: 'A sprint that runs, replayed from what changed of its items.',
      evidence: 'The sprint and its items.',
    },
    team: {
      what: 'A team as a whole. Nothing in it is about one person.',
      evidence: 'The pull requests and work items that were counted.',
    },
    repository: {
      what: 'A repository with its last weeks.',
      evidence: 'The pull requests and commits that were counted.',
    },
    stream: { what: 'One stream of one source, as it is read.', evidence: 'The stream.' },
    action: { what: 'An action that waits for somebody to decide.', evidence: 'The action.' },
    workspace: { what: 'The workspace as a whole.', evidence: 'The rows that were counted.' },
  };
