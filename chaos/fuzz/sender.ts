import { createHmac } from 'node:crypto';
import type { ConfiguredConnector, WebhookRequest } from '@adjutant/core';
import type * as fc from 'fast-check';

/** What the sources of the fuzz sign with; a stranger knows none of these. */
export const secret = 'the secret of the hook';
export const appSecret = 'the client secret of the app';
/** When everything happens: the receivers are given this clock. @unit epoch milliseconds */
export const now = Date.UTC(2026, 10, 20, 12);

/**
 * What the headers of a request are worth over its very bytes, told without any code of ours: the
 * genuine signature, one that says the same in another form, or none of it.
 */
export type Worth = 'genuine' | 'alike' | 'worthless';

/** A source that sends webhooks, and how a stranger would imitate it. */
export interface Sender {
  source: string;
  /** Configured with the secrets above; it contacts nobody. */
  connector: ConfiguredConnector;
  /** Bodies as the source sends them. */
  bodies: readonly Buffer[];
  /** Names of members that a mutation replaces. */
  members: readonly string[];
  /** Headers beside those of the signature. */
  headers: () => fc.Arbitrary<Record<string, string | string[]>>;
  /** Headers that sign a body, most often rightly. */
  signatures: () => fc.Arbitrary<(body: Buffer) => Record<string, string | string[]>>;
  worthOf: (request: WebhookRequest) => Worth;
  /** For what a genuine request may be refused all the same. */
  mayRefuse: readonly string[];
}

export function encode(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value), 'utf8');
}

export function digest(
  parts: readonly (string | Uint8Array)[],
  by = secret,
  algorithm = 'sha256',
): string {
  const hmac = createHmac(algorithm, by);
  for (const part of parts) hmac.update(part);
  return hmac.digest('hex');
}

/** Returns the only value of a header; null where there is none, or more than one. */
export function only({ headers }: WebhookRequest, name: string): string | null {
  const values = Object.entries(headers)
    .filter(([given]) => given.toLowerCase() === name)
    .flatMap(([, value]) => (value === undefined ? [] : [value].flat()));
  return values.length === 1 ? (values[0] ?? null) : null;
}

/** Returns what a signature is worth that should read `prefix` and these digits. */
export function worth(given: string | null, prefix: string, digits: string): Worth {
  if (given === null) return 'worthless';
  if (given === prefix + digits) return 'genuine';
  return given.toLowerCase() === prefix + digits ? 'alike' : 'worthless';
}
