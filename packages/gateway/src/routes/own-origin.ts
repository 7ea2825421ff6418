import { AdjutantError } from '@adjutant/core';
import { z } from 'zod';

/** What a browser hands over after a passkey was used or made; core checks all of it. */
export const passkeyResponseSchema = z.looseObject({
  response: z.looseObject({ clientDataJSON: z.string().max(4_000) }),
});

const clientDataSchema = z.object({ origin: z.string() });

/**
 * Refuses what a passkey signed for another address. Core knows that it was some page of this relying
 * party, for example any port of localhost; only this page knows that it was not this one.
 * @throws AdjutantError `Permission`
 */
export function requireOwnOrigin(
  { response }: z.infer<typeof passkeyResponseSchema>,
  origin: string,
): void {
  let signedFor: string | undefined;
  try {
    const text = Buffer.from(response.clientDataJSON, 'base64url').toString('utf8');
    signedFor = clientDataSchema.safeParse(JSON.parse(text)).data?.origin;
  } catch {
    signedFor = undefined;
  }
  if (signedFor === origin) return;
  throw new AdjutantError('Permission', 'The passkey was used at another address.', {
    hint: `Open ${origin} itself and decide there.`,
  });
}
