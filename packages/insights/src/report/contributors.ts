import { largestShareBand } from '@adjutant/core/ports';
import type { PersonSummary, WorkspaceHandle } from '@adjutant/core';
import type { Window } from '@adjutant/core/domain';
import { instantOf } from './list-work.ts';
import type { RepositoryWork } from './repository-work.ts';
import type { ReportRepository } from './team-report.ts';

const pageSize = 200;
const mostPeople = 5_000;

/** The people of a workspace, as far as counting them needs it. */
export interface Roster {
  names: string[];
  total: number;
  isComplete: boolean;
}

/** Reads the names of all people. */
export async function readRoster(handle: WorkspaceHandle): Promise<Roster> {
  const people: PersonSummary[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await handle.findPeople({ limit: pageSize, cursor });
    people.push(...page.items);
    const isLast = page.nextCursor === null || page.items.length === 0;
    if (isLast || people.length >= mostPeople) {
      const names = people.map((person) => person.displayName);
      return { names, total: page.total, isComplete: isLast };
    }
    cursor = page.nextCursor ?? undefined;
  }
}

/** Returns how many distinct people authored merges or commits in a window; null where none are shown. */
export function countContributors(
  works: readonly RepositoryWork[],
  roster: Roster,
  window: Window,
): number | null {
  const humans = new Set(roster.names);
  const seen = new Set<string>();
  for (const work of works) {
    for (const item of [...work.commits.items, ...work.merges.items]) {
      const at = instantOf(item);
      if (at === null || at < window.from || at >= window.to) continue;
      // Agents and bots are no people; whoever is not on the roster is one of them.
      if (item.author !== null && humans.has(item.author)) seen.add(item.author);
    }
  }
  return seen.size === 0 ? null : seen.size;
}

/**
 * Returns how the commits read from a repository spread over people, naming none: the largest share in
 * whole tenths, and of five people or more. Null where two people share a name, because then one could
 * be taken for both.
 */
export function contributorSpread(
  work: RepositoryWork,
  roster: Roster,
): ReportRepository['contributors'] {
  const timesNamed = new Map<string, number>();
  for (const name of roster.names) timesNamed.set(name, (timesNamed.get(name) ?? 0) + 1);
  const commitsByName = new Map<string, number>();
  let commitsRead = 0;
  let isAmbiguous = !roster.isComplete;
  for (const { author } of work.commits.items) {
    const times = author === null ? 0 : (timesNamed.get(author) ?? 0);
    if (author === null || times === 0) continue;
    if (times > 1) isAmbiguous = true;
    commitsRead += 1;
    commitsByName.set(author, (commitsByName.get(author) ?? 0) + 1);
  }
  if (isAmbiguous || commitsRead === 0) return { people: null, largestShare: null, commitsRead };
  const largestShare = largestShareBand([...commitsByName.values()]);
  return { people: commitsByName.size, largestShare, commitsRead };
}
