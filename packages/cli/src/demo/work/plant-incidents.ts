import type { PagerdutyData } from '@adjutant/connectors/testing';
import type { DemoDays } from './demo-days.ts';
import type { DemoPerson } from './demo-people.ts';
import { hostileTexts } from './hostile-texts.ts';

const minuteMs = 60_000;

interface Trouble {
  title: string;
  at: number;
  urgency?: 'high' | 'low';
  /** Nobody takes it, and it goes on, unless told. */
  minutes?: number;
}

/** What somebody wrote down after an incident. */
export interface FollowUp {
  summary: string;
  at: number;
}

/** Plants what broke in these weeks: one nobody has taken, one of which nothing was learnt. */
export function plantIncidents(
  pagerduty: PagerdutyData,
  days: DemoDays,
  people: readonly DemoPerson[],
): FollowUp {
  const { at } = days;
  const onCall = days.pick(people, 2);
  const policy = pagerduty.addPolicy('On call', [[onCall.pager], [days.pick(people, 3).pager]]);
  const service = pagerduty.addService('Checkout', policy, at(60, 0));
  const troubles: Trouble[] = [
    { title: 'Orders arrive twice', at: at(26, 13), minutes: 75 },
    { title: 'Payments time out', at: at(13, 14), minutes: 95 },
    { title: 'The queue of mails grows', at: at(5, 8), urgency: 'low', minutes: 30 },
    { title: hostileTexts.incident, at: at(3, 15), urgency: 'low', minutes: 40 },
    { title: 'Checkout answers with errors', at: at(1, 21.5) },
  ];
  const made = troubles.map(({ title, at: createdAt, urgency = 'high', minutes }) => {
    const incident = pagerduty.addIncident(service, { createdAt, title, urgency });
    if (minutes !== undefined) {
      pagerduty.acknowledge(incident, onCall.pager, createdAt + 4 * minuteMs);
      pagerduty.resolve(incident, onCall.pager, createdAt + minutes * minuteMs);
    }
    return incident;
  });
  const [learnt] = made;
  return {
    summary: `Follow up on incident #${learnt?.number ?? 1}: ${learnt?.title ?? ''}`,
    at: at(24, 10),
  };
}
