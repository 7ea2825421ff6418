import type { SlackData, TwinChannel } from './slack-data.ts';
import type { TwinToken } from './tokens.ts';
import type { TwinViews } from './view-methods.ts';

/** One call of a method, with its parameters as they came. */
export interface TwinCall {
  data: SlackData;
  token: TwinToken;
  views: TwinViews;
  parameters: Readonly<Record<string, string>>;
  /** The longest page that is given, whatever was asked for. */
  mostPerPage: number;
  now: number;
}

export type TwinAnswer = Readonly<Record<string, unknown>>;
export type TwinMethod = (call: TwinCall) => TwinAnswer;

export function refusal(error: string, more: TwinAnswer = {}): TwinAnswer {
  return { ok: false, error, ...more };
}

/** Returns a refusal where the token lacks a scope. */
export function lacking({ token }: TwinCall, scope: string): TwinAnswer | null {
  if (token.scopes.has(scope)) return null;
  return refusal('missing_scope', { needed: scope, provided: [...token.scopes].join(',') });
}

/** Returns a page of a list, with the cursor of the next one. */
export function pageOf<Item>(
  { parameters, mostPerPage }: TwinCall,
  list: readonly Item[],
): { items: Item[]; more: TwinAnswer } {
  const limit = Math.max(1, Math.min(Number(parameters['limit'] ?? 100), mostPerPage));
  const start = Number(parameters['cursor']?.replace('at:', '') ?? 0);
  const end = start + limit;
  const hasMore = end < list.length;
  return {
    items: list.slice(start, end),
    more: { has_more: hasMore, response_metadata: { next_cursor: hasMore ? `at:${end}` : '' } },
  };
}

export function channelOf({ data, parameters }: TwinCall): TwinChannel | undefined {
  return data.channels.find(({ id }) => id === parameters['channel']);
}

export function isMember(channel: TwinChannel, token: TwinToken): boolean {
  return channel.members.includes(token.userId);
}
