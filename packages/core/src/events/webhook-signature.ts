import { createHmac } from 'node:crypto';
import { AdjutantError } from '../errors.ts';

const prefix = 'whsec_';
/** What the scheme allows. */
const keyBytes = { least: 24, most: 64 };

/**
 * Returns the value of `webhook-signature`, by the Standard Webhooks scheme: HMAC-SHA256 over id,
 * timestamp and the very bytes of the body. Several secrets, parted by spaces, give as many
 * signatures, so that a secret can be changed while both sides still know the old one.
 * @throws AdjutantError `Configuration` for what is no secret of that scheme; never with its value
 */
export function webhookSignature(
  secrets: string,
  { id, timestamp, body }: { id: string; timestamp: number; body: string },
): string {
  return secrets
    .trim()
    .split(/\s+/)
    .map((secret) => {
      const hmac = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`);
      return `v1,${hmac.digest('base64')}`;
    })
    .join(' ');
}

function keyOf(secret: string): Buffer {
  const text = secret.startsWith(prefix) ? secret.slice(prefix.length) : secret;
  const key = Buffer.from(text, 'base64');
  const isWhole = key.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '');
  if (isWhole && key.length >= keyBytes.least && key.length <= keyBytes.most) return key;
  throw new AdjutantError('Configuration', 'The secret of the webhook is none of its scheme.', {
    hint: `Make one: echo "${prefix}$(openssl rand -base64 32)"; the receiver needs the same.`,
  });
}
