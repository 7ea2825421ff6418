import type { ReviewerSuggestion } from '@adjutant/core';
import type {
  PipelineSubject,
  PullRequestSubject,
  SignalFinding,
  WorkItemSubject,
} from '@adjutant/core/domain';
import { allFindings } from '../briefs/all-findings.ts';
import type { BriefReader } from '../briefs/brief-reader.ts';
import { type WorkPages, workPages } from '../briefs/work-pages.ts';
import { githubNames, proposalsFor } from './proposals.ts';
import type { TriagedRequest } from './triaged-request.ts';
import { type RequestSurroundings, type WeighedReason, weighRequest } from './weigh-request.ts';

const mostSuggestedFor = 100;

/**
 * Returns what is open and no draft, in the order in which it should be looked at: by what is risky
 * about it, how long it waits and what waits for it, each with its reasons, whom to ask and what could
 * be done. Of the same rows at the same moment it is the same.
 */
export async function triagePullRequests(reader: BriefReader): Promise<TriagedRequest[]> {
  const subjects = await reader.signals.subjects('pull_request');
  const open = subjects.filter(({ state, isDraft }) => state === 'open' && !isDraft);
  if (open.length === 0) return [];
  const around = await readSurroundings(reader);
  const weighed = open
    .map((request) => {
      const surroundings = around.of(request);
      return { request, surroundings, reasons: weighRequest(request, surroundings) };
    })
    .toSorted((one, other) => compare(one, other));
  const suggestions = await suggestFor(
    reader,
    weighed.map(({ request }) => request),
  );
  const repositories = githubNames(await reader.repositories());
  const labelsOf = Map.groupBy(subjects, ({ repository }) => repository ?? '');
  return weighed.map(({ request, surroundings, reasons }) => {
    const suggestion = suggestions.get(request.id) ?? null;
    const url = around.pages.of(request.repository, request.key);
    const ofRepository = labelsOf.get(request.repository ?? '') ?? [];
    const proposals = proposalsFor(request, {
      repository: repositories.get(request.repository ?? '') ?? null,
      url,
      labelsInUse: ofRepository.flatMap(({ labels }) => labels),
      suggestion,
    });
    const [finding] = surroundings.findings;
    return { ...told(request, reasons, suggestion), ...severityOf(finding), url, proposals };
  });
}

interface Weighed {
  request: PullRequestSubject;
  reasons: readonly WeighedReason[];
}

/** What takes back or mends first, then the weightier; of equals the older. What a program opened comes last. */
function compare(one: Weighed, other: Weighed): number {
  return (
    Number(one.request.isByBot) - Number(other.request.isByBot) ||
    Number(isUrgent(other)) - Number(isUrgent(one)) ||
    weightOf(other) - weightOf(one) ||
    (one.request.openedAt ?? 0) - (other.request.openedAt ?? 0) ||
    (one.request.id < other.request.id ? -1 : 1)
  );
}

function isUrgent({ reasons }: Weighed): boolean {
  return reasons.some(({ kind }) => kind === 'takes_back' || kind === 'hotfix');
}

function weightOf({ reasons }: Weighed): number {
  return reasons.reduce((sum, { weight }) => sum + weight, 0);
}

function severityOf(
  finding: SignalFinding | undefined,
): Pick<TriagedRequest, 'severity' | 'findingId'> {
  return { severity: finding?.severity ?? null, findingId: finding?.id ?? null };
}

function told(
  request: PullRequestSubject,
  reasons: readonly WeighedReason[],
  suggestion: ReviewerSuggestion | null,
): Omit<TriagedRequest, 'severity' | 'findingId' | 'url' | 'proposals'> {
  const { id, key, title, isByBot, waitingFor, waitingSince, openedAt } = request;
  return {
    id,
    key,
    title,
    isByBot,
    waitingFor,
    since: waitingSince ?? openedAt,
    reasons: reasons.map(({ weight: _, ...reason }) => reason),
    reviewers: (suggestion?.reviewers ?? []).map(
      ({ personId, displayName, reasons: why, evidence }) => ({
        personId,
        displayName,
        reasons: why.map(({ text }) => text),
        evidence,
      }),
    ),
    nobodyBecause: suggestion?.nobodyBecause ?? null,
  };
}

/** Reviewers are suggested for what waits for a review, the first ones of the order. */
async function suggestFor(
  reader: BriefReader,
  ordered: readonly PullRequestSubject[],
): Promise<ReadonlyMap<string, ReviewerSuggestion>> {
  const waiting = ordered.filter(({ waitingFor }) => waitingFor === 'review');
  const ids = waiting.slice(0, mostSuggestedFor).map(({ id }) => id);
  const suggestions = ids.length === 0 ? [] : await reader.reviewers.suggest(ids);
  return new Map(suggestions.map((suggestion) => [suggestion.pullRequestId, suggestion]));
}

interface Around {
  pages: WorkPages;
  of(request: PullRequestSubject): RequestSurroundings;
}

async function readSurroundings(reader: BriefReader): Promise<Around> {
  const findings = Map.groupBy(await allFindings(reader), ({ subjectId }) => subjectId);
  const items = await reader.signals.subjects('work_item');
  const byKey = new Map(items.map((item): [string, WorkItemSubject] => [item.key, item]));
  const waitingFor = new Map<string, WorkItemSubject[]>();
  for (const item of items) {
    for (const key of item.blockedByKeys) {
      waitingFor.set(key, [...(waitingFor.get(key) ?? []), item]);
    }
  }
  const pipelines = await reader.signals.subjects('pipeline');
  const red = Map.groupBy(
    pipelines.filter(({ lastResult }) => lastResult === 'failure'),
    ({ repository }): string => repository ?? '',
  );
  const none: readonly PipelineSubject[] = [];
  return {
    pages: await workPages(reader),
    of: ({ id, repository, workItemKeys, isOnDefaultBranch }) => ({
      findings: findings.get(id) ?? [],
      items: workItemKeys.flatMap((key) => byKey.get(key) ?? []),
      waitingItems: workItemKeys.flatMap((key) => waitingFor.get(key) ?? []),
      redPipelines:
        isOnDefaultBranch === false || repository === null ? none : (red.get(repository) ?? none),
    }),
  };
}
