import { createHash } from 'node:crypto';
import type { Account } from '@adjutant/core/domain';
import { kindOfSignature } from '../../commits/agents.ts';
import { readNoreplyAddress } from '../../commits/noreply-address.ts';
import { boundedText } from '../../commits/text.ts';

const maxNameLength = 200;
const maxIdLength = 320;

/**
 * Returns the id of the git account behind a signature: its address in lower case, or its name where
 * it has no address. Null where it has neither.
 */
export function accountIdOf(name: string, email: string): string | null {
  const address = email.trim().toLowerCase();
  if (address !== '') return boundedId(address);
  const trimmed = name.trim();
  return trimmed === '' ? null : boundedId(`noname:${trimmed.toLowerCase()}`);
}

/** Cutting alone could make two long ids one. */
function boundedId(id: string): string {
  const wellFormed = boundedText(id, id.length);
  if (wellFormed.length <= maxIdLength) return wellFormed;
  const digest = createHash('sha256').update(id).digest('hex').slice(0, 16);
  return `${boundedText(wellFormed, maxIdLength - 20)}~${digest}`;
}

/** Returns the account behind a signature, or null where it has neither name nor address. */
export function accountOf(name: string, email: string): Account | null {
  const externalId = accountIdOf(name, email);
  if (externalId === null) return null;
  const address = email.trim().toLowerCase();
  const noreply = readNoreplyAddress(address);
  const kind = kindOfSignature(name, address, noreply?.login ?? null);
  const shownName = boundedText(name.trim(), maxNameLength);
  return {
    source: 'git',
    externalId,
    login: noreply?.login ?? null,
    name: shownName === '' ? null : shownName,
    email: address === '' ? null : boundedText(address, maxIdLength),
    // Anybody can write any address into a commit.
    emailVerified: false,
    vendorId: noreply?.vendorId ?? null,
    kind,
    isBot: kind !== 'human',
  };
}
