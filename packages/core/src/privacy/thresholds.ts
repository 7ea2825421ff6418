import { fewContributors } from '../metrics/filters/filtered-outcome.ts';
import { fewestPeople } from '../metrics/filters/people-floor.ts';
import { weeksOfPeriod } from '../metrics/filters/whole-periods.ts';
import { type RetentionDays, retentionIn } from '../retention/retention.ts';

/** A number that decides what is told or kept. */
export interface PrivacyThreshold {
  id: string;
  value: number;
  unit: 'people' | 'weeks' | 'days';
  meaning: string;
}

/** Returns the thresholds in force: the very numbers that the code decides with. */
export function privacyThresholds(days: RetentionDays = retentionIn({})): PrivacyThreshold[] {
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
    ...kept(
      'citations_kept',
      days.citations,
      'Answers that were given are kept so long; those on chosen people never.',
    ),
    ...kept(
      'deliveries_kept',
      days.raw_events,
      'What webhooks delivered is kept so long, then archived where there is an archive.',
    ),
    ...kept('reports_kept', days.reports, 'Progress reports are kept so long, then archived.'),
  ];
}

/** What is kept for ever has no number. */
function kept(id: string, value: number | null, meaning: string): PrivacyThreshold[] {
  return value === null ? [] : [{ id, value, unit: 'days', meaning }];
}
