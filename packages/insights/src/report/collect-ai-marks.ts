import type { WorkDetail, WorkspaceHandle, WorkSummary } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import type { Window } from '@adjutant/core/domain';
import { plainText } from '../outside-text/plain-text.ts';
import { lastFourWeeks, timeBefore } from './compare-weeks.ts';
import { countContributors, type Roster } from './contributors.ts';
import type { EvidenceRow } from './evidence.ts';
import { noEvidence } from './evidence.ts';
import { rowsEvidence, workRow } from './evidence-rows.ts';
import { instantOf } from './list-work.ts';
import type { RepositoryWork } from './repository-work.ts';
import type { AiMarkCount, AiMarks } from './team-report.ts';

/** A figure on AI use is one on people: below this many it is not shown. */
export const fewestPeopleForAiFigures = 5;
/** Marks are read one piece of work at a time; older work than this many is left out. */
const mostWorkRead = 400;

type MarkClass = 'agentAuthored' | 'assisted' | 'declaredNone' | 'unmarked';

interface Marked {
  item: WorkSummary;
  page: string | null;
  at: number;
  class: MarkClass;
  tools: string[];
  origins: string[];
}

/** Counts the marks that coding tools left on merges (on commits where merges are invisible). */
export async function collectAiMarks(
  handle: WorkspaceHandle,
  works: readonly RepositoryWork[],
  roster: Roster,
  window: Window,
): Promise<AiMarks> {
  const subject = works.some((work) => work.merges.items.length > 0) ? 'merge' : 'commit';
  const candidates = newestWork(works, subject, window);
  const read = candidates.slice(0, mostWorkRead);
  const since = candidates.length > read.length ? (read.at(-1)?.at ?? window.from) : window.from;
  const shown = { from: since, to: window.to };
  const hidden = whyHidden(read.length, countContributors(works, roster, shown));
  if (hidden !== null) return hiddenMarks(subject, hidden);
  const marked: Marked[] = [];
  for (const { item, page, at } of read) {
    // A handle that lists no marks is asked for each piece of work.
    const evidence = item.aiEvidence ?? (await readEvidence(handle, item.id));
    if (evidence !== null) marked.push({ item, page, at, ...classify(evidence) });
  }
  const within = (part: Window | null): AiMarkCount | null => {
    const people = part === null ? null : countContributors(works, roster, part);
    if (part === null || part.from < since || (people ?? 0) < fewestPeopleForAiFigures) return null;
    return countMarks(marked, part);
  };
  const rows = marked.filter((mark) => mark.class !== 'unmarked').map(markRow);
  return {
    subject,
    overall: countMarks(marked, shown),
    before: within(clipped(timeBefore(window, 'rest_of_window'), since)),
    after: within(lastFourWeeks(window)),
    tools: countTools(marked),
    unknownReason: null,
    evidence: rowsEvidence(rows, 'newest first'),
  };
}

/** Where reading stopped inside the earlier time, only the read part of it is compared. */
function clipped(part: Window | null, since: number): Window | null {
  return part === null || since >= part.to ? null : { ...part, from: Math.max(part.from, since) };
}

function newestWork(works: readonly RepositoryWork[], subject: AiMarks['subject'], window: Window) {
  const all = works.flatMap((work) =>
    (subject === 'merge' ? work.merges : work.commits).items.flatMap((item) => {
      const at = instantOf(item);
      const isInside = at !== null && at >= window.from && at < window.to;
      return isInside ? [{ item, page: work.page, at }] : [];
    }),
  );
  return all.toSorted((left, right) => right.at - left.at);
}

function whyHidden(read: number, people: number | null): string | null {
  if (read === 0) return 'No merge or commit lies in this window.';
  if (people === null)
    return 'The people behind the work are not known, so it is not known how many there are.';
  if (people >= fewestPeopleForAiFigures) return null;
  return `Figures on the use of coding tools are shown from ${fewestPeopleForAiFigures} people on; here they would describe single persons.`;
}

async function readEvidence(
  handle: WorkspaceHandle,
  id: string,
): Promise<WorkDetail['aiEvidence'] | null> {
  try {
    return (await handle.getWork(id)).aiEvidence;
  } catch (error) {
    // A row may go while the report is made; it then counts nowhere.
    if (AdjutantError.isInstance(error) && error.code === 'NotFound') return null;
    throw error;
  }
}

function classify(evidence: WorkDetail['aiEvidence']): Pick<Marked, 'class' | 'tools' | 'origins'> {
  const has = (name: string): boolean => evidence.some((mark) => mark.class === name);
  const tools = [...new Set(evidence.flatMap((mark) => mark.tool ?? []))];
  const origins = [...new Set(evidence.map((mark) => mark.origin))];
  if (has('agent_authored')) return { class: 'agentAuthored', tools, origins };
  if (has('assisted')) return { class: 'assisted', tools, origins };
  return { class: has('declared_none') ? 'declaredNone' : 'unmarked', tools, origins };
}

function countMarks(marked: readonly Marked[], window: Window): AiMarkCount {
  const inside = marked.filter(({ at }) => at >= window.from && at < window.to);
  const of = (name: MarkClass): number => inside.filter((mark) => mark.class === name).length;
  return {
    window,
    total: inside.length,
    agentAuthored: of('agentAuthored'),
    assisted: of('assisted'),
    declaredNone: of('declaredNone'),
    unmarked: of('unmarked'),
  };
}

function countTools(marked: readonly Marked[]): AiMarks['tools'] {
  const counts = new Map<string, number>();
  for (const tool of marked.flatMap((mark) => mark.tools)) {
    counts.set(tool, (counts.get(tool) ?? 0) + 1);
  }
  return [...counts]
    .map(([tool, count]) => ({ tool: plainText(tool, 60), count }))
    .toSorted((left, right) => right.count - left.count || (left.tool < right.tool ? -1 : 1))
    .slice(0, 12);
}

const classLabels: Record<MarkClass, string> = {
  agentAuthored: 'authored by an agent',
  assisted: 'assisted',
  declaredNone: 'declared without',
  unmarked: 'unknown',
};

function markRow(mark: Marked): EvidenceRow {
  return workRow(mark.item, mark.page, {
    mark: classLabels[mark.class],
    tool: mark.tools.length === 0 ? null : plainText(mark.tools.join(', '), 120),
    foundIn: plainText(mark.origins.join(', '), 60),
  });
}

function hiddenMarks(subject: AiMarks['subject'], unknownReason: string): AiMarks {
  const nothing = { overall: null, before: null, after: null, tools: [] };
  return { subject, ...nothing, unknownReason, evidence: noEvidence };
}
