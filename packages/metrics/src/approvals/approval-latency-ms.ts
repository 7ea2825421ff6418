import { defineMetric } from '@adjutant/core/domain';
import { shareCaveat, smallSampleCaveat } from '../caveats.ts';
import { noDecisionReason, peopleDecided } from '../decided-actions.ts';
import { durationsBetween, isKnown, weeklyMedians } from '../durations.ts';
import { unknownOutcome } from '../outcome.ts';
import { percentilesOf } from '../percentile.ts';

export const approvalLatencyMs = defineMetric({
  id: 'approval_latency_ms',
  title: 'Approval latency',
  unit: 'ms',
  definition:
    'Milliseconds from the moment a proposed action first stood prepared, so that people could decide about it, to the decision that settled it, approval or refusal; it belongs to the week of that decision. Where several people must agree, it ends with the last of them; where somebody changed the action first, it still began with the first proposal. Actions that policy let run waited for nobody and stay out; so does what expired undecided. It counts nights and weekends, and says nothing about any one person: who decided is not read.',
  source: 'Own definition, over the ledger of actions; the same as `actions.statistics`.',
  version: 1,
  subject: 'action',
  columns: ['preparedAt', 'decidedAt', 'byPolicy'],
  windowColumn: 'decidedAt',
  better: 'neutral',
  isDetail: true,
  compute({ columns, window, now }) {
    const rows = columns.length;
    if (rows === 0) return unknownOutcome(noDecisionReason);
    const byPeople = peopleDecided(columns.byPolicy);
    if (byPeople.length === 0) {
      return unknownOutcome('Policy let every action of this window run: nobody was waited for.');
    }
    const measured = durationsBetween(columns.preparedAt, columns.decidedAt);
    const waits = new Float64Array(rows).fill(Number.NaN);
    for (const row of byPeople) waits[row] = measured[row] ?? Number.NaN;
    const known = byPeople.filter((row) => isKnown(waits, row));
    if (known.length === 0) {
      return unknownOutcome(
        'People decided in this window, but since when they could is not known.',
      );
    }
    const spread = percentilesOf(Float64Array.from(known, (row) => waits[row] ?? Number.NaN));
    const noun = 'decided action';
    return {
      value: spread.p50,
      ...spread,
      sampleSize: known.length,
      series: weeklyMedians(waits, columns.decidedAt, window, now, new Float64Array(rows), 1),
      caveats: [
        ...shareCaveat(
          rows - byPeople.length,
          rows,
          noun,
          ['was', 'were'],
          'left to policy and waited for nobody.',
        ),
        ...shareCaveat(
          byPeople.length - known.length,
          rows,
          noun,
          ['has', 'have'],
          'no known wait.',
        ),
        ...smallSampleCaveat(known.length, 'decision'),
      ],
      evidence: known,
    };
  },
});
