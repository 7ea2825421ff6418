import type { PullRequestSubject, SuggestedAction } from '@adjutant/core/domain';

/** The source whose pull requests, issues and runs there are actions for. */
const actionSource = 'github';
const repositoryName = /^[A-Za-z0-9_.-]{1,100}\/(?!\.{1,2}$)[A-Za-z0-9_.-]{1,100}$/;

/** Where a proposal would change something. */
interface Place {
  source: string;
  fullName: string | null;
}

/** Returns the repository that an action would name; null where there is none for it. */
function repositoryOf({ source, fullName }: Place): string | null {
  if (source !== actionSource || fullName === null || !repositoryName.test(fullName)) return null;
  return fullName;
}

/** Returns a comment to propose for a pull request: our words, that speak to nobody by name. */
export function commentOn(request: PullRequestSubject, body: string): SuggestedAction[] {
  const repository = repositoryOf(request);
  const { number } = request;
  if (repository === null || number === null || number < 1) return [];
  return [
    {
      type: 'pr.comment',
      payload: { repository, number, body },
      why: `Asks on ${request.key} what is to become of it.`,
    },
  ];
}

/** Returns an issue to propose for a repository. */
export function issueIn(
  place: Place,
  { title, body, why }: { title: string; body: string; why: string },
): SuggestedAction[] {
  const repository = repositoryOf(place);
  if (repository === null) return [];
  return [{ type: 'issue.create', payload: { repository, title, body }, why }];
}

/** Returns that what failed of a run be run again, to propose. */
export function rerunOf(place: Place, runId: string | null, why: string): SuggestedAction[] {
  const repository = repositoryOf(place);
  if (repository === null || runId === null || !/^[1-9]\d{0,14}$/.test(runId)) return [];
  const payload = { repository, runId: Number(runId), onlyFailed: true };
  return [{ type: 'workflow.rerun', payload, why }];
}
