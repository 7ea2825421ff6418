import { defineMetric } from '@adjutant/core/domain';
import { botCountCaveat, openingCaveat } from '../caveats.ts';
import { durationPart } from '../durations.ts';
import { unknownOutcome } from '../outcome.ts';
import { noPercentiles } from '../percentile.ts';

export const openWork = defineMetric({
  id: 'open_work',
  title: 'Open pull requests',
  unit: 'count',
  definition:
    'Pull requests that are open at the instant of the figure: opened, and neither merged nor closed yet. Drafts count. The part is their age, elapsed time since the opening, nights and weekends included. Whether the sources show open pull requests at all is told by the openings: where not one pull request has a known opening, as in a bare clone, the count is unknown and not 0.',
  source: 'The Kanban Guide, work in progress and work item age: https://kanbanguides.org/',
  version: 1,
  subject: 'pull_request',
  columns: ['openedAt', 'mergedAt', 'closedAt', 'authorIsBot'],
  windowColumn: null,
  openBetween: { from: 'openedAt', until: ['mergedAt', 'closedAt'] },
  better: 'lower',
  compute({ columns, now, known }) {
    const { openedAt, mergedAt, closedAt } = columns;
    const open: number[] = [];
    for (let row = 0; row < columns.length; row += 1) {
      const ended = mergedAt[row] ?? closedAt[row] ?? null;
      if (ended !== null && ended <= now) continue;
      if ((openedAt[row] ?? now) <= now) open.push(row);
    }
    if (known.rows === known.withoutStart && open.length === 0) {
      return unknownOutcome(
        known.rows === 0
          ? 'No pull request is known, so nothing can be said of open ones.'
          : 'The sources show pull requests only once they are merged, so open ones are unknown.',
      );
    }
    // Oldest first: whoever asks for the rows wants to see what has waited longest.
    open.sort((left, right) => (openedAt[left] ?? now) - (openedAt[right] ?? now) || left - right);
    const ages = Float64Array.from(open, (row) => now - (openedAt[row] ?? Number.NaN));
    const bots = open.filter((row) => columns.authorIsBot[row] === true).length;
    return {
      value: open.length,
      ...noPercentiles,
      sampleSize: open.length,
      parts: [{ ...durationPart('age', 'Age', ages), unit: 'hours' }],
      caveats: [...openingCaveat(known), ...botCountCaveat(bots, open.length)],
      evidence: open,
    };
  },
});
