import { matchesHmac } from '@adjutant/core';

const signatureForm = /^v0=([0-9a-f]{64})$/;
const timestampForm = /^\d{1,12}$/;
/** An older request may be one that somebody caught and sends again. */
const windowMs = 300_000;

/** What is wrong with a request; null where Slack sent it. */
export type SignatureTrouble = 'not_configured' | 'unsigned' | 'wrong_signature' | 'stale';

/**
 * Tells whether Slack sent a request: `v0:TIMESTAMP:BODY` under the signing secret, over the very
 * bytes, no older or newer than five minutes by the given clock. Pure; every secret is tried, also
 * once one has matched, and compared in constant time. Serves events, buttons and commands alike.
 */
export function verifySlackSignature(
  raw: Uint8Array,
  header: (name: string) => string | null,
  secrets: readonly string[],
  now: number,
): SignatureTrouble | null {
  const usable = secrets.filter((secret) => secret !== '');
  if (usable.length === 0) return 'not_configured';
  const given = header('x-slack-signature');
  const timestamp = header('x-slack-request-timestamp');
  if (given === null || timestamp === null) return 'unsigned';
  const digits = signatureForm.exec(given)?.[1];
  if (digits === undefined || !timestampForm.test(timestamp)) return 'wrong_signature';
  let isSigned = false;
  for (const secret of usable) {
    if (matchesHmac('sha256', secret, [`v0:${timestamp}:`, raw], digits)) isSigned = true;
  }
  if (!isSigned) return 'wrong_signature';
  return Math.abs(now - Number(timestamp) * 1_000) > windowMs ? 'stale' : null;
}
