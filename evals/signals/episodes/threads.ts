import { dayIn } from '../life/code-life.ts';
import type { Organisation, Person } from '../organisation.ts';
import {
  dayMs,
  dayText,
  hourMs,
  minuteMs,
  weekdaysAfter,
  workHoursAfter,
} from '../working-time.ts';
import type { World } from '../world.ts';

type Channel = Organisation['channels'][number];

/** A thread with what follows in it. */
export interface Talk {
  channel: Channel;
  by: Person | null;
  at: number;
  text: string;
  replies?: readonly { by: Person; at: number; text: string }[];
  markedAt?: number;
}

export function talk(world: World, { channel, by, at, text, replies = [], markedAt }: Talk): void {
  const root: { ts: string; reactions: string[] } = { ts: '', reactions: [] };
  world.at(at, () => {
    const who = by === null ? { botId: 'B0BUILDS', subtype: 'bot_message' } : { user: by.slack.id };
    const said = world.slack.say(channel, { at, text, ...who });
    root.ts = said.ts;
    root.reactions = said.reactions;
  });
  for (const { by: other, at: then, text: words } of replies) {
    world.at(then, () => {
      const answer = { at: then, text: words, user: other.slack.id, threadTs: root.ts };
      world.slack.say(channel, answer);
    });
  }
  if (markedAt !== undefined) world.at(markedAt, () => root.reactions.push('white_check_mark'));
}

/** As the product names a thread. */
function keyOf({ name }: Channel, at: number): string {
  return `#${name} ${dayText(at)} ${new Date(at).toISOString().slice(11, 16)}`;
}

const blocking = [
  'I am blocked on the certificate for the test system, who can help?',
  'We are stuck: the sandbox of the bank refuses every request',
  'Still waiting for access to the ledger database',
  'The missing schema is a blocker for our release',
  'This is blocking the whole team: nobody can deploy',
  'Waiting on the new key from the provider',
];

export function plantThreads(world: World, organisation: Organisation): void {
  const rule = 'blocker-in-thread';
  const { dice } = world;
  const { channels, people } = organisation;
  const pick = (hour = dice.between(9, 15)) => {
    const at = Math.floor(dayIn(world, dice.whole(2, 72), hour) / minuteMs) * minuteMs;
    const [by, other] = dice.some(people, 2) as [Person, Person];
    return { channel: dice.oneOf(channels), by, other, at };
  };
  for (const text of blocking) {
    const { channel, by, other, at } = pick();
    const end = weekdaysAfter(at, 3);
    const expected = {
      mayFrom: at + 2 * hourMs,
      mustBy: weekdaysAfter(at, 1),
      until: end + hourMs,
    };
    world.firing(rule, { what: 'held up, and nobody answers', ...expected }, keyOf(channel, at));
    const replies = [{ by: other, at: end, text: 'Sorry, done now.' }];
    talk(world, { channel, by, at, text, replies, markedAt: end + 10 * minuteMs });
  }
  for (let nth = 0; nth < 2; nth += 1) {
    const quick = pick();
    world.lookAlike(rule, { what: 'answered in minutes and done' }, keyOf(quick.channel, quick.at));
    const soon = quick.at + 20 * minuteMs;
    talk(world, {
      ...{ ...quick, text: 'I am blocked by the failing migration' },
      replies: [{ by: quick.other, at: soon, text: 'Fixed, try again' }],
      markedAt: soon + hourMs,
    });
    const thanked = pick();
    world.lookAlike(
      rule,
      { what: 'answered, and thanked for' },
      keyOf(thanked.channel, thanked.at),
    );
    talk(world, {
      ...{ ...thanked, text: 'Stuck with the new linter, any idea?' },
      replies: [
        { by: thanked.other, at: thanked.at + hourMs, text: 'Delete the cache' },
        { by: thanked.by, at: thanked.at + 2 * hourMs, text: 'That helped, thank you!' },
      ],
    });
    const program = pick();
    world.lookAlike(rule, { what: 'a program says so' }, keyOf(program.channel, program.at));
    talk(world, { ...program, by: null, text: 'Deployment blocked by a failed check' });
    const free = pick();
    world.lookAlike(rule, { what: 'says that nobody is held up' }, keyOf(free.channel, free.at));
    talk(world, { ...free, text: 'We are unblocked now, the access came through' });
  }
  // Asked on Friday afternoon, answered on Monday morning.
  const { channel, by, other } = pick();
  const friday = world.from + (7 * dice.whole(1, 10) + 4) * dayMs + 15.5 * hourMs;
  const monday = friday + 2 * dayMs + 18 * hourMs;
  world.lookAlike(
    rule,
    { what: 'asked on Friday at half past three, done on Monday at half past nine' },
    keyOf(channel, friday),
  );
  talk(world, {
    ...{ channel, by, at: friday, text: 'Blocked on a review of the runbook' },
    replies: [{ by: other, at: monday - 10 * minuteMs, text: 'Read it' }],
    markedAt: monday - 5 * minuteMs,
  });
  chat(world, organisation);
}

const small = [
  'Who has seen the new dashboard?',
  'Lunch at noon?',
  'The release is out',
  'Which port is it?',
];

/** What is said every day. */
function chat(world: World, { channels, people }: Organisation): void {
  const { dice } = world;
  for (let day = world.from - 14 * dayMs; day < world.to; day += dayMs) {
    for (const channel of channels) {
      const at = workHoursAfter(day + 9 * hourMs, dice.between(0, 7));
      const [by, other] = dice.some(people, 2) as [Person, Person];
      const replies = [{ by: other, at: workHoursAfter(at, dice.between(0.2, 2)), text: 'I have' }];
      talk(world, { channel, by, at, text: dice.oneOf(small), replies });
    }
  }
}
