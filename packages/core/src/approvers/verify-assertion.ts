import { isOriginOf, type RelyingParty } from './relying-party.ts';
import { loadWebAuthn } from './webauthn-library.ts';
import { type Assertion, readClientData } from './webauthn-responses.ts';

/** The public half of a passkey, as it is stored. */
export interface PublicPasskey {
  credentialId: string;
  /** COSE key, base64url. */
  publicKey: string;
  relyingPartyId: string;
}

export type AssertionOutcome =
  | { ok: true; counter: number; origin: string }
  | { ok: false; reason: string };

/**
 * Checks a signature: the right challenge, page, passkey and counter, with the person verified by
 * their device (fingerprint, face, PIN), not merely present.
 */
export async function verifyAssertion(
  party: RelyingParty,
  passkey: PublicPasskey,
  expected: { challenge: Buffer; counter: number },
  assertion: Assertion,
): Promise<AssertionOutcome> {
  const clientData = readClientData(assertion.response.clientDataJSON);
  if (clientData === null) return refused('malformed');
  const { origin } = clientData;
  // A page inside a page of somebody else shows what that one wants.
  if (!isOriginOf(party, origin) || clientData.crossOrigin === true) return refused('wrong_origin');
  if (assertion.id !== passkey.credentialId) return refused('other_passkey');
  if (passkey.relyingPartyId !== party.id) return refused('other_relying_party');
  const { verifyAuthenticationResponse } = await loadWebAuthn();
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: withoutUndefined(assertion),
      expectedChallenge: expected.challenge.toString('base64url'),
      expectedOrigin: origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      credential: {
        id: passkey.credentialId,
        publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
        counter: expected.counter,
      },
    });
    if (!verified) return refused('wrong_signature');
    return { ok: true, counter: authenticationInfo.newCounter, origin };
  } catch (error) {
    return refused(reasonOf(error));
  }
}

function refused(reason: string): AssertionOutcome {
  return { ok: false, reason };
}

/** The library tells what is wrong only in words; the ledger keeps one of ours. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  if (/counter/i.test(message)) return 'counter_went_back';
  if (/challenge/i.test(message)) return 'wrong_challenge';
  if (/user verification|could not be verified/i.test(message)) return 'person_not_verified';
  if (/user (?:not )?present/i.test(message)) return 'person_not_present';
  if (/RP ID/i.test(message)) return 'other_relying_party';
  return 'malformed';
}

/** Leaves out what is `undefined`, which the library's types tell from what is absent. */
function withoutUndefined({ authenticatorAttachment, response, ...rest }: Assertion) {
  const { userHandle, ...signed } = response;
  return {
    ...rest,
    ...(authenticatorAttachment === undefined ? {} : { authenticatorAttachment }),
    response: { ...signed, ...(userHandle === undefined ? {} : { userHandle }) },
  };
}
