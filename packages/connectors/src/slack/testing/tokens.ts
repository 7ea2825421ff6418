import { readerBotId, writerBotId } from './slack-data.ts';

/** What a token of the twin may do, and as whom. */
export interface TwinToken {
  text: string;
  userId: string;
  botId: string;
  scopes: Set<string>;
}

export const readScopes = [
  'channels:history',
  'channels:read',
  'groups:history',
  'groups:read',
  'reactions:read',
  'usergroups:read',
  'users:read',
  'users:read.email',
];
export const writeScopes = [
  'channels:history',
  'chat:write',
  'commands',
  'groups:history',
  'im:history',
  'im:write',
  'metadata.message:read',
];

export function createTokens(): { read: TwinToken; write: TwinToken } {
  return {
    read: {
      text: 'twin-token-that-reads',
      userId: readerBotId,
      botId: 'BREADER01',
      scopes: new Set(readScopes),
    },
    write: {
      text: 'twin-token-that-writes',
      userId: writerBotId,
      botId: 'BWRITER01',
      scopes: new Set(writeScopes),
    },
  };
}
