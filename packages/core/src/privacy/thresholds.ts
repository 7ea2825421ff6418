import { citationsKeptMs } from '../citations/keep-citations.ts';
import { fewContributors } from '../metrics/filters/filtered-outcome.ts';
import { fewestPeople } from '../metrics/filters/people-floor.ts';
import { weeksOfPeriod } from '../metrics/filters/whole-periods.ts';
import { deliveriesKeptMs } from '../webhooks/deliveries.ts';

/** A number that decides what is told or kept. */
export interface PrivacyThreshold {
  id: string;
  value: number;
  unit: 'people' | 'weeks' | 'days';
  meaning: string;
}

const dayMs = 86_400_000;

/** Returns the thresholds in force: the very numbers that the code decides with. */
export function privacyThresholds(): PrivacyThreshold[] {
  return [
    {
      id: 'fewest_people',
      value: fewestPeople,
      unit: 'people',
      meaning:
        'A figure on people is told of no fewer, after all filters; nor where what it leaves out, or what lies between it and an earlier answer, is of fewer.',
    },
    {
      id: 'whole_period',
      value: weeksOfPeriod,
      unit: 'weeks',
      meaning:
        'Figures on people are taken in fixed periods of so many weeks that have ended, the same ones whatever is asked.',
    },
    {
      id: 'few_contributors',
      value: fewContributors,
      unit: 'people',
      meaning:
        'Figures of delivery are told at any size; of so many people or fewer with a note that they say as much of them as of the work.',
    },
    {
      id: 'citations_kept',
      value: citationsKeptMs / dayMs,
      unit: 'days',
      meaning: 'Answers that were given are kept so long; those on chosen people never.',
    },
    {
      id: 'deliveries_kept',
      value: deliveriesKeptMs / dayMs,
      unit: 'days',
      meaning: 'What webhooks delivered is kept so long.',
    },
  ];
}
