import {
  createPagerdutyData,
  type PagerdutyData,
  type TwinService,
  type TwinUser,
} from '../testing/pagerduty-data.ts';

const hourMs = 3_600_000;
const minuteMs = 60_000;

export interface World {
  data: PagerdutyData;
  ada: TwinUser;
  grace: TwinUser;
  checkout: TwinService;
  search: TwinService;
}

/** Returns an account with two services, of which one had incidents every two hours up to a day. */
export function makeWorld({ incidents, to }: { incidents: number; to: number }): World {
  const data = createPagerdutyData();
  const ada = data.addUser('Ada Example');
  const grace = data.addUser('Grace Example');
  const policy = data.addPolicy('Checkout', [[ada], [grace]]);
  const from = to - (incidents + 1) * 2 * hourMs;
  const checkout = data.addService('checkout', policy, from - hourMs);
  const search = data.addService('search', policy, from - hourMs);
  for (let at = 0; at < incidents; at += 1) {
    const createdAt = from + at * 2 * hourMs;
    const incident = data.addIncident(checkout, {
      createdAt,
      title: `Incident ${at}`,
      urgency: at % 3 === 0 ? 'low' : 'high',
      ...(at % 5 === 0 ? { priority: 'P1' } : {}),
    });
    // One in ten is resolved by somebody who never acknowledged it.
    if (at % 10 !== 9) data.acknowledge(incident, ada, createdAt + 5 * minuteMs);
    if (at % 50 === 7) data.letGo(incident, createdAt + 20 * minuteMs);
    data.resolve(incident, grace, createdAt + 40 * minuteMs);
  }
  return { data, ada, grace, checkout, search };
}
