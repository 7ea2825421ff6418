import { type AskingContext, whileSomebodyWaits } from '../../http/while-somebody-waits.ts';
import { neutralText } from '../../writing/neutral-text.ts';
import { createSlackClient } from '../client/client.ts';
import { readPages } from '../client/read-pages.ts';
import { isChannelId, publicApiUrl, type SlackConfig } from '../config.ts';
import { slackVendor } from '../slack-vendor.ts';
import { isBetweenPeople, slackChannelSchema } from './payloads.ts';

const most = 500;

/** A channel that may be chosen. */
export interface ListedChannel {
  id: string;
  /** Without `#`. */
  name: string;
  isPrivate: boolean;
}

export interface ChannelList {
  /** By name. */
  channels: ListedChannel[];
  /** False where there are more than are listed. */
  isWhole: boolean;
}

/**
 * Returns the channels that a bot was invited to, so that somebody can choose. Archived ones and what
 * is between a few people are left out.
 * @throws AdjutantError
 */
export async function listChannels(
  config: Pick<SlackConfig, 'token'> & Partial<Pick<SlackConfig, 'baseUrl' | 'tokenHost'>>,
  context: AskingContext,
): Promise<ChannelList> {
  return await whileSomebodyWaits(context, slackVendor, async (asking) => {
    const client = createSlackClient({ ...asking, config: { baseUrl: publicApiUrl, ...config } });
    const found = new Map<string, ListedChannel>();
    let isWhole = false;
    const pages = readPages(client, {
      method: 'users.conversations',
      parameters: { types: 'public_channel,private_channel', exclude_archived: true, limit: 200 },
      field: 'channels',
      what: 'the channels that the bot is in',
    });
    for await (const { items, isEnd, isBroken } of pages) {
      for (const item of items) {
        const { data: channel } = slackChannelSchema.safeParse(item);
        if (channel === undefined || !isChannelId(channel.id)) continue;
        if (isBetweenPeople(channel) || channel.is_archived === true) continue;
        const { id, name, is_private: isPrivate } = channel;
        found.set(id, { id, name: neutralText(name ?? id), isPrivate: isPrivate === true });
      }
      isWhole = isEnd && !isBroken;
      if (found.size >= most) break;
    }
    const channels = [...found.values()]
      .slice(0, most)
      .toSorted((one, other) => (one.name < other.name ? -1 : 1));
    return { channels, isWhole: isWhole && found.size <= most };
  });
}
