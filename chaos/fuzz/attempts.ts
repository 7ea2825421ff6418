import type { WebhookRequest } from '@adjutant/core';
import * as fc from 'fast-check';
import { z } from 'zod';
import { githubSender } from './github.ts';
import { jiraSender } from './jira.ts';
import { pagerdutySender } from './pagerduty.ts';
import { encode, type Sender, type Worth } from './sender.ts';
import { slackSender } from './slack.ts';

/** Every receiver there is; a test compares. */
export const senders: readonly Sender[] = [githubSender, jiraSender, pagerdutySender, slackSender];

export interface Attempt {
  sender: Sender;
  request: WebhookRequest;
  worth: Worth;
}

/** Requests as strangers would send them to any of the receivers. */
export function attempts(): fc.Arbitrary<Attempt> {
  return fc.oneof(...senders.map(attemptsTo));
}

function attemptsTo(sender: Sender): fc.Arbitrary<Attempt> {
  return fc
    .tuple(bodiesOf(sender), sender.headers(), sender.signatures())
    .map(([body, headers, sign]) => {
      const request = { body, headers: { ...headers, ...sign(body) } };
      return { sender, request, worth: sender.worthOf(request) };
    });
}

function bodiesOf({ bodies, members }: Sender): fc.Arbitrary<Buffer> {
  const real = fc.constantFrom(...bodies);
  return fc.oneof(
    { weight: 500, arbitrary: real },
    { weight: 300, arbitrary: real.chain((body) => mutated(body, members)) },
    { weight: 100, arbitrary: fc.jsonValue().map(encode) },
    {
      weight: 100,
      arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    },
    // Longer than some source sends.
    {
      weight: 1,
      arbitrary: real.map((body) => Buffer.concat([body, Buffer.alloc(300_000, ' ')])),
    },
  );
}

const objectSchema = z.record(z.string(), z.unknown());

/** A real body with a few bytes changed, cut out or put in, or with one of its values replaced. */
function mutated(body: Buffer, members: readonly string[]): fc.Arbitrary<Buffer> {
  const place = fc.nat({ max: Math.max(0, body.length - 1) });
  const bytes = fc
    .tuple(place, fc.uint8Array({ maxLength: 8 }), fc.nat({ max: 8 }))
    .map(([at, put, cut]) => Buffer.concat([body.subarray(0, at), put, body.subarray(at + cut)]));
  const values = fc
    .tuple(fc.constantFrom(...members), fc.jsonValue())
    .map(([name, value]) =>
      encode({ ...objectSchema.parse(JSON.parse(body.toString())), [name]: value }),
    );
  return fc.oneof(bytes, values);
}
