/** Somebody or something with an account in the workspace of the twin. */
export interface TwinUser {
  id: string;
  name: string;
  realName: string;
  email: string | null;
  isEmailConfirmed: boolean;
  isBot: boolean;
  isDeleted: boolean;
  /** Somebody from outside who sees a few channels, or one. */
  isGuest: boolean;
  /** The team that the account belongs to; another one's for a guest of a shared channel. */
  teamId: string;
  /** `Europe/Berlin` unless told. */
  timeZone?: string;
}

export interface TwinGroup {
  id: string;
  handle: string;
  name: string;
  users: string[];
}

export interface TwinMessage {
  ts: string;
  user: string | null;
  botId: string | null;
  text: string;
  subtype: string | null;
  /** Of the message that it is a reply to. */
  threadTs: string | null;
  reactions: string[];
  metadata: unknown;
  blocks: readonly Readonly<Record<string, unknown>>[];
  editedTs: string | null;
  isDeleted: boolean;
}

export interface TwinChannel {
  id: string;
  name: string;
  kind: 'public' | 'private' | 'direct';
  isArchived: boolean;
  isExternal: boolean;
  /** Ids of users, bots among them. */
  members: string[];
  messages: TwinMessage[];
}

export interface SlackData {
  team: { id: string; name: string; url: string };
  users: TwinUser[];
  groups: TwinGroup[];
  channels: TwinChannel[];
  addUser(fields: Partial<TwinUser> & Pick<TwinUser, 'id'>): TwinUser;
  addChannel(fields: Partial<TwinChannel> & Pick<TwinChannel, 'id' | 'name'>): TwinChannel;
  /** Says something; replies name the message that they answer. */
  say(
    channel: TwinChannel,
    fields: { at: number; text: string } & Partial<Omit<TwinMessage, 'ts' | 'text'>>,
  ): TwinMessage;
}

export const readerBotId = 'UREADER01';
export const writerBotId = 'UWRITER01';

/** Returns a workspace with the two bots of ours and nothing else. */
export function createSlackData(): SlackData {
  let count = 0;
  const data: SlackData = {
    team: { id: 'T0ACME', name: 'Acme', url: 'https://acme.example/' },
    users: [],
    groups: [],
    channels: [],
    addUser(fields) {
      const user: TwinUser = {
        name: fields.id.toLowerCase(),
        realName: fields.id,
        email: null,
        isEmailConfirmed: false,
        isBot: false,
        isDeleted: false,
        isGuest: false,
        teamId: data.team.id,
        ...fields,
      };
      data.users.push(user);
      return user;
    },
    addChannel(fields) {
      const channel: TwinChannel = {
        kind: 'public',
        isArchived: false,
        isExternal: false,
        members: [readerBotId, writerBotId],
        messages: [],
        ...fields,
      };
      data.channels.push(channel);
      return channel;
    },
    say(channel, { at, ...fields }) {
      count += 1;
      const message: TwinMessage = {
        ts: `${Math.floor(at / 1_000)}.${String(count).padStart(6, '0')}`,
        user: null,
        botId: null,
        subtype: null,
        threadTs: null,
        reactions: [],
        metadata: null,
        blocks: [],
        editedTs: null,
        isDeleted: false,
        ...fields,
      };
      channel.messages.push(message);
      return message;
    },
  };
  data.addUser({ id: readerBotId, name: 'adjutant', realName: 'Adjutant', isBot: true });
  data.addUser({ id: writerBotId, name: 'adjutant-writer', realName: 'Adjutant', isBot: true });
  return data;
}
