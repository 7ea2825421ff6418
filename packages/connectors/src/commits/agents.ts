import type { AccountKind } from '@adjutant/core/domain';
import { type CodingAgent, codingAgents } from './coding-agents.ts';
import { readNoreplyAddress } from './noreply-address.ts';
import { serviceBotAddressPattern, serviceBotEmails, serviceBotLogins } from './service-bots.ts';

const agentByEmail = new Map(
  codingAgents.flatMap((agent) => agent.emails.map((email) => [email, agent])),
);
const agentByLogin = new Map(
  codingAgents.flatMap((agent) => agent.logins.map((login) => [login, agent])),
);

/** Returns the coding agent whose address this is, or null. */
export function agentOf(email: string): CodingAgent | null {
  const address = email.trim().toLowerCase();
  const agent = agentByEmail.get(address);
  if (agent !== undefined) return agent;
  const login = readNoreplyAddress(address)?.login;
  return login === undefined ? null : agentOfLogin(login);
}

/** Returns the coding agent that has this login at a hosting service, or null. */
export function agentOfLogin(login: string): CodingAgent | null {
  return agentByLogin.get(login.toLowerCase()) ?? null;
}

/** Returns who stands behind a signature in a commit. */
export function kindOfSignature(name: string, address: string, login: string | null): AccountKind {
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

/** Returns who stands behind a login at a hosting service, which may itself say that it is a bot. */
export function kindOfLogin(login: string, saysBot: boolean): AccountKind {
  const lowerLogin = login.toLowerCase();
  if (agentByLogin.has(lowerLogin)) return 'coding_agent';
  const isBot = saysBot || login.endsWith('[bot]') || serviceBotLogins.has(lowerLogin);
  return isBot ? 'service_bot' : 'human';
}
