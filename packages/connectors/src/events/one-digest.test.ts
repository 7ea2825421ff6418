import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { deployment, openInstallation, secret, signed, start } from './__fixtures__/sent-events.ts';
import { events } from './connector.ts';

// Every digest ends so, whoever made it.
const prototype = z
  .custom<{ digest: () => unknown }>((value) => typeof value === 'object' && value !== null)
  .parse(Object.getPrototypeOf(createHmac('sha256', 'any')));
const digest = vi.spyOn(prototype, 'digest');
afterEach(() => digest.mockClear());
afterAll(() => digest.mockRestore());

const secrets = [8, 9].map((byte) => `whsec_${Buffer.alloc(32, byte).toString('base64')}`);

it('one digest is computed for each secret, however many signatures come', async () => {
  const { inbox } = await openInstallation({
    connectors: [events({ webhookSecret: [...secrets, secret] })],
  });
  const { body, headers } = signed('one', deployment, start, Array(9).fill(secret));
  const many = `${headers['webhook-signature']} ${`v1,${'A'.repeat(43)}= `.repeat(500)}`;
  digest.mockClear();
  const answer = await inbox.receive('events', {
    body,
    headers: { ...headers, 'webhook-signature': many },
  });
  expect(answer).toMatchObject({ outcome: 'stored' });
  expect(digest).toHaveBeenCalledTimes(3);
});

it('none is computed for what is not written as the scheme has it', async () => {
  const { inbox } = await openInstallation();
  const { body, headers } = signed('one', deployment);
  digest.mockClear();
  for (const wrong of [
    { 'webhook-id': 'with a space' },
    { 'webhook-timestamp': '12.5' },
    { 'webhook-signature': 'v1,short' },
  ]) {
    const answer = await inbox.receive('events', { body, headers: { ...headers, ...wrong } });
    expect(answer).toMatchObject({ reason: 'wrong_signature' });
  }
  expect(digest).not.toHaveBeenCalled();
});
