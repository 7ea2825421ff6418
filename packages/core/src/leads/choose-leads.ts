/** A repository as one source shows it, with what decides whether that source leads. */
export interface LeadCandidate {
  source: string;
  externalId: string;
  /** Where it lies now; null for a folder that no other source can know. */
  origin: string | null;
  formerOrigins: readonly string[];
  /** False where its source knows only what was sent to it. */
  showsCode: boolean;
  /** Whether the configuration still names its source. */
  active: boolean;
  /** Whether its first backfill is over. */
  complete: boolean;
  showsReviews: boolean;
}

export interface Follower {
  follower: LeadCandidate;
  lead: LeadCandidate;
}

/**
 * Returns which repositories follow another source's row of the same repository. Of several, the one
 * leads whose source shows code at all, that is still read, whose first backfill is over and whose
 * source shows reviews, in this order; among equals the first by name. Pure, and the order of the input
 * does not matter.
 */
export function chooseLeads(candidates: readonly LeadCandidate[]): Follower[] {
  const followers: Follower[] = [];
  for (const group of groupByPlace(candidates)) {
    const [lead, ...rest] = group.toSorted(byRank);
    if (lead === undefined) continue;
    // Two rows of one source are two repositories, whatever they are called.
    for (const follower of rest) {
      if (follower.source !== lead.source) followers.push({ follower, lead });
    }
  }
  return followers;
}

function byRank(one: LeadCandidate, other: LeadCandidate): number {
  return (
    Number(other.showsCode) - Number(one.showsCode) ||
    Number(other.active) - Number(one.active) ||
    Number(other.complete) - Number(one.complete) ||
    Number(other.showsReviews) - Number(one.showsReviews) ||
    compare(one.source, other.source) ||
    compare(one.externalId, other.externalId)
  );
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** Those that lie at one place, a place that a repository has left counting as where it is now. */
function groupByPlace(candidates: readonly LeadCandidate[]): LeadCandidate[][] {
  const sourcesByOrigin = new Map<string, Set<string>>();
  for (const { origin, source } of candidates) {
    if (origin === null) continue;
    const sources = sourcesByOrigin.get(origin);
    if (sources === undefined) sourcesByOrigin.set(origin, new Set([source]));
    else sources.add(source);
  }
  const movedTo = new Map<string, string>();
  for (const { source, origin, formerOrigins } of candidates) {
    if (origin === null) continue;
    for (const former of formerOrigins) {
      // A former name that the same source has given to another repository means that one.
      if (former !== origin && !sourcesByOrigin.get(former)?.has(source)) {
        movedTo.set(former, origin);
      }
    }
  }
  const groups = new Map<string, LeadCandidate[]>();
  for (const candidate of candidates) {
    if (candidate.origin !== null) push(groups, follow(movedTo, candidate.origin), candidate);
  }
  return [...groups.values()];
}

/** Follows renames to their end; two that swapped names lead in a circle and stay where they are. */
function follow(movedTo: ReadonlyMap<string, string>, origin: string): string {
  const seen = new Set<string>();
  let place = origin;
  for (let next = movedTo.get(place); next !== undefined; next = movedTo.get(place)) {
    if (seen.has(next)) return origin;
    seen.add(next);
    place = next;
  }
  return place;
}

function push(groups: Map<string, LeadCandidate[]>, key: string, candidate: LeadCandidate): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [candidate]);
  else group.push(candidate);
}
