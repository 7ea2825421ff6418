import { createPublicKey, generateKeyPairSync, hash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AdjutantError } from '../errors.ts';
import type { SigningKey } from './checkpoint-text.ts';

/** Gives the key that signs checkpoints, from wherever a host keeps it. */
export type SigningKeyProvider = () => Promise<SigningKey>;

const idLength = 16;

/**
 * Returns a provider of the key in a file; where there is none, one is made that only its owner can read.
 * @throws AdjutantError `Configuration` from the provider, for a file that cannot be read or is no key
 */
export function fileSigningKey(path: string): SigningKeyProvider {
  return async () => {
    const privateKeyPem = (await readKey(path)) ?? (await makeKey(path));
    return { keyId: idOf(privateKeyPem, path), privateKeyPem };
  };
}

async function readKey(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw unusable(path, `cannot be read (${codeOf(error)})`);
  }
}

async function makeKey(path: string): Promise<string> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  const text = typeof pem === 'string' ? pem : pem.toString('utf8');
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, text, { flag: 'wx', mode: 0o600 });
    return text;
  } catch (error) {
    // Another process made one at the same moment: that one counts.
    const made = codeOf(error) === 'EEXIST' ? await readKey(path) : null;
    if (made !== null) return made;
    throw unusable(path, `cannot be written (${codeOf(error)})`);
  }
}

function idOf(privateKeyPem: string, path: string): string {
  try {
    const der = createPublicKey(privateKeyPem).export({ format: 'der', type: 'spki' });
    return hash('sha256', der).slice(0, idLength);
  } catch {
    throw unusable(path, 'holds no private key');
  }
}

function codeOf(error: unknown): string {
  const isCoded = typeof error === 'object' && error !== null && 'code' in error;
  return isCoded && typeof error.code === 'string' ? error.code : 'unknown';
}

function unusable(path: string, what: string): AdjutantError {
  return new AdjutantError('Configuration', `The signing key ${path} ${what}.`, {
    hint: 'Name the file of an Ed25519 key, or a file that is not there yet: then one is made.',
  });
}
