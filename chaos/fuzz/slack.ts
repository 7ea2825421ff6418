import { slack } from '@adjutant/connectors/slack';
import * as fc from 'fast-check';
import { digest, encode, now, only, secret, type Sender, worth } from './sender.ts';
import { digitsOf, headerOf, prefixOf } from './variations.ts';

const seconds = now / 1_000;
const windowSeconds = 300;
const inner = [
  {
    type: 'message',
    channel: 'C0WIDGETS',
    user: 'U0ADA',
    text: 'Who knows?',
    ts: '1763640000.0001',
  },
  { type: 'message', subtype: 'message_changed', channel: 'C0WIDGETS', message: { ts: '1.2' } },
  {
    type: 'reaction_added',
    item: { type: 'message', channel: 'C0WIDGETS', ts: '1763640000.0001' },
  },
  { type: 'channel_rename', channel: { id: 'C0WIDGETS', name: 'gadgets' } },
  { type: 'subteam_updated', subteam: { id: 'S0CORE' } },
  { type: 'app_mention', channel: 'C0WIDGETS', text: '<@U0BOT> hello' },
];

/** Bodies as Slack documents them. */
const bodies = [
  ...inner.flatMap((event, kind) =>
    Array.from({ length: 10 }, (_, at) =>
      encode({
        token: 'ignored',
        team_id: 'T0ACME',
        type: 'event_callback',
        event_id: `Ev0${kind}${at}`,
        event_time: seconds,
        event,
      }),
    ),
  ),
  encode({
    type: 'url_verification',
    token: 'ignored',
    challenge: '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmd',
  }),
  encode({ type: 'app_rate_limited', team_id: 'T0ACME', minute_rate_limited: 1_763_640_000 }),
];

/** When a request says that it was sent: most often now. */
function timestamps(): fc.Arbitrary<string> {
  return fc.oneof(
    {
      weight: 10,
      arbitrary: fc.integer({ min: -200, max: 200 }).map((at) => String(seconds + at)),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom(-301, 301, -86_400, 86_400).map((at) => String(seconds + at)),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom('', 'NaN', '-1', '1e9', ` ${seconds}`, `${seconds}.0`),
    },
    { weight: 1, arbitrary: fc.string() },
  );
}

/** Slack: signed over the bytes and the time at which they were sent, named by the body. */
export const slackSender: Sender = {
  source: 'slack',
  connector: slack({ channels: ['C0WIDGETS'], signingSecret: secret }),
  bodies,
  members: ['type', 'event_id', 'event', 'team_id', 'challenge'],
  headers: () =>
    fc
      .record(
        {
          'X-Slack-Retry-Num': fc.nat().map(String),
          'Content-Type': fc.constant('application/json'),
        },
        { requiredKeys: ['Content-Type'] },
      )
      .map((all) => ({ ...all })),
  signatures: () =>
    fc
      .tuple(
        headerOf('X-Slack-Signature'),
        headerOf('X-Slack-Request-Timestamp'),
        prefixOf('v0='),
        digitsOf(),
        timestamps(),
        // What is signed may be another instant than the one that the header names.
        fc.oneof(
          { weight: 12, arbitrary: fc.constant(0) },
          { weight: 1, arbitrary: fc.constant(1) },
        ),
      )
      .map(([header, timeHeader, prefix, digits, timestamp, shift]) => (body: Buffer) => {
        const named = shift === 0 ? timestamp : String(Number(timestamp) + shift);
        const signed = digits(body, `v0:${timestamp}:`);
        return { ...header(signed === null ? null : prefix + signed), ...timeHeader(named) };
      }),
  worthOf: (request) => {
    const timestamp = only(request, 'x-slack-request-timestamp');
    if (timestamp === null || !/^\d{1,12}$/.test(timestamp)) return 'worthless';
    if (Math.abs(seconds - Number(timestamp)) > windowSeconds) return 'worthless';
    const digits = digest([`v0:${timestamp}:`, request.body]);
    return worth(only(request, 'x-slack-signature'), 'v0=', digits);
  },
  mayRefuse: ['malformed'],
};
