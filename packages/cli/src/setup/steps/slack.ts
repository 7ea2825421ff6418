import { AdjutantError } from '@adjutant/core/ports';
import { z } from 'zod';
import { slackSchema } from '../../config/slack-schema.ts';
import { slackCredentials } from '../../configured-slack.ts';
import { slackApiAt } from '../../init/ask-slack.ts';
import { listSlack } from '../../init/listings.ts';
import { addressBeside, variables } from '../../init/variables.ts';
import { type CliSetupStep, listOf, textOf } from '../cli-setup-step.ts';
import { readSection } from '../edit-config.ts';
import { tryListing } from '../try-listing.ts';
import { keepToken, tokenFor, tokenHint } from '../vendor-token.ts';

const sectionSchema = z
  .looseObject({ channels: z.array(z.string()).catch([]), baseUrl: z.string().optional() })
  .optional()
  .catch(undefined);

/** Slack: who waits for whom, and no word of a message. */
export const slackStep: CliSetupStep = {
  id: 'slack',
  title: 'Slack',
  about:
    'Who waits for whom; no word of a message is kept. docs/connectors/slack.md says how to make a bot token. Only the channels named here are asked for.',
  check: 'Try it',
  read(setup) {
    const section = sectionSchema.parse(readSection(setup.place, ['connectors', 'slack']));
    return {
      isDone: section !== undefined,
      standing:
        section === undefined
          ? 'Nothing is read from Slack.'
          : `${section.channels.length === 1 ? 'One channel is' : `${section.channels.length} channels are`} named.`,
      fields: [
        {
          name: 'token',
          label: 'Bot token',
          kind: 'secret',
          hint: tokenHint(setup, variables.slack),
          value: '',
        },
        {
          name: 'channels',
          label: 'Channels',
          kind: 'several',
          hint: 'By id or name, a line each. “Try it” lists those that the bot was invited to.',
          value: (section?.channels ?? []).join('\n'),
        },
      ],
    };
  },
  try: (setup, values) => {
    const typed = textOf(values, 'token');
    const token = tokenFor(setup, slackCredentials, { typed, variable: variables.slack });
    const baseUrl = addressBeside(setup.context.io.env, variables.slack, slackApiAt);
    return tryListing(setup, { title: 'Slack', what: 'channels', field: 'channels' }, (asking) =>
      listSlack({ token, baseUrl }, asking),
    );
  },
  async keep(setup, values) {
    const channels = listOf(values, 'channels');
    const baseUrl = addressBeside(setup.context.io.env, variables.slack, slackApiAt);
    const draft = { channels, ...(baseUrl === null ? {} : { baseUrl }) };
    if (!slackSchema.safeParse(draft).success) {
      throw new AdjutantError('InvalidInput', 'No channel was named.', {
        hint: 'Name one, or leave the step out.',
      });
    }
    const host = baseUrl !== null && URL.canParse(baseUrl) ? new URL(baseUrl).host : 'slack.com';
    const kept = await keepToken(setup, slackCredentials, {
      typed: textOf(values, 'token'),
      variable: variables.slack,
      host,
    });
    setup.write(['connectors', 'slack'], { ...draft, ...kept });
    return `Kept: ${channels.join(', ')}.`;
  },
};
