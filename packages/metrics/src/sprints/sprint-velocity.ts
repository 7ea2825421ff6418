import type {
  CommitmentAdvice,
  SprintFigures,
  SprintRange,
  SprintVelocity,
} from '@adjutant/core/domain';
import { counted } from '../caveats.ts';
import { percentileOf } from '../percentile.ts';

/** Two sprints are chance; the third makes a habit. */
const fewestSprints = 3;

/**
 * Returns what closed sprints completed, and how much the next one should take on: the median, so
 * that one good sprint does not set the mark. Refuses below three closed sprints, and where sprints
 * ran side by side: those are of several boards, and no board completes the median of all.
 */
export function sprintVelocity(sprints: readonly SprintFigures[]): SprintVelocity {
  const known = sprints.filter(({ velocity }) => velocity !== null);
  const items = rangeOf(known.map(({ velocity }) => velocity?.items ?? null));
  const points = rangeOf(known.map(({ velocity }) => velocity?.points ?? null));
  const caveats: string[] = [];
  if (known.length < sprints.length) {
    const left = sprints.length - known.length;
    caveats.push(
      `${counted(left, 'closed sprint')} could not be replayed and ${are(left)} left out.`,
    );
  }
  const unestimated = known.length - (points?.sampleSize ?? 0);
  if (known.length > 0 && unestimated > 0) {
    caveats.push(
      `${counted(unestimated, 'closed sprint')} completed nothing that is estimated, and ${are(unestimated)} left out of the points.`,
    );
  }
  const advice = adviceOf(known, items, points);
  if (advice.status === 'advised' && advice.points === null) {
    caveats.push('Fewer than three sprints have points, so the advice is in items only.');
  }
  return { items, points, advice, caveats };
}

function are(count: number): string {
  return count === 1 ? 'is' : 'are';
}

function rangeOf(values: readonly (number | null)[]): SprintRange | null {
  const known = values.filter((value) => value !== null);
  const median = percentileOf(Float64Array.from(known), 0.5);
  if (median === null) return null;
  return {
    median,
    lowest: Math.min(...known),
    highest: Math.max(...known),
    sampleSize: known.length,
  };
}

function adviceOf(
  sprints: readonly SprintFigures[],
  items: SprintRange | null,
  points: SprintRange | null,
): CommitmentAdvice {
  if (items === null || sprints.length < fewestSprints) {
    return {
      status: 'refused',
      reason: 'insufficient history',
      message: `${counted(sprints.length, 'closed sprint')} can be replayed, and three are needed to say what a sprint holds.`,
    };
  }
  if (runSideBySide(sprints)) {
    return {
      status: 'refused',
      reason: 'sprints run side by side',
      message:
        'Some of these sprints ran at the same time, so they are of several boards, and no board completes what is typical of all of them.',
    };
  }
  return {
    status: 'advised',
    items: Math.floor(items.median),
    points: points !== null && points.sampleSize >= fewestSprints ? points.median : null,
    reason: `The median of what the last ${counted(sprints.length, 'closed sprint')} completed.`,
  };
}

/** More than half of the shorter one lies in both: a late closing alone is no second board. */
function runSideBySide(sprints: readonly SprintFigures[]): boolean {
  const windows = sprints.map(({ window }) => window).filter((window) => window !== null);
  return windows.some((one, index) =>
    windows.slice(index + 1).some((other) => {
      const shared = Math.min(one.to, other.to) - Math.max(one.from, other.from);
      return shared > Math.min(one.to - one.from, other.to - other.from) / 2;
    }),
  );
}
