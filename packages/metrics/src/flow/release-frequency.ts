import { defineMetric } from '@adjutant/core/domain';
import { counted, smallSampleCaveat } from '../caveats.ts';
import { unknownOutcome } from '../outcome.ts';
import { percentilesOf } from '../percentile.ts';
import { bucketOf, countPerBucket, countSeries, fullWeeks, quietUntil } from '../week-buckets.ts';

export const releaseFrequency = defineMetric({
  id: 'release_frequency',
  title: 'Release frequency',
  unit: 'per_week',
  definition:
    'Releases (tags, or what the forge calls a release) per full ISO week (from Monday on). The value is the mean over the full weeks of the window, empty weeks included; p50, p75 and p90 are those of the weekly counts. A release is not a deployment: this says how often something was published, not how often it reached production. A window without a release is 0 where releases from before it are known and everything was read since; otherwise it is unknown.',
  source: 'Own definition, in the manner of DORA deployment frequency, over releases.',
  version: 2,
  subject: 'release',
  columns: ['releasedAt', 'repositoryExternalId'],
  windowColumn: 'releasedAt',
  better: 'neutral',
  compute({ columns, window, now, coverage }) {
    const end = columns.length === 0 ? quietUntil(window, now, coverage) : now;
    if (end === null) {
      return unknownOutcome(
        'No release is known in this window: none was made, or no source shows releases, or not all was read.',
      );
    }
    const weeks = fullWeeks(window, end);
    if (weeks.count === 0) {
      const made = counted(columns.length, 'release');
      return unknownOutcome(`The window holds no full week that has passed; ${made} made in it.`);
    }
    const repositories = new Set<string>();
    const evidence: number[] = [];
    const releasedAts: number[] = [];
    for (let row = 0; row < columns.length; row += 1) {
      const releasedAt = columns.releasedAt[row] ?? Number.NaN;
      if (bucketOf(weeks, releasedAt) < 0) continue;
      repositories.add(columns.repositoryExternalId[row] ?? '');
      evidence.push(row);
      releasedAts.push(releasedAt);
    }
    const counts = countPerBucket(weeks, releasedAts);
    return {
      value: releasedAts.length / weeks.count,
      ...percentilesOf(counts.slice()),
      sampleSize: releasedAts.length,
      series: countSeries(weeks, counts),
      caveats: [
        ...(repositories.size > 1
          ? [`Releases of ${repositories.size} repositories count together.`]
          : []),
        ...smallSampleCaveat(releasedAts.length, 'release'),
      ],
      evidence,
    };
  },
});
