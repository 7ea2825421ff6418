import type { DomainRows } from '@adjutant/core';
import type { Account } from '@adjutant/core/domain';
import { agentOf, kindOfLogin, kindOfSignature } from '../../commits/agents.ts';
import { readNoreplyAddress } from '../../commits/noreply-address.ts';
import { boundedText } from '../../commits/text.ts';
import { isLoopback } from '../../http/address.ts';
import { readApiAddress } from '../client/api-address.ts';
import type { SignaturePayload, Who } from './account-payload.ts';

/** Deleted accounts are one account at GitHub too. */
export const ghostId = 'ghost';
const maxNameLength = 200;
const maxAddressLength = 320;

type Mapping = NonNullable<DomainRows['identityMappings']>[number];

/** Collects the accounts that a record names, each once, and gives back their ids. */
export class AccountCollector {
  readonly #vendor: string;
  readonly #accounts = new Map<string, Account>();
  // Most records name nobody by an address.
  #mappings: Map<string, Mapping> | undefined;

  constructor(config: { baseUrl: string }) {
    this.#vendor = vendorOf(config.baseUrl);
  }

  /** Returns the id of an account; of the ghost where it is deleted. */
  of(who: Who): string {
    return this.#add(accountOfWho(who, this.#vendor));
  }

  /** Returns the id of a commit's author or committer; null where it says nothing. */
  ofSignature(signature: SignaturePayload): string | null {
    if (signature === null || signature === undefined) return null;
    const known = signature.account;
    const name = boundedText((signature.name ?? '').trim(), maxNameLength);
    const address = boundedText((signature.email ?? '').trim().toLowerCase(), maxAddressLength);
    const signed = accountOfAddress(name, address, this.#vendor);
    if (known === null || known === undefined) return signed === null ? null : this.#add(signed);
    const id = this.of(known);
    // That GitHub shows the account beside the address is its word that both are one person's.
    const isSame = signed?.externalId === id || signed?.vendorId === `${this.#vendor}:${id}`;
    if (signed !== null && !isSame && signed.externalId === address) {
      this.#add(signed);
      this.#mappings ??= new Map();
      this.#mappings.set(address, {
        source: 'github',
        fromExternalId: address,
        toExternalId: id,
        displayName: null,
        method: 'explicit_mapping',
      });
    }
    return id;
  }

  rows(): Pick<DomainRows, 'accounts' | 'identityMappings'> {
    const accounts = [...this.#accounts.values()];
    const mappings = this.#mappings;
    return mappings === undefined
      ? { accounts }
      : { accounts, identityMappings: [...mappings.values()] };
  }

  #add(row: Account): string {
    const present = this.#accounts.get(row.externalId);
    if (present === undefined || present.name === null) this.#accounts.set(row.externalId, row);
    return row.externalId;
  }
}

let lastVendor = { baseUrl: '', vendor: '' };

/** Ids of another server are other people's. A server on this machine stands in for GitHub itself. */
function vendorOf(baseUrl: string): string {
  // One address for all records of a sync; reading it costs as much as mapping a record.
  if (lastVendor.baseUrl === baseUrl) return lastVendor.vendor;
  const { host, isPublic } = readApiAddress(baseUrl);
  const isGithub = isPublic || isLoopback(new URL(baseUrl).hostname);
  lastVendor = { baseUrl, vendor: isGithub ? 'github' : `github@${host}` };
  return lastVendor.vendor;
}

function accountOfWho(who: Who, vendor: string): Account {
  if (who === null || who === undefined || who.login === ghostId) {
    return account({ externalId: ghostId, login: ghostId, kind: 'human' });
  }
  const isBot = who.type === 'Bot';
  // GraphQL leaves out what REST and commits write after a bot's name.
  const login = isBot && !who.login.endsWith('[bot]') ? `${who.login}[bot]` : who.login;
  const bounded = boundedText(login, maxNameLength);
  const kind = kindOfLogin(bounded, isBot);
  const name = boundedText((who.name ?? '').trim(), maxNameLength);
  const hasId = typeof who.id === 'string' && who.id !== '';
  // Mannequins stand for people of another system and have numbers of their own.
  if (who.type === 'Mannequin') {
    return account({ externalId: `mannequin:${who.id ?? bounded}`, login: bounded, kind, name });
  }
  return account({
    externalId: hasId ? String(who.id) : `login:${bounded.toLowerCase()}`,
    login: bounded,
    kind,
    name,
    vendorId: hasId ? `${vendor}:${who.id}` : null,
  });
}

/** The account that an address alone tells of. A number in a no-reply address is a claim like the rest. */
function accountOfAddress(name: string, address: string, vendor: string): Account | null {
  if (address === '') {
    if (name === '') return null;
    const kind = kindOfSignature(name, '', null);
    return account({ externalId: `noname:${name.toLowerCase()}`, login: null, kind, name });
  }
  const noreply = readNoreplyAddress(address);
  const kind = kindOfSignature(name, address, noreply?.login ?? null);
  const number = noreply?.vendorId?.startsWith('github:') ? noreply.vendorId.slice(7) : null;
  const isAgent = agentOf(address)?.emails.includes(address) === true;
  const vendorId = number === null || isAgent ? null : `${vendor}:${number}`;
  return {
    ...account({ externalId: address, login: noreply?.login ?? null, kind, name, vendorId }),
    // Anybody can write any address into a commit.
    email: address,
  };
}

function account(fields: {
  externalId: string;
  login: string | null;
  kind: Account['kind'];
  name?: string;
  vendorId?: string | null;
}): Account {
  return {
    source: 'github',
    externalId: fields.externalId,
    login: fields.login,
    name: fields.name === undefined || fields.name === '' ? null : fields.name,
    email: null,
    emailVerified: false,
    vendorId: fields.vendorId ?? null,
    kind: fields.kind,
    isBot: fields.kind !== 'human',
  };
}
