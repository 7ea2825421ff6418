import { type Adjutant, createAdjutant } from '@adjutant/core';
import { createFakeClock } from '@adjutant/core/testing';
import { Webhook } from 'standardwebhooks';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { events } from '../connector.ts';

export const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
export const start = Date.UTC(2026, 8, 14, 12);
export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
export const repository = 'https://forge.example/acme/web';
export const iso = (at: number): string => new Date(at).toISOString();

export const deployment = {
  type: 'deployment',
  id: 'web-412',
  repository,
  service: 'web',
  result: 'success',
  sha: 'a'.repeat(40),
  finishedAt: iso(start - hourMs),
};
export const incident = {
  type: 'incident',
  id: 'outage-7',
  title: 'The shop is down',
  createdAt: iso(start - 30 * minuteMs),
  causedBy: 'web-412',
};
export const build = {
  type: 'build',
  id: 'run-9',
  name: 'tests',
  repository: `${repository}.git/`,
  result: 'failure',
  finishedAt: iso(start - 2 * hourMs),
};

/** A request signed by the library that the scheme publishes. */
export function signed(
  id: string,
  payload: unknown,
  at = start,
  by: readonly string[] = [secret],
): { body: Uint8Array; headers: Record<string, string> } {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const signatures = by.map((one) => new Webhook(one).sign(id, new Date(at), body));
  return {
    body: new TextEncoder().encode(body),
    headers: {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at / 1_000)),
      'webhook-signature': signatures.join(' '),
    },
  };
}

/** An installation that takes events, closed with the test. */
export async function openInstallation(
  options: Partial<Parameters<typeof createAdjutant>[0]> = {},
) {
  const clock = createFakeClock(start);
  const adjutant = await createAdjutant({
    store: ':memory:',
    connectors: [events({ webhookSecret: secret })],
    clock,
    ...options,
  });
  onTestFinished(() => adjutant.close());
  return { adjutant, clock, inbox: adjutant.webhooks() };
}

/** The rows of a table, as an export has them. */
export async function rowsOf(adjutant: Adjutant, table: string): Promise<unknown[][]> {
  const rows: unknown[][] = [];
  for await (const line of adjutant.exportWorkspace()) {
    const [name, row] = z
      .tuple([z.string(), z.array(z.unknown())])
      .catch(['', []])
      .parse(JSON.parse(line));
    if (name === table) rows.push(row);
  }
  return rows;
}
