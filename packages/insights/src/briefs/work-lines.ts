import { quotedName } from '../outside-text/quoted-name.ts';
import type { WorkKind, WorkSummary } from '@adjutant/core';
import type { Window } from '@adjutant/core/domain';
import { listWorkIn } from '../report/list-work.ts';
import { type BriefLine, lineOf } from './brief.ts';
import type { WorkPages } from './work-pages.ts';
import type { BriefReader } from './brief-reader.ts';

const mostRead = 200;

/** Returns pieces of work that ended in a window as lines, the newest first. */
export async function finishedWorkLines(
  handle: BriefReader,
  query: { kind: WorkKind; state: string; window: Window; text: (work: WorkSummary) => string },
  pages: WorkPages,
): Promise<BriefLine[]> {
  const { kind, state, window } = query;
  const { items } = await listWorkIn(handle, { kind, state }, window, mostRead);
  return items.map((work) => workLine(work, query.text(work), pages));
}

/** Returns the incidents that ended in a window as lines, the newest first. */
export async function resolvedIncidentLines(
  handle: BriefReader,
  window: Window,
  pages: WorkPages,
): Promise<BriefLine[]> {
  const text = (work: WorkSummary): string => `${quotedName(nameOf(work))} was resolved.`;
  return finishedWorkLines(handle, { kind: 'incident', state: 'resolved', window, text }, pages);
}

/** Returns one piece of work as a line. */
export function workLine(work: WorkSummary, text: string, pages: WorkPages): BriefLine {
  const { id, key, title, repository } = work;
  return lineOf({
    text,
    about: { id, key: nameOf(work), title, url: pages.of(repository, key) },
    since: work.finishedAt ?? work.startedAt,
    evidence: [id],
  });
}

/** Returns how people name a piece of work: with its repository where its key is a number there. */
export function nameOf({ repository, key }: Pick<WorkSummary, 'repository' | 'key'>): string {
  return repository !== null && /^[#!]/.test(key) ? `${repository}${key}` : key;
}
