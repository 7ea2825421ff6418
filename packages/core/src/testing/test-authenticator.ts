import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { z } from 'zod';
import { encodeCbor } from './cbor.ts';

const optionsSchema = z.looseObject({
  challenge: z.string(),
  rp: z.object({ id: z.string() }).optional(),
  rpId: z.string().optional(),
});

/** A passkey in software, for tests: what a browser and its authenticator would answer. */
export interface TestAuthenticator {
  readonly credentialId: string;
  /** Answers `navigator.credentials.create`. */
  register(options: unknown): Record<string, unknown>;
  /** Answers `navigator.credentials.get`. */
  assert(options: unknown): Record<string, unknown>;
}

export interface TestAuthenticatorOptions {
  origin?: string;
  /** `packed` signs its own attestation. */
  attestation?: 'none' | 'packed';
  /** How many signatures it says it has made; 0 for ever where it does not count. */
  counts?: boolean;
  /** False imitates one that asks for a touch only. */
  verifiesPerson?: boolean;
  /** Imitates a page inside another page. */
  crossOrigin?: boolean;
}

const flags = { personPresent: 0x01, personVerified: 0x04, hasCredential: 0x40 };

/**
 * Returns a software authenticator with a P-256 key.
 *
 * @source W3C Web Authentication Level 3, §6.1 authenticator data, §6.5 attestation, §8.2 packed
 */
export function createTestAuthenticator(options: TestAuthenticatorOptions = {}): TestAuthenticator {
  const { origin = 'http://localhost:4747', attestation = 'none', counts = true } = options;
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const credential = randomBytes(32);
  let counter = 0;
  const clientData = (type: string, challenge: string): Buffer =>
    Buffer.from(
      JSON.stringify({ type, challenge, origin, crossOrigin: options.crossOrigin ?? false }),
    );
  const authenticatorData = (relyingPartyId: string, extra: Buffer | null): Buffer => {
    if (counts) counter += 1;
    const verified = options.verifiesPerson === false ? 0 : flags.personVerified;
    const attested = extra === null ? 0 : flags.hasCredential;
    const head = Buffer.alloc(5);
    head.writeUInt8(flags.personPresent | verified | attested, 0);
    head.writeUInt32BE(counter, 1);
    return Buffer.concat([sha256(relyingPartyId), head, extra ?? Buffer.alloc(0)]);
  };
  const answer = (response: Record<string, unknown>): Record<string, unknown> => ({
    id: credential.toString('base64url'),
    rawId: credential.toString('base64url'),
    type: 'public-key',
    clientExtensionResults: {},
    response,
  });
  return {
    credentialId: credential.toString('base64url'),
    register(input) {
      const { challenge, rp } = optionsSchema.parse(input);
      const data = clientData('webauthn.create', challenge);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(credential.length);
      const attested = Buffer.concat([Buffer.alloc(16), length, credential, coseKey(publicKey)]);
      const authData = authenticatorData(rp?.id ?? 'localhost', attested);
      const statement =
        attestation === 'none'
          ? new Map<string, unknown>()
          : new Map<string, unknown>([
              ['alg', -7],
              ['sig', signOver(privateKey, authData, data)],
            ]);
      const object = encodeCbor(
        new Map<string, unknown>([
          ['fmt', attestation],
          ['attStmt', statement],
          ['authData', authData],
        ]),
      );
      return answer({
        clientDataJSON: data.toString('base64url'),
        attestationObject: object.toString('base64url'),
        transports: ['internal'],
      });
    },
    assert(input) {
      const { challenge, rpId } = optionsSchema.parse(input);
      const data = clientData('webauthn.get', challenge);
      const authData = authenticatorData(rpId ?? 'localhost', null);
      return answer({
        clientDataJSON: data.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: signOver(privateKey, authData, data).toString('base64url'),
      });
    },
  };
}

function signOver(key: KeyObject, authData: Buffer, clientData: Buffer): Buffer {
  return sign('sha256', Buffer.concat([authData, sha256(clientData)]), key);
}

/** An ES256 key as COSE writes it. */
function coseKey(publicKey: KeyObject): Buffer {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  return encodeCbor(
    new Map<number, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ]),
  );
}

function sha256(value: string | Buffer): Buffer {
  return createHash('sha256').update(value).digest();
}
