import { defineMetric, type MetricPart } from '@adjutant/core/domain';
import { botCountCaveat, smallSampleCaveat } from '../caveats.ts';
import { sharePart } from '../counts.ts';
import { leftOut, unknownOfMerged } from '../merged-pull-requests.ts';
import { shareOutcome } from '../share-outcome.ts';

export const mergedWithoutReview = defineMetric({
  id: 'merged_without_review',
  title: 'Merged without review',
  unit: 'share',
  definition:
    'Merged pull requests that no person other than the author reviewed before the merge, divided by all merged ones of which that is known. A review counts whatever it said, also one that only comments or was dismissed later; a comment outside a review is none, and neither is a review by a bot, by the author or after the merge. Where no source shows reviews, as in a clone, or the one who reviewed is not known, it is unknown: told apart, and neither in the share nor in what it is a share of. The parts tell pull requests of people from those of bots, which are often merged by rule. Work that was reviewed elsewhere, in a pair or in a larger pull request, looks unreviewed here. A pull request belongs to the week of its merge.',
  source: 'Own definition, from the reviews that forges show.',
  version: 1,
  subject: 'pull_request',
  columns: ['mergedWithoutReview', 'mergedAt', 'authorIsBot'],
  windowColumn: 'mergedAt',
  better: 'lower',
  isDetail: true,
  compute({ columns, window, now }) {
    const rows = columns.length;
    const missed = columns.mergedWithoutReview;
    const counted: number[] = [];
    for (let row = 0; row < rows; row += 1) if ((missed[row] ?? null) !== null) counted.push(row);
    if (counted.length === 0) {
      return unknownOfMerged(
        rows,
        'Pull requests were merged in this window, but of none is it known whether somebody reviewed it.',
      );
    }
    const isPart = (row: number): boolean => missed[row] === true;
    const shareOf = (id: string, title: string, ofBots: boolean): MetricPart => {
      const some = counted.filter((row) => columns.authorIsBot[row] === ofBots);
      return sharePart(id, title, some.filter(isPart).length, some.length);
    };
    const bots = counted.filter((row) => columns.authorIsBot[row] === true).length;
    const caveats = [
      ...leftOut(rows - counted.length, rows, ['is', 'are'], notKnown),
      ...botCountCaveat(bots, counted.length),
      ...smallSampleCaveat(counted.length, 'merged pull request'),
    ];
    const shareRows = { counted, isPart, instants: columns.mergedAt };
    return {
      ...shareOutcome(shareRows, window, now, caveats),
      parts: [
        shareOf('of_people', 'Opened by people', false),
        shareOf('of_bots', 'Opened by bots', true),
      ],
    };
  },
});

const notKnown = 'not known to have been reviewed or not, and no part in the figure.';
