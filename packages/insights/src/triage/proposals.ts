import type { ReviewerSuggestion } from '@adjutant/core';
import type { PullRequestSubject, Repository, SuggestedAction } from '@adjutant/core/domain';
import { repositoryPage } from '../report/code-host.ts';
import { spokenHours } from '../signals/spoken-hours.ts';

const nudgeAfterHours = 48;
const fullNamePattern = /^[A-Za-z0-9_.-]{1,100}\/(?!\.{1,2}$)[A-Za-z0-9_.-]{1,100}$/;
const loginPattern = /^[A-Za-z0-9][A-Za-z0-9-]{0,38}$/;
const slackPersonPattern = /^[UW][A-Z0-9]{2,20}$/;
const sizeLabelPattern = /^(?:size)?[:/ -]*(xs|s|m|l|xl|xxl)$/i;

/** From which number of lines on a change is of a size, the greatest first. */
const sizes = [
  ['xxl', 1_000],
  ['xl', 500],
  ['l', 100],
  ['m', 30],
  ['s', 10],
  ['xs', 0],
] as const;

/** What a proposal is written with. */
export interface ProposalFacts {
  /** The repository at GitHub, as `owner/name`; null for another host. */
  repository: string | null;
  url: string | null;
  /** Labels that are in use in its repository. */
  labelsInUse: readonly string[];
  suggestion: ReviewerSuggestion | null;
}

/** Returns what could be done about a pull request, each ready to be proposed. */
export function proposalsFor(request: PullRequestSubject, facts: ProposalFacts): SuggestedAction[] {
  const number = Number(/#(\d{1,9})$/.exec(request.key)?.[1] ?? 0);
  const { repository } = facts;
  const direct = messageTo(request, facts);
  if (repository === null || number === 0) return direct;
  const target = { repository, number };
  const logins = (facts.suggestion?.reviewers ?? []).flatMap(({ login }) =>
    login !== null && loginPattern.test(login) ? [login] : [],
  );
  const label = sizeLabel(request, facts.labelsInUse);
  const nudge = nudgeText(request);
  return [
    ...(logins.length === 0
      ? []
      : [
          {
            type: 'pr.assign_reviewers',
            payload: { ...target, reviewers: logins },
            why: `Asks for a review of ${request.key}.`,
          },
        ]),
    ...(nudge === null
      ? []
      : [
          {
            type: 'pr.comment',
            payload: { ...target, body: nudge },
            why: `Reminds those concerned in ${request.key} itself.`,
          },
        ]),
    ...direct,
    ...(label === null
      ? []
      : [
          {
            type: 'pr.label',
            payload: { ...target, labels: [label] },
            why: `Says the size of ${request.key}, as labels of its repository do.`,
          },
        ]),
  ];
}

/** The size label that the repository uses for as many lines; null where it has none, or one stands there. */
function sizeLabel(
  { sizeLines, labels }: PullRequestSubject,
  labelsInUse: readonly string[],
): string | null {
  if (sizeLines === null || labels.some((label) => isSizeLabel(label))) return null;
  const size = sizes.find(([, from]) => sizeLines >= from)?.[0];
  const fitting = labelsInUse.filter(
    (label) => isSizeLabel(label) && sizeLabelPattern.exec(label)?.[1]?.toLowerCase() === size,
  );
  return fitting.toSorted()[0] ?? null;
}

function isSizeLabel(label: string): boolean {
  return label.length <= 50 && /size/i.test(label) && sizeLabelPattern.test(label);
}

function nudgeText(request: PullRequestSubject): string | null {
  const hours = request.waitingWeekdayHours ?? 0;
  if (hours < nudgeAfterHours) return null;
  const forHow = spokenHours(hours);
  if (request.waitingFor === 'merge') {
    return `This has been approved for ${forHow} and is not merged yet. Does anything stand in its way?`;
  }
  if (request.waitingFor === 'author') {
    return `This has waited for an answer for ${forHow}. Is it still wanted, and does anything stand in its way?`;
  }
  if (request.waitingFor === 'review' && (request.requestedReviewerCount ?? 0) > 0) {
    return `This has waited for a review for ${forHow}. Could somebody who was asked look at it, or say who could instead?`;
  }
  return null;
}

/** To whom is suggested first, where that person has an account at Slack. */
function messageTo(
  { key }: PullRequestSubject,
  { suggestion, url }: ProposalFacts,
): SuggestedAction[] {
  const [first] = suggestion?.reviewers ?? [];
  const account = first?.accounts.find(
    ({ source, externalId }) => source.startsWith('slack') && slackPersonPattern.test(externalId),
  );
  if (account === undefined) return [];
  const page = url === null ? '' : ` ${url}`;
  return [
    {
      type: 'message.dm',
      payload: {
        user: account.externalId,
        text: `${key} waits for a review. Could you look at it?${page}`,
      },
      why: `Asks the person suggested for ${key} directly.`,
    },
  ];
}

/** Returns the names at GitHub of repositories by how subjects name them. */
export function githubNames(repositories: readonly Repository[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { name, fullName, url, source } of repositories) {
    const host = repositoryPage(url);
    const isGithub =
      host === null ? source.startsWith('github') : host.startsWith('https://github.com/');
    if (!isGithub || fullName === null || !fullNamePattern.test(fullName)) continue;
    names.set(fullName, fullName);
    const isOnly = repositories.filter((other) => other.name === name).length === 1;
    if (isOnly) names.set(name, fullName);
  }
  return names;
}
