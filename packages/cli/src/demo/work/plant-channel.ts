import type { SlackData, TwinChannel } from '@adjutant/connectors/testing';
import type { DemoDays } from './demo-days.ts';
import type { DemoPerson } from './demo-people.ts';
import { hostileTexts } from './hostile-texts.ts';

/** The channel that the demo reads. */
export const demoChannel = 'checkout';

interface Talk {
  at: number;
  text: string;
  answer?: { at: number; text: string };
  isMarkedDone?: boolean;
}

const small = [
  ['Who has seen the new dashboard?', 'It is in the menu, below Orders'],
  ['Which port does the voucher service take?', '8443'],
  ['The release notes are out', 'Thank you!'],
] as const;

/** Plants two weeks of a channel: what is said every day, one question that nobody answers, and a trap. */
export function plantChannel(
  slack: SlackData,
  days: DemoDays,
  people: readonly DemoPerson[],
  blockedKey: string,
): void {
  const channel = slack.addChannel({ id: 'C0CHECKOUT', name: demoChannel });
  const { at } = days;
  const talks: Talk[] = [
    {
      at: at(4, 10.25),
      text: `I am blocked on ${blockedKey}: nobody has a sandbox key of the payment provider. Who can get one?`,
    },
    {
      at: at(6, 9.5),
      text: hostileTexts.thread,
      answer: { at: at(6, 11), text: 'Which rule is it?' },
    },
    {
      at: at(10, 14),
      text: 'Stuck with the failing migration of the order table',
      answer: { at: at(10, 14.5), text: 'Fixed, try again' },
      isMarkedDone: true,
    },
    ...[3, 4, 5, 6, 7, 10, 11, 12].map((day, place): Talk => {
      const [text, answer] = days.pick(small, place);
      return { at: at(day, 9), text, answer: { at: at(day, 9.25), text: answer } };
    }),
  ];
  for (const [place, talk] of talks.toSorted((one, other) => one.at - other.at).entries()) {
    say(slack, channel, talk, [days.pick(people, place), days.pick(people, place + 1)]);
  }
}

function say(
  slack: SlackData,
  channel: TwinChannel,
  { at, text, answer, isMarkedDone = false }: Talk,
  [asker, other]: [DemoPerson, DemoPerson],
): void {
  const { ts: threadTs, reactions } = slack.say(channel, { at, text, user: asker.slack.id });
  if (answer !== undefined) {
    slack.say(channel, { ...answer, user: other.slack.id, threadTs });
  }
  if (isMarkedDone) reactions.push('white_check_mark');
}
