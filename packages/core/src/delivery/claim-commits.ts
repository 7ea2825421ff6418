import type { DeploymentChange } from '../domain.ts';

/** Something that carries the history of a commit to users: a deployment or a release. */
export interface Carrier {
  externalId: string;
  sha: string | null;
  finishedAt: number;
}

/** A merge whose commit may not be in the history that is known. */
export interface DatedMerge {
  sha: string;
  mergedAt: number;
}

export interface Claim {
  carrier: string;
  sha: string;
  method: DeploymentChange['method'];
}

export interface ClaimInput {
  /** In the order in which they finished. */
  carriers: readonly Carrier[];
  parentsOf: (sha: string) => readonly string[] | undefined;
  merges: readonly DatedMerge[];
  /** Called now and then, so that a long history does not hold the event loop. */
  pause: () => Promise<void>;
}

const visitsBetweenPauses = 4_000;

/**
 * Returns which commits each carrier was the first to carry: those that its commit reaches and no
 * earlier carrier's did. Of the first carrier only its own commit is claimed, because what lay
 * before it may have been out long since. Where a carrier's commit is not in the known history, or none
 * before it was, the merges since the carrier before it are claimed by time alone, and marked so.
 * @source commit graph difference to the previous success
 */
export async function claimCommits(input: ClaimInput): Promise<Claim[]> {
  const { carriers, parentsOf, merges } = input;
  const claims: Claim[] = [];
  const carried = new Set<string>();
  const visit = createVisitor(parentsOf, carried, input.pause);
  let hasKnownBefore = false;
  for (const [position, carrier] of carriers.entries()) {
    const { externalId, sha } = carrier;
    // A commit that is deployed again was carried before.
    if (sha !== null && !carried.has(sha)) {
      claims.push({ carrier: externalId, sha, method: 'exact_sha' });
    }
    const before = carriers[position - 1];
    const reached = sha !== null && parentsOf(sha) !== undefined ? await visit(sha) : null;
    if (reached !== null && hasKnownBefore) {
      for (const found of reached) {
        if (found !== sha) claims.push({ carrier: externalId, sha: found, method: 'graph_diff' });
      }
    } else if (before !== undefined) {
      // Without a known commit before, all history would be the difference: only what was merged since is.
      const isNew = reached === null ? (of: string) => !carried.has(of) : isIn(reached);
      for (const merge of merges) {
        const inBetween =
          merge.mergedAt > before.finishedAt && merge.mergedAt <= carrier.finishedAt;
        if (!inBetween || !isNew(merge.sha) || merge.sha === sha) continue;
        carried.add(merge.sha);
        claims.push({ carrier: externalId, sha: merge.sha, method: 'time' });
      }
    }
    hasKnownBefore ||= reached !== null;
    if (sha !== null) carried.add(sha);
  }
  return claims;
}

function isIn(shas: readonly string[]): (sha: string) => boolean {
  const known = new Set(shas);
  return (sha) => known.has(sha);
}

/** Walks from a commit to those not carried yet, and remembers them. */
function createVisitor(
  parentsOf: ClaimInput['parentsOf'],
  carried: Set<string>,
  pause: ClaimInput['pause'],
): (from: string) => Promise<string[]> {
  let visits = 0;
  return async (from) => {
    const found: string[] = [];
    const open = carried.has(from) ? [] : [from];
    for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
      if (carried.has(sha)) continue;
      carried.add(sha);
      found.push(sha);
      for (const parent of parentsOf(sha) ?? []) if (!carried.has(parent)) open.push(parent);
      visits += 1;
      if (visits % visitsBetweenPauses === 0) await pause();
    }
    return found;
  };
}
