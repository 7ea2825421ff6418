import { createHash } from 'node:crypto';
import type { ReviewerReason } from './handle.ts';

/** What makes somebody a candidate, the strongest first. */
export const grounds = ['owns', 'knows_files', 'knows_folder', 'knows_repository'] as const;
export type Ground = (typeof grounds)[number];

/** Somebody who could review, with what stays in here: no figure of it is told to anybody. */
export interface Candidate {
  personId: string;
  ground: Ground;
  reasons: readonly ReviewerReason[];
  evidence: readonly string[];
  /** Open pull requests that wait for a review of this person. */
  openRequests: number;
  /** Null where no time zone is known. @unit ms */
  untilWorkingTime: number | null;
}

const mostSuggested = 2;

/**
 * Returns whom to ask: owners before whoever knows the files, these before whoever knows the folder.
 * Among equals whoever has fewer open requests, then whose working time it is or will be next; what is
 * still equal is told apart by what is asked about, so that not the same person comes first each time.
 */
export function chooseReviewers(
  pullRequestId: string,
  candidates: readonly Candidate[],
): Candidate[] {
  const lot = new Map(
    candidates.map(({ personId }) => [personId, lotOf(pullRequestId, personId)] as const),
  );
  return candidates
    .toSorted(
      (one, other) =>
        grounds.indexOf(one.ground) - grounds.indexOf(other.ground) ||
        one.openRequests - other.openRequests ||
        waitOf(one) - waitOf(other) ||
        ((lot.get(one.personId) ?? '') < (lot.get(other.personId) ?? '') ? -1 : 1),
    )
    .slice(0, mostSuggested);
}

const unknownWaitMs = 4 * 3_600_000;

/** Where nothing is known it is as likely as not: later than now, sooner than tomorrow. */
function waitOf({ untilWorkingTime }: Candidate): number {
  return untilWorkingTime ?? unknownWaitMs;
}

function lotOf(pullRequestId: string, personId: string): string {
  return createHash('sha256').update(`${pullRequestId}\n${personId}`).digest('hex');
}
