import { countOf, formatShare } from '../format.ts';
import type { AiMarkCount, TeamReport } from './team-report.ts';

const fewContributors = 3;

/** Returns who is behind the work, in one line. */
export function peopleLine({ people }: TeamReport): string {
  return [
    countOf(people.humans, 'person', 'people'),
    ...(people.codingAgents > 0 ? [countOf(people.codingAgents, 'coding agent')] : []),
    ...(people.serviceBots > 0 ? [countOf(people.serviceBots, 'bot')] : []),
  ].join(', ');
}

function fewContributorsNote({ contributors }: TeamReport): string | null {
  if (contributors === null || contributors > fewContributors) return null;
  return `${countOf(contributors, 'contributor')} in this window: figures of so few describe single people; read them together.`;
}

/** Returns what has to be known before any figure is read. */
export function reportNotes(report: TeamReport): string[] {
  return [report.windowNote, fewContributorsNote(report)].filter((note) => note !== null);
}

/** Returns the heading over the findings, true to their number. */
export function findingsHeading({ findings }: TeamReport): string {
  if (findings.length === 3) return 'Three things worth looking at';
  if (findings.length === 2) return 'Two things worth looking at';
  return findings.length === 1 ? 'One thing worth looking at' : 'What stands out';
}

/** Returns the share that carries a mark: a lower bound, because no mark means unknown. */
export function markedShare(count: AiMarkCount): string {
  const marked = count.agentAuthored + count.assisted;
  if (count.total === 0) return 'unknown';
  return marked === 0 ? 'none marked' : `at least ${formatShare(marked / count.total)}`;
}

/** Returns how the assistant is connected; the last line of every report. */
export const defaultConnectCommand = 'adjutant mcp install --client claude';
