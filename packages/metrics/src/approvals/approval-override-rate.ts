import { defineMetric } from '@adjutant/core/domain';
import { shareCaveat, smallSampleCaveat } from '../caveats.ts';
import { noDecisionReason, peopleDecided } from '../decided-actions.ts';
import { unknownOutcome } from '../outcome.ts';
import { noPercentiles } from '../percentile.ts';
import { shareOutcome } from '../share-outcome.ts';

export const approvalOverrideRate = defineMetric({
  id: 'approval_override_rate',
  title: 'Approval override rate',
  unit: 'share',
  definition:
    'Of the actions that people decided in the window, the share that they declined or changed before it was decided; what was changed and then declined counts once. Actions that policy let run, and what expired undecided, are not decisions of people and stay out. Neither direction is good in itself: a high share may mean poor proposals, one of none may mean that nobody looks. Who decided is not read.',
  source: 'Own definition, over the ledger of actions; the same as `actions.statistics`.',
  version: 1,
  subject: 'action',
  columns: ['decidedAt', 'byPolicy', 'verdict', 'modified'],
  windowColumn: 'decidedAt',
  better: 'neutral',
  isDetail: true,
  compute({ columns, window, now }) {
    const rows = columns.length;
    if (rows === 0) return unknownOutcome(noDecisionReason);
    const byPeople = peopleDecided(columns.byPolicy);
    if (byPeople.length === 0) {
      return unknownOutcome('Policy let every action of this window run: people decided none.');
    }
    const declined = byPeople.filter((row) => columns.verdict[row] === 'decline');
    const changed = byPeople.filter((row) => columns.modified[row] === true);
    const isOverridden = (row: number): boolean =>
      columns.verdict[row] === 'decline' || columns.modified[row] === true;
    const part = (id: string, title: string, positions: readonly number[]) => ({
      id,
      title,
      value: positions.length / byPeople.length,
      ...noPercentiles,
      sampleSize: byPeople.length,
    });
    return {
      ...shareOutcome(
        { counted: byPeople, isPart: isOverridden, instants: columns.decidedAt },
        window,
        now,
        [
          ...shareCaveat(rows - byPeople.length, rows, 'decided action', ['was', 'were'], leftOut),
          ...smallSampleCaveat(byPeople.length, 'decision'),
        ],
      ),
      parts: [part('declined', 'Declined', declined), part('changed', 'Changed first', changed)],
    };
  },
});

const leftOut = 'left to policy and stay out.';
