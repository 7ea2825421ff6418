import type { AccessToken } from '@adjutant/core/domain';
import { formatDay, plainText } from '@adjutant/insights';
import type { Output } from './output.ts';
import { renderTable } from './table.ts';

/** Returns the tokens that there are, for a terminal; `now` tells which have ended. */
export function tokensText(tokens: readonly AccessToken[], now: number, output: Output): string {
  if (tokens.length === 0) return 'There are no tokens. Make one: adjutant tokens create';
  const rows = tokens.map((token) => [
    shortTokenId(token),
    plainText(token.name, 60),
    whoText(token),
    mayText(token),
    token.lastUsedAt === null ? 'never' : formatDay(token.lastUsedAt),
    stateOf(token, now),
  ]);
  const columns = [
    { title: 'id' },
    { title: 'name', width: 24 },
    { title: 'stands for', width: 30 },
    { title: 'may' },
    { title: 'last used' },
    { title: 'until' },
  ];
  return renderTable(output, columns, rows);
}

/** Returns what names a token at a terminal: the end of its id. */
export function shortTokenId({ id }: Pick<AccessToken, 'id'>): string {
  return id.slice(-8);
}

/** A token that only reaches `/mcp` opens no tool there. */
function mayText({ scopes }: AccessToken): string {
  const opensNone = scopes.length === 1 && scopes[0] === 'mcp';
  return opensNone ? 'mcp (no tool: needs read, propose or report)' : scopes.join(' ');
}

function whoText({ personName, agentName }: AccessToken): string {
  const person = plainText(personName, 60);
  return agentName === null ? person : `"${plainText(agentName, 60)}" for ${person}`;
}

function stateOf({ revokedAt, expiresAt }: AccessToken, now: number): string {
  if (revokedAt !== null && revokedAt !== expiresAt) return `revoked ${formatDay(revokedAt)}`;
  return `${expiresAt <= now ? 'ended ' : ''}${formatDay(expiresAt)}`;
}
