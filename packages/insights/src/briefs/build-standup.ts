import type { WorkKind } from '@adjutant/core';
import type { PullRequestSubject, WorkItemSubject } from '@adjutant/core/domain';
import { countOf } from '../format.ts';
import { spokenHours } from '../signals/spoken-hours.ts';
import { allFindings } from './all-findings.ts';
import { type BriefLine, lineOf, sectionOf } from './brief.ts';
import type { BriefDraft, BriefMoment } from './brief-draft.ts';
import { cameUpAmong } from './came-up.ts';
import { startOfPreviousWeekday } from './previous-weekday.ts';
import { subjectLines } from './subject-lines.ts';
import { finishedWorkLines, nameOf } from './work-lines.ts';
import { type WorkPages, workPages } from './work-pages.ts';
import type { BriefReader } from './brief-reader.ts';

/** Rules whose findings say that somebody cannot go on. */
const holdsUp: ReadonlySet<string> = new Set([
  'blocked-story',
  'blocker-in-thread',
  'red-main-branch',
  'deployment-failing',
  'waiting-for-review',
  'waiting-for-author',
]);

/** Returns what happened since the last weekday began, what goes on and what is held up: by work, not by person. */
export async function buildStandup(
  handle: BriefReader,
  { now, from }: BriefMoment,
): Promise<BriefDraft> {
  const window = { from: from ?? startOfPreviousWeekday(now, handle.timeZone), to: now };
  const pages = await workPages(handle);
  const findings = await allFindings(handle);
  const held = findings.filter(({ ruleId }) => holdsUp.has(ruleId));
  const cameUpAt = cameUpAmong(findings);
  const fresh = findings.filter(
    (finding) => cameUpAt(finding) >= window.from && !held.includes(finding),
  );
  return {
    title: 'Standup',
    window,
    sections: [
      sectionOf('done', 'Done', await doneLines(handle, window, pages), {
        most: 12,
        empty: 'Nothing was finished.',
      }),
      sectionOf('under-way', 'Under way', await underWayLines(handle, pages), {
        most: 12,
        empty: 'Nothing is under way.',
      }),
      sectionOf('held-up', 'Held up', subjectLines(held, pages), {
        most: 10,
        empty: 'Nothing is held up.',
      }),
      sectionOf('new', 'New since then', subjectLines(fresh, pages), {
        empty: 'Nothing new stands out.',
      }),
    ],
    notes: [],
  };
}

/** What was planned comes first; what comes by the dozen is counted. */
async function doneLines(
  handle: BriefReader,
  window: BriefDraft['window'],
  pages: WorkPages,
): Promise<BriefLine[]> {
  const finished = async (kind: WorkKind, state: string, verb: string): Promise<BriefLine[]> => {
    const text = (work: Parameters<typeof nameOf>[0]): string => `${nameOf(work)} ${verb}.`;
    return finishedWorkLines(handle, { kind, state, window, text }, pages);
  };
  const items = await finished('work_item', 'done', 'is done');
  const isOfRepository = ({ about }: BriefLine): boolean => about?.key.includes('#') === true;
  const deployments = await finished('deployment', 'success', 'was deployed');
  return [
    ...items.filter((line) => !isOfRepository(line)),
    ...(await finished('incident', 'resolved', 'was resolved')),
    ...together(deployments, (count) => `${countOf(count, 'deployment')} succeeded.`),
    ...(await finished('pull_request', 'merged', 'was merged')),
    ...together(
      items.filter(isOfRepository),
      (count) =>
        `${countOf(count, 'issue')} of repositories ${count === 1 ? 'was' : 'were'} closed.`,
    ),
  ];
}

/** One line for what nobody reads one by one; none where there is none. */
function together(lines: readonly BriefLine[], text: (count: number) => string): BriefLine[] {
  if (lines.length <= 1) return [...lines];
  const evidence = lines.flatMap((line) => line.evidence);
  return [lineOf({ text: text(lines.length), evidence })];
}

/** What is in progress, the longest first; after it pull requests that no such item stands for. */
async function underWayLines(handle: BriefReader, pages: WorkPages): Promise<BriefLine[]> {
  const items = (await handle.signals.subjects('work_item')).filter(
    ({ statusCategory, kind }) => statusCategory === 'in_progress' && kind !== 'epic',
  );
  const keys = new Set(items.map(({ key }) => key));
  const requests = (await handle.signals.subjects('pull_request')).filter(
    ({ state, isByBot, workItemKeys }) =>
      state === 'open' && !isByBot && !workItemKeys.some((key) => keys.has(key)),
  );
  return [
    ...items
      .toSorted((one, other) => (other.inProgressHours ?? 0) - (one.inProgressHours ?? 0))
      .map(itemLine),
    ...requests
      .toSorted((one, other) => (other.ageHours ?? 0) - (one.ageHours ?? 0))
      .map((request) => requestLine(request, pages)),
  ];
}

function itemLine({
  id,
  key,
  title,
  inProgressHours,
  startedAt,
  evidence,
}: WorkItemSubject): BriefLine {
  const since = inProgressHours === null ? '' : ` for ${spokenHours(inProgressHours)}`;
  return lineOf({
    text: since === '' ? `${key} is in progress.` : `${key} has been in progress${since}.`,
    about: { id, key, title, url: null },
    since: startedAt,
    evidence,
  });
}

const turns: Readonly<Record<PullRequestSubject['waitingFor'], string>> = {
  review: 'waits for review',
  author: 'waits for its author',
  merge: 'is approved',
  nobody: 'is a draft',
};

function requestLine(request: PullRequestSubject, pages: WorkPages): BriefLine {
  const { id, key, title, repository, waitingFor, waitingSince, openedAt, evidence } = request;
  return lineOf({
    text: `${key} ${turns[waitingFor]}.`,
    about: { id, key, title, url: pages.of(repository, key) },
    since: waitingSince ?? openedAt,
    evidence,
  });
}
