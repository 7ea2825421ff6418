import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';
import { AdjutantError } from '../errors.ts';

/** Where a chain stood at a moment, and whose keys could decide then. */
export interface Checkpoint {
  workspaceId: string;
  seq: number;
  hash: string;
  /** Where the chain of seals stood; null in a checkpoint of before there were any. */
  seals?: { seq: number; hash: string } | null;
  /** The first authenticator of each person. */
  authenticators: readonly { personId: string; fingerprint: string }[];
}

/** A checkpoint that was read from a file and whose signature fits. */
export interface SignedCheckpoint extends Checkpoint {
  keyId: string;
  /** SHA-256 of the public key, which a person can compare with the one they know. */
  keyFingerprint: string;
}

/** What signs checkpoints. */
export interface SigningKey {
  /** A name for the key: letters, digits, `.`, `_` and `-`. */
  keyId: string;
  /** An Ed25519 private key, PKCS #8 in PEM. */
  privateKeyPem: string;
}

const originPrefix = 'adjutant.ledger/';
const longestText = 1_000_000;
const keyIdPattern = /^[\w.-]{1,64}$/;
const hashPattern = /^[0-9a-f]{64}$/;
const seqPattern = /^(?:0|[1-9]\d{0,15})$/;
/** The DER of an Ed25519 public key is this, then its 32 bytes. */
const publicKeyPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * Returns a checkpoint as the text of its file: what is signed, an empty line, the key, the signature.
 * @throws AdjutantError `Configuration` for a key that is none
 */
export function writeCheckpoint(checkpoint: Checkpoint, key: SigningKey): string {
  const privateKey = readPrivateKey(key);
  const body = signedText(checkpoint);
  const publicKey = rawPublicKey(createPublicKey(privateKey)).toString('base64');
  const signature = sign(null, Buffer.from(body, 'utf8'), privateKey).toString('base64');
  return `${body}\nkey ${key.keyId} ${publicKey}\nsignature ${signature}\n`;
}

/** Names may hold anything, lines and spaces too; on a line of their own they hold neither. */
function signedText({ workspaceId, seq, hash: head, seals, authenticators }: Checkpoint): string {
  const lines = authenticators
    .map(
      ({ personId, fingerprint }) =>
        `authenticator ${encodeURIComponent(personId)} ${encodeURIComponent(fingerprint)}`,
    )
    .toSorted();
  const sealLine =
    seals === null || seals === undefined ? [] : [`seals ${seals.seq} ${seals.hash}`];
  return `${[originPrefix + encodeURIComponent(workspaceId), String(seq), head, ...sealLine, ...lines].join('\n')}\n`;
}

/**
 * Returns what a checkpoint's file says, its signature checked.
 * @throws AdjutantError `InvalidInput` for anything but a signed checkpoint of this workspace
 */
export function readCheckpoint(text: string, workspaceId: string): SignedCheckpoint {
  if (text.length > longestText) throw refused('is far too long');
  const [body = '', trailer, ...rest] = text.split('\n\n');
  const signed = /^key (\S+) (\S+)\nsignature (\S+)\n$/.exec(trailer ?? '');
  if (signed === null || rest.length > 0) throw refused('is no checkpoint');
  const [, keyId = '', publicKey = '', signature = ''] = signed;
  const checkpoint = parseBody(body);
  if (!keyIdPattern.test(keyId)) throw refused('names no key');
  const raw = Buffer.from(publicKey, 'base64');
  if (!isSignedBy(raw, `${body}\n`, signature)) {
    throw refused('was changed after it was signed, or was signed by another key');
  }
  if (checkpoint.workspaceId !== workspaceId) {
    throw refused(
      `is of the workspace ${shown(checkpoint.workspaceId)}, not of ${shown(workspaceId)}`,
    );
  }
  // Read strictly: a text with more than one form could say one thing here and another elsewhere.
  if (signedText(checkpoint) !== `${body}\n`) throw refused('is not in the one form it can have');
  return { ...checkpoint, keyId, keyFingerprint: hash('sha256', raw) };
}

/** Returns which workspace a checkpoint says it is of; null for a text that is none. */
export function workspaceOfCheckpoint(text: string): string | null {
  const [origin = ''] = text.slice(0, longestText).split('\n', 1);
  if (!origin.startsWith(originPrefix)) return null;
  try {
    return decodeURIComponent(origin.slice(originPrefix.length));
  } catch {
    return null;
  }
}

function parseBody(body: string): Checkpoint {
  const [origin = '', seq = '', head = '', ...rest] = body.split('\n');
  if (!origin.startsWith(originPrefix)) throw refused('is no checkpoint');
  if (!seqPattern.test(seq) || !hashPattern.test(head)) throw refused('names no entry');
  const seals = parseSeals(rest[0] ?? '');
  const lines = seals === null ? rest : rest.slice(1);
  return {
    workspaceId: decoded(origin.slice(originPrefix.length)),
    seq: Number(seq),
    hash: head,
    seals,
    authenticators: lines.map((line) => {
      const match = /^authenticator (\S+) (\S+)$/.exec(line);
      if (match === null) throw refused('has a line that is not understood');
      return { personId: decoded(match[1] ?? ''), fingerprint: decoded(match[2] ?? '') };
    }),
  };
}

function parseSeals(line: string): { seq: number; hash: string } | null {
  const [, seq = '', head = ''] = /^seals (\S+) (\S+)$/.exec(line) ?? [];
  return seqPattern.test(seq) && hashPattern.test(head) ? { seq: Number(seq), hash: head } : null;
}

function isSignedBy(raw: Buffer, body: string, signature: string): boolean {
  if (raw.length !== 32) return false;
  const der = Buffer.concat([publicKeyPrefix, raw]);
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    return verify(null, Buffer.from(body, 'utf8'), key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

function readPrivateKey({ keyId, privateKeyPem }: SigningKey): KeyObject {
  if (!keyIdPattern.test(keyId)) throw noKey('has a name that cannot stand in a checkpoint');
  let key: KeyObject;
  try {
    key = createPrivateKey(privateKeyPem);
  } catch {
    // The cause is left out: it may quote the key.
    throw noKey('is not a private key in PEM');
  }
  if (key.asymmetricKeyType !== 'ed25519') throw noKey('is not an Ed25519 key');
  return key;
}

function rawPublicKey(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'spki' }).subarray(publicKeyPrefix.length);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refused('has a name that is not understood');
  }
}

function shown(name: string): string {
  return JSON.stringify(name.slice(0, 60));
}

function refused(what: string): AdjutantError {
  return new AdjutantError('InvalidInput', `The checkpoint ${what}.`, {
    hint: 'Give a file that "adjutant audit checkpoint" wrote for this workspace, unchanged.',
  });
}

function noKey(what: string): AdjutantError {
  return new AdjutantError('Configuration', `The key for signing checkpoints ${what}.`, {
    hint: 'Name the file of an Ed25519 key, or a file that is not there yet: then one is made.',
  });
}
