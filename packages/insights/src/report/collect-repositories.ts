import { dayMs } from '../format.ts';
import { plainText } from '../outside-text/plain-text.ts';
import { contributorSpread, type Roster } from './contributors.ts';
import { workEvidence, workRow } from './evidence-rows.ts';
import { instantOf, type ListedWork } from './list-work.ts';
import type { RepositoryWork } from './repository-work.ts';
import type { ReportRepository } from './team-report.ts';

/** Rows that a repository's own counts open; its figures have more. */
const rowsShown = 50;

/** Returns one repository with its work, its release rhythm and how its commits spread. */
export function describeRepository(work: RepositoryWork, roster: Roster): ReportRepository {
  const { repository, page } = work;
  return {
    id: repository.id,
    name: plainText(repository.fullName ?? repository.name, 120),
    source: repository.source,
    url: page,
    mergeStyle: repository.mergeStyle,
    commitCount: repository.commitCount,
    mergedCount: repository.mergedCount,
    firstCommitAt: repository.firstCommitAt,
    lastCommitAt: repository.lastCommitAt,
    commits: workEvidence(work.commits, page, rowsShown),
    merges: workEvidence(work.merges, page, rowsShown),
    releases: releaseRhythm(work),
    contributors: contributorSpread(work, roster),
  };
}

function releaseRhythm(work: RepositoryWork): ReportRepository['releases'] {
  const { releases, page } = work;
  const [last] = releases.items;
  // Where merges leave no trace, commits are what waits.
  const waitingKind = work.merges.items.length === 0 ? 'commit' : 'merge';
  const listed = waitingKind === 'merge' ? work.merges : work.commits;
  return {
    last: last === undefined ? null : workRow(last, page),
    evidence: workEvidence(releases, page, rowsShown),
    medianGapDays: medianGapDays(releases),
    waiting: last === undefined ? null : waitingSince(listed, instantOf(last), page),
    waitingKind,
  };
}

function waitingSince(listed: ListedWork, releasedAt: number | null, page: string | null) {
  if (releasedAt === null) return null;
  const items = listed.items.filter((item) => (instantOf(item) ?? 0) > releasedAt);
  // Reading went back to the window's begin only, or to a bound: an older release may have more behind it.
  const readAllSince = listed.isComplete && items.length < listed.items.length;
  return workEvidence({ items, isComplete: readAllSince || items.length === 0 }, page);
}

/** Returns the median time between releases; null below three of them. @unit days */
function medianGapDays(releases: ListedWork): number | null {
  const instants = releases.items.flatMap((item) => instantOf(item) ?? []);
  const gaps = instants
    .slice(1)
    .map((instant, index) => ((instants[index] ?? instant) - instant) / dayMs)
    // Several tags of one moment (a monorepo's packages) are one release.
    .filter((days) => days > 1 / 24)
    .toSorted((left, right) => left - right);
  if (gaps.length < 2) return null;
  const middle = (gaps.length - 1) / 2;
  const lower = gaps[Math.floor(middle)] ?? 0;
  const upper = gaps[Math.ceil(middle)] ?? 0;
  return (lower + upper) / 2;
}
