import { createHash } from 'node:crypto';
import type { Account, AccountKind } from '@adjutant/core/domain';
import { boundedText } from '../text.ts';
import { type CodingAgent, codingAgents } from './coding-agents.ts';
import { readNoreplyAddress } from './noreply-address.ts';
import { serviceBotAddressPattern, serviceBotEmails, serviceBotLogins } from './service-bots.ts';

const maxNameLength = 200;
const maxIdLength = 320;

const agentByEmail = new Map(
  codingAgents.flatMap((agent) => agent.emails.map((email) => [email, agent])),
);
const agentByLogin = new Map(
  codingAgents.flatMap((agent) => agent.logins.map((login) => [login, agent])),
);

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

/** Returns the coding agent whose address this is, or null. */
export function agentOf(email: string): CodingAgent | null {
  const address = email.trim().toLowerCase();
  const agent = agentByEmail.get(address);
  if (agent !== undefined) return agent;
  const login = readNoreplyAddress(address)?.login;
  return login === undefined ? null : (agentByLogin.get(login.toLowerCase()) ?? null);
}

/** Returns the account behind a signature, or null where it has neither name nor address. */
export function accountOf(name: string, email: string): Account | null {
  const externalId = accountIdOf(name, email);
  if (externalId === null) return null;
  const address = email.trim().toLowerCase();
  const noreply = readNoreplyAddress(address);
  const kind = kindOf(name, address, noreply?.login ?? null);
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

function kindOf(name: string, address: string, login: string | null): AccountKind {
  if (agentOf(address) !== null) return 'coding_agent';
  const lowerName = name.trim().toLowerCase();
  if (lowerName.endsWith('[bot]') && agentByLogin.has(lowerName)) return 'coding_agent';
  const isBot =
    lowerName.endsWith('[bot]') ||
    (login !== null && (login.endsWith('[bot]') || serviceBotLogins.has(login.toLowerCase()))) ||
    serviceBotEmails.has(address) ||
    serviceBotAddressPattern.test(address);
  return isBot ? 'service_bot' : 'human';
}
