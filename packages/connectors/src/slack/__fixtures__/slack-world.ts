import { createSlackData, type SlackData, type TwinChannel } from '../testing/slack-data.ts';

export const now = Date.parse('2026-11-20T12:00:00Z');
export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** A sentence that nobody would write by chance: it must be found nowhere. */
export const plantedSentence = 'the marmalade submarine is overdue';
export const plantedTopic = 'quicksilver umbrella';

export interface SlackWorld {
  data: SlackData;
  widgets: TwinChannel;
  quiet: TwinChannel;
  /** Not in the configuration: nothing in it may be asked for. */
  secret: TwinChannel;
}

/** Returns a workspace with people, a group, and three channels, of which two are to be read. */
export function makeSlackWorld(): SlackWorld {
  const data = createSlackData();
  const email = 'ada@acme.example';
  data.addUser({ id: 'U0ADA', name: 'ada', realName: 'Ada', email, isEmailConfirmed: true });
  data.addUser({ id: 'U0GRACE', name: 'grace', realName: 'Grace', email: 'grace@acme.example' });
  data.addUser({ id: 'U0LEFT', name: 'linus', realName: 'Linus', isDeleted: true });
  data.addUser({ id: 'USLACKBOT', name: 'slackbot', realName: 'Slackbot' });
  data.addUser({ id: 'U0PAGER', name: 'pager', realName: 'Pager', isBot: true });
  data.groups.push({ id: 'S0CORE', handle: 'core', name: 'Core team', users: ['U0ADA', 'U0GRACE'] });
  const members = ['U0ADA', 'U0GRACE', 'UREADER01', 'UWRITER01'];
  const widgets = data.addChannel({ id: 'C0WIDGETS', name: 'widgets', members });
  const quiet = data.addChannel({ id: 'C0QUIET', name: 'quiet', kind: 'private', members });
  const secret = data.addChannel({ id: 'C0SECRET', name: 'secret', members });
  data.say(secret, { at: now - hourMs, user: 'U0ADA', text: `${plantedSentence}?` });
  fillWidgets(data, widgets);
  return { data, widgets, quiet, secret };
}

function fillWidgets(data: SlackData, widgets: TwinChannel): void {
  const at = now - 3 * dayMs;
  data.say(widgets, { at: at - hourMs, user: 'U0ADA', text: 'has joined', subtype: 'channel_join' });
  data.say(widgets, { at, user: 'U0ADA', text: 'Good morning, all is well.' });
  const answered = data.say(widgets, {
    at: at + hourMs,
    user: 'U0ADA',
    text: `Who knows whether ${plantedSentence}?`,
    reactions: ['eyes', 'white_check_mark'],
  });
  const threadTs = answered.ts;
  data.say(widgets, { at: at + 1.5 * hourMs, user: 'U0ADA', text: 'Anybody?', threadTs });
  data.say(widgets, { at: at + 2 * hourMs, user: 'U0GRACE', text: plantedTopic, threadTs });
  data.say(widgets, { at: at + 3 * hourMs, user: 'U0ADA', text: 'Thanks.', threadTs });
  data.say(widgets, {
    at: at + 4 * hourMs,
    user: 'U0GRACE',
    text: `<@U0ADA> I am blocked by the ${plantedTopic}`,
  });
  data.say(widgets, {
    at: at + 5 * hourMs,
    user: 'U0PAGER',
    botId: 'B0PAGER',
    subtype: 'bot_message',
    text: '<!subteam^S0CORE> <!here> alert',
  });
}
