import { createHmac } from 'node:crypto';
import { jira } from '@adjutant/connectors/jira';
import type { WebhookRequest } from '@adjutant/core';
import * as fc from 'fast-check';
import { z } from 'zod';
import {
  appSecret,
  digest,
  encode,
  now,
  only,
  secret,
  type Sender,
  type Worth,
  worth,
} from './sender.ts';
import { digitsOf, headerOf, prefixOf } from './variations.ts';

const seconds = now / 1_000;
const skewSeconds = 60;
const oldestSeconds = 15 * 60;
const events = [
  'jira:issue_created',
  'jira:issue_updated',
  'jira:issue_deleted',
  'issuelink_created',
  'sprint_started',
  'board_updated',
  'user_updated',
  'comment_created',
];

/** Bodies as Atlassian documents them. */
const bodies = events.flatMap((webhookEvent) =>
  Array.from({ length: 8 }, (_, at) =>
    encode({
      timestamp: now + at,
      webhookEvent,
      user: { accountId: `5b10a2844c20165700ede21${at}`, displayName: 'Ada', active: true },
      issue: {
        id: String(10_000 + at),
        key: `PAY-${at}`,
        fields: { summary: 'Größer als 3', project: { id: '10000', key: 'PAY' }, assignee: null },
      },
      changelog: { id: '1', items: [{ field: 'status', from: '1', to: '3', toString: 'Done' }] },
    }),
  ),
);

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const signedBy = (text: string, by: string, algorithm = 'sha256'): string =>
  createHmac(algorithm, by).update(text).digest('base64url');

/** Tokens of an app: most often a right one, else one that is nearly right. */
function tokens(): fc.Arbitrary<string> {
  const of = (header: object, claims: object, by = appSecret, algorithm = 'sha256'): string => {
    const text = `${part(header)}.${part(claims)}`;
    return `${text}.${signedBy(text, by, algorithm)}`;
  };
  const header = { alg: 'HS256', typ: 'JWT' };
  const claims = { iss: 'app', iat: seconds - 10, exp: seconds + 180 };
  const right = of(header, claims);
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(right) },
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        of(header, claims, 'another secret'),
        of(header, claims, secret),
        of({ alg: 'none' }, claims),
        `${part({ alg: 'none' })}.${part(claims)}.`,
        of({ alg: 'HS512' }, claims, appSecret, 'sha512'),
        of(header, { ...claims, exp: seconds - 3_600 }),
        of(header, { ...claims, iat: seconds - 3_600 }),
        of(header, { iss: 'app', iat: seconds }),
        of(header, { iss: 'app', exp: seconds + 180 }),
        right.slice(0, -2),
        `${right}.${right}`,
      ),
    },
    { weight: 1, arbitrary: fc.string() },
  );
}

const headSchema = z.object({ alg: z.literal('HS256') });
const claimsSchema = z.object({ iat: z.number(), exp: z.number() });

/** Whether a token was made with the secret of the app and holds now. */
function worthOfToken(given: string | null): Worth {
  const token = /^(?:Bearer|JWT) (\S+)$/i.exec(given ?? '')?.[1] ?? '';
  const [head = '', claims = '', signature = '', ...more] = token.split('.');
  if (more.length > 0 || signature !== signedBy(`${head}.${claims}`, appSecret)) return 'worthless';
  const read = claimsSchema.safeParse(parsed(claims));
  if (!headSchema.safeParse(parsed(head)).success || !read.success) return 'worthless';
  const { iat, exp } = read.data;
  const isYoung = seconds - iat <= oldestSeconds + skewSeconds && iat <= seconds + skewSeconds;
  return isYoung && exp > seconds - skewSeconds ? 'genuine' : 'worthless';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return null;
  }
}

function worthOf(request: WebhookRequest): Worth {
  const given = only(request, 'x-hub-signature');
  // Where the bytes are signed, that counts, whatever token stands beside them.
  if (given === null) return worthOfToken(only(request, 'authorization'));
  return worth(given, 'sha256=', digest([request.body]));
}

/** Jira: signed over the bytes, or with a token that says who sends; named by a header or the bytes. */
export const jiraSender: Sender = {
  source: 'jira',
  connector: jira({
    site: 'https://acme.atlassian.net',
    projects: ['PAY'],
    webhookSecret: secret,
    webhookJwtSecret: appSecret,
  }),
  bodies,
  members: ['webhookEvent', 'issue', 'timestamp', 'changelog'],
  headers: () =>
    fc
      .record(
        {
          'X-Atlassian-Webhook-Identifier': fc.oneof(
            fc.uuid(),
            fc.constant('same-again'),
            fc.string(),
          ),
          'Content-Type': fc.constant('application/json'),
        },
        { requiredKeys: ['Content-Type'] },
      )
      .map((all) => ({ ...all })),
  signatures: () => {
    const overBytes = fc
      .tuple(headerOf('X-Hub-Signature'), prefixOf('sha256='), digitsOf())
      .map(([header, prefix, digits]) => (body: Buffer) => {
        const signed = digits(body);
        return header(signed === null ? null : prefix + signed);
      });
    const byToken = fc
      .tuple(headerOf('Authorization'), fc.constantFrom('Bearer ', 'JWT ', 'bearer ', ''), tokens())
      .map(
        ([header, scheme, token]) =>
          () =>
            header(scheme + token),
      );
    const both = fc.tuple(overBytes, byToken).map(([bytes, token]) => (body: Buffer) => ({
      ...bytes(body),
      ...token(),
    }));
    return fc.oneof(
      { weight: 6, arbitrary: overBytes },
      { weight: 2, arbitrary: byToken },
      { weight: 1, arbitrary: both },
    );
  },
  worthOf,
  mayRefuse: ['malformed'],
};
