import { defineMetric } from '@adjutant/core/domain';
import { botCountCaveat, openingCaveat, shareCaveat } from '../caveats.ts';
import { sharePart } from '../counts.ts';
import { durationPart } from '../durations.ts';
import { unknownOutcome } from '../outcome.ts';
import { noPercentiles } from '../percentile.ts';
import { dayMs } from '../week-buckets.ts';

const staleAfterMs = 14 * dayMs;

export const stalePullRequests = defineMetric({
  id: 'stale_pull_requests',
  title: 'Stale pull requests',
  unit: 'count',
  definition:
    'Pull requests that are open at the instant of the figure and to which nothing has happened for 14 days or more. What counts as an act: the opening, a commit authored since, a force-push, a review, comment or request by a person, the author included, and a change between draft, ready, closed and open; what a bot answers is none, so a reminder does not make one fresh. Drafts count, and so do weekends. The parts are how long they have been quiet, and their share of the open ones. Of an instant in the past it is unknown whether something was stale then to which something has happened since. Where no source shows openings, as in a clone, the count is unknown and not 0.',
  source: 'Own definition; 14 days are our own limit.',
  version: 1,
  subject: 'pull_request',
  columns: ['openedAt', 'mergedAt', 'closedAt', 'lastActivityAt', 'authorIsBot'],
  windowColumn: null,
  openBetween: { from: 'openedAt', until: ['mergedAt', 'closedAt'] },
  better: 'lower',
  isDetail: true,
  compute({ columns, now, known }) {
    const { openedAt, mergedAt, closedAt, lastActivityAt } = columns;
    const stale: number[] = [];
    let open = 0;
    let unclear = 0;
    for (let row = 0; row < columns.length; row += 1) {
      const opening = openedAt[row] ?? null;
      if (opening === null) continue;
      const ended = mergedAt[row] ?? closedAt[row] ?? null;
      if (opening > now || (ended !== null && ended <= now)) continue;
      open += 1;
      const last = lastActivityAt[row] ?? null;
      // Quiet since an act that is later than the instant asked for: what came before it is not kept.
      const isYoung = now - opening < staleAfterMs;
      if (!isYoung && (last === null || last > now)) unclear += 1;
      else if (last !== null && now - last >= staleAfterMs) stale.push(row);
    }
    if (known.rows === known.withoutStart) {
      return unknownOutcome(
        known.rows === 0
          ? 'No pull request is known, so nothing can be said of stale ones.'
          : 'The sources show pull requests only once they are merged, so open ones are unknown.',
      );
    }
    if (open > 0 && unclear === open) return unknownOutcome(onlyUnclear);
    // Quiet for longest first: whoever asks for the rows wants to see those.
    const quietSince = (row: number): number => lastActivityAt[row] ?? now;
    stale.sort((left, right) => quietSince(left) - quietSince(right) || left - right);
    const quiet = Float64Array.from(stale, (row) => now - quietSince(row));
    const bots = stale.filter((row) => columns.authorIsBot[row] === true).length;
    return {
      value: stale.length,
      ...noPercentiles,
      sampleSize: open - unclear,
      parts: [
        { ...durationPart('quiet', 'Quiet for', quiet), unit: 'hours' },
        sharePart('share_of_open', 'Share of open ones', stale.length, open - unclear),
      ],
      caveats: [
        ...openingCaveat(known),
        ...shareCaveat(unclear, open, 'open pull request', ['is', 'are'], actedSince),
        ...botCountCaveat(bots, stale.length),
      ],
      evidence: stale,
    };
  },
});

const actedSince =
  'left out: something has happened since, and how quiet it was before is not kept.';
const onlyUnclear =
  'Something has happened since that instant to every pull request that was open then, so how quiet they were is not known.';
