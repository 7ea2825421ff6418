import { createHash } from 'node:crypto';
import type { ReviewerReason } from './handle.ts';

/** What makes somebody a candidate, the strongest first. */
export const grounds = ['owns', 'knows_files', 'knows_folder', 'knows_repository'] as const;
export type Ground = (typeof grounds)[number];

/** Somebody who could review. */
export interface Candidate {
  personId: string;
  ground: Ground;
  reasons: readonly ReviewerReason[];
  evidence: readonly string[];
  isWorkingTime: boolean;
}

/** What tells equals apart. It stays in here: nothing of it is told to anybody. */
export interface TellingApart {
  /** How many open pull requests wait for a review of somebody. */
  waitingFor(personId: string): number;
  /** Null where no time zone is known. @unit ms */
  untilWorkingTime(personId: string): number | null;
}

const mostSuggested = 2;
/** Where nothing is known it is as likely as not: later than now, sooner than tomorrow. */
const unknownWaitMs = 4 * 3_600_000;

/**
 * Returns whom to ask: owners before whoever knows the files, these before whoever knows the folder.
 * Among equals whoever has fewer open requests, then whose working time it is or will be next; what is
 * still equal is told apart by what is asked about, so that not the same person comes first each time.
 */
export function chooseReviewers(
  pullRequestId: string,
  candidates: readonly Candidate[],
  apart: TellingApart,
): Candidate[] {
  const waitOf = ({ personId }: Candidate): number =>
    apart.untilWorkingTime(personId) ?? unknownWaitMs;
  const lot = new Map(
    candidates.map(({ personId }) => [personId, lotOf(pullRequestId, personId)] as const),
  );
  return candidates
    .toSorted(
      (one, other) =>
        grounds.indexOf(one.ground) - grounds.indexOf(other.ground) ||
        apart.waitingFor(one.personId) - apart.waitingFor(other.personId) ||
        waitOf(one) - waitOf(other) ||
        ((lot.get(one.personId) ?? '') < (lot.get(other.personId) ?? '') ? -1 : 1),
    )
    .slice(0, mostSuggested);
}

function lotOf(pullRequestId: string, personId: string): string {
  return createHash('sha256').update(`${pullRequestId}\n${personId}`).digest('hex');
}
