import type { PullRequestSubject, WorkItemSubject } from '@adjutant/core/domain';
import { spokenHours } from '../signals/spoken-hours.ts';
import { allFindings } from './all-findings.ts';
import { type BriefLine, lineOf, sectionOf } from './brief.ts';
import type { BriefDraft, BriefMoment } from './brief-draft.ts';
import { findingLine } from './finding-line.ts';
import { startOfPreviousWeekday } from './previous-weekday.ts';
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
  const fresh = findings.filter(
    (finding) => finding.openedAt >= window.from && !held.includes(finding),
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
      sectionOf(
        'held-up',
        'Held up',
        held.map((finding) => findingLine(finding, pages)),
        { most: 10, empty: 'Nothing is held up.' },
      ),
      sectionOf(
        'new',
        'New since then',
        fresh.map((finding) => findingLine(finding, pages)),
        { empty: 'Nothing new stands out.' },
      ),
    ],
    notes: [],
  };
}

async function doneLines(
  handle: BriefReader,
  window: BriefDraft['window'],
  pages: WorkPages,
): Promise<BriefLine[]> {
  const parts = [
    { kind: 'work_item', state: 'done', verb: 'is done' },
    { kind: 'pull_request', state: 'merged', verb: 'was merged' },
    { kind: 'deployment', state: 'success', verb: 'was deployed' },
    { kind: 'incident', state: 'resolved', verb: 'was resolved' },
  ] as const;
  const lines: BriefLine[] = [];
  for (const { kind, state, verb } of parts) {
    const text = (work: Parameters<typeof nameOf>[0]): string => `${nameOf(work)} ${verb}.`;
    lines.push(...(await finishedWorkLines(handle, { kind, state, window, text }, pages)));
  }
  return lines;
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
    text: `${key} is in progress${since}.`,
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
