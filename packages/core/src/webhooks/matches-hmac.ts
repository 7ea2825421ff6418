import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Returns whether one of several signatures is the HMAC-SHA256 of these parts, one after the other. The
 * digest is computed once, however many are given, and all of them are compared.
 */
export function matchesAnyHmac(
  secret: Uint8Array,
  parts: readonly (string | Uint8Array)[],
  signatures: readonly Uint8Array[],
): boolean {
  const hmac = createHmac('sha256', secret);
  for (const part of parts) hmac.update(part);
  const expected = hmac.digest();
  let matches = false;
  for (const given of signatures) {
    if (given.length === expected.length && timingSafeEqual(given, expected)) matches = true;
  }
  return matches;
}

/**
 * Returns whether a signature in hexadecimal digits is the HMAC of these parts, one after the other.
 * It takes as long for a wrong one as for the right one.
 */
export function matchesHmac(
  algorithm: 'sha1' | 'sha256',
  secret: string,
  parts: readonly (string | Uint8Array)[],
  signature: string,
): boolean {
  const hmac = createHmac(algorithm, secret);
  for (const part of parts) hmac.update(part);
  const expected = hmac.digest();
  const given = Buffer.from(signature, 'hex');
  // Of another length it is no digest at all, whose length everybody knows.
  return (
    given.length === expected.length &&
    signature.length === expected.length * 2 &&
    timingSafeEqual(given, expected)
  );
}
