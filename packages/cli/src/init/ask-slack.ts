import type { CommandContext } from '../command-context.ts';
import { slackCredentials } from '../configured-slack.ts';
import { credentialFrom } from '../connector-credential.ts';
import type { Prompts } from '../prompts.ts';
import { askListed, partedByCommas } from './ask-listed.ts';
import { listSlack } from './listings.ts';
import type { SlackAnswer } from './init-answers.ts';
import { addressBeside, valueOf, variables } from './variables.ts';

const tokenNote = `A bot token of Slack adds who waits for whom, and keeps no word of a message: put one into ${variables.slack}; docs/connectors/slack.md says how to make it.`;
const mostChannels = 500;

/** @returns what to read from Slack, null for nothing, undefined where the person cancelled */
export async function askSlack(
  prompts: Prompts,
  context: CommandContext,
): Promise<SlackAnswer | null | undefined> {
  const { env } = context.io;
  if (valueOf(env, variables.slack) === null) {
    prompts.note(tokenNote);
    return null;
  }
  const baseUrl = addressBeside(env, variables.slack, slackApiAt);
  const host = baseUrl !== null && URL.canParse(baseUrl) ? new URL(baseUrl).host : 'slack.com';
  const names = new Map<string, string>();
  const listed = await askListed(prompts, context, {
    title: 'Slack',
    what: 'channels',
    question: `Read who waits for whom from Slack? The token in ${variables.slack} is sent to ${host}, which lists the channels that its bot was invited to.`,
    list: async (asking) => {
      const token = credentialFrom(slackCredentials, `\${${variables.slack}}`, env);
      const { choices, isWhole, names: found } = await listSlack({ token, baseUrl }, asking);
      for (const [id, name] of found) names.set(id, name);
      return { choices, isWhole };
    },
    initial: [],
    most: mostChannels,
  });
  if (listed === 'cancelled') return undefined;
  if (listed === 'skipped') return null;
  const references = listed === 'unlisted' ? await askNames(prompts) : listed.chosen;
  if (references === null) return undefined;
  if (references.length === 0) return null;
  const channels = references.map((reference) => ({
    reference,
    name: names.get(reference) ?? null,
  }));
  return { channels, baseUrl };
}

async function askNames(prompts: Prompts): Promise<string[] | null> {
  const message = 'Channels of Slack by id or name, parted by commas (empty: none)';
  const answer = await prompts.text({ message, initial: '' });
  if (answer === null) return null;
  const { slackConfigShape } = await import('@adjutant/connectors/slack');
  const { element } = slackConfigShape.channels;
  const isChannel = (text: string): boolean => element.safeParse(text).success;
  return partedByCommas(prompts, answer, isChannel).slice(0, mostChannels);
}

/** Returns where the API of a Slack at another host is; null for Slack's own. */
export function slackApiAt(host: string): string | null {
  return host === 'slack.com' ? null : `https://${host}/api/`;
}
