import type { Columns, MetricOutcome, SubjectRows, MetricWindow } from '@adjutant/core/domain';
import { counted, shareCaveat, smallSampleCaveat } from './caveats.ts';
import { durationOutcome, unknownOutcome } from './outcome.ts';

interface IncidentDurations {
  columns: Columns<SubjectRows['incident'], 'createdAt' | 'isExternal' | 'linkMethod'>;
  /** The instant that ends the duration; null where it has not come or is not shown. */
  ends: readonly (number | null)[];
  window: MetricWindow;
  now: number;
  /** Whether any source shows incidents. */
  isShown: boolean;
  /** What an incident without an end is, after "is" or "are". */
  withoutEnd: string;
}

/** Returns the time from the beginning of each incident of one's own to its end. @unit hours */
export function incidentDurations(input: IncidentDurations): MetricOutcome {
  const { columns, ends, window, now } = input;
  if (!input.isShown) {
    return unknownOutcome(
      'No source shows incidents; revert_share is a proxy for failed changes that needs none.',
    );
  }
  const durations = new Float64Array(columns.length).fill(Number.NaN);
  let own = 0;
  let open = 0;
  let backwards = 0;
  let unlinked = 0;
  for (let row = 0; row < columns.length; row += 1) {
    if (columns.isExternal[row] === true) continue;
    own += 1;
    if ((columns.linkMethod[row] ?? null) === null) unlinked += 1;
    const end = ends[row] ?? null;
    const duration = (end ?? Number.NaN) - (columns.createdAt[row] ?? Number.NaN);
    if (end === null) open += 1;
    else if (duration < 0) backwards += 1;
    else durations[row] = duration;
  }
  const left = [
    ...shareCaveat(open, own, 'incident', ['is', 'are'], `${input.withoutEnd}: left out.`),
    ...shareCaveat(
      backwards,
      own,
      'incident',
      ['is', 'are'],
      'left out: the end is dated before the beginning.',
    ),
  ];
  const external = columns.length - own;
  if (own === 0) {
    return unknownOutcome(
      external === 0
        ? 'No incident is known to have begun in this window.'
        : `All incidents of this window are marked external: ${external}.`,
    );
  }
  const scratch = new Float64Array(columns.length);
  const outcome = durationOutcome(durations, columns.createdAt, window, now, [], scratch);
  if (outcome.sampleSize === 0) return unknownOutcome(left.join(' '));
  outcome.caveats = [
    ...(external > 0 ? [`Marked external and left out: ${counted(external, 'incident')}.`] : []),
    ...left,
    ...shareCaveat(unlinked, own, 'incident', ['is', 'are'], 'linked to no deployment.'),
    ...smallSampleCaveat(outcome.sampleSize, 'incident'),
  ];
  return outcome;
}
