import { pagerduty } from '@adjutant/connectors/pagerduty';
import * as fc from 'fast-check';
import { digest, encode, only, secret, type Sender, type Worth, worth } from './sender.ts';
import { digitsOf, headerOf, prefixOf } from './variations.ts';

const types = [
  'incident.triggered',
  'incident.acknowledged',
  'incident.resolved',
  'incident.reassigned',
  'incident.annotated',
  'incident.priority_updated',
  'service.updated',
  'pagey.ping',
];
const reference = (id: string, type: string) => ({
  id,
  type,
  summary: `The ${type}`,
  html_url: null,
});

/** Bodies as PagerDuty documents them (webhooks v3). */
const bodies = types.flatMap((type) =>
  Array.from({ length: 8 }, (_, at) =>
    encode({
      event: {
        id: `01CEK${type.length}${at}AAA`,
        event_type: type,
        resource_type: type.split('.')[0],
        occurred_at: '2026-11-20T11:59:58.123Z',
        agent: at % 2 === 0 ? null : reference('PUSER01', 'user_reference'),
        client: null,
        data: {
          ...reference(`PINC${at}`, 'incident'),
          number: at,
          status: 'triggered',
          urgency: 'high',
          title: 'It is down 🔥',
          service: reference('PSVC01', 'service_reference'),
          assignees: [reference('PUSER02', 'user_reference')],
          priority: null,
        },
      },
    }),
  ),
);

/** The best of the signatures that the header lists; only so many are looked at. */
function worthOfList(given: string | null, digits: string): Worth {
  const each = (given ?? '').split(',', 10).map((part) => worth(part.trim(), 'v1=', digits));
  return (
    each.find((one) => one === 'genuine') ?? each.find((one) => one === 'alike') ?? 'worthless'
  );
}

/** PagerDuty: one or several signatures over the bytes, named by the body. */
export const pagerdutySender: Sender = {
  source: 'pagerduty',
  connector: pagerduty({ webhookSecret: secret }),
  bodies,
  members: ['event', 'id'],
  headers: () =>
    fc
      .record({ 'X-Webhook-Id': fc.string(), 'Content-Type': fc.constant('application/json') })
      .map((all) => ({ ...all })),
  signatures: () =>
    fc
      .tuple(
        headerOf('X-PagerDuty-Signature'),
        fc.array(fc.tuple(prefixOf('v1='), digitsOf()), { minLength: 1, maxLength: 3 }),
        fc.constantFrom(',', ', ', ',,'),
      )
      .map(([header, several, between]) => (body: Buffer) => {
        const signed = several.map(([prefix, digits]) => prefix + (digits(body) ?? ''));
        return header(signed.join(between));
      }),
  worthOf: (request) => worthOfList(only(request, 'x-pagerduty-signature'), digest([request.body])),
  mayRefuse: ['malformed', 'too_large'],
};
