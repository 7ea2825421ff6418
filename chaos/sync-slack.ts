import { createSlackData, type SlackFault, startSlackTwin } from '@adjutant/connectors/testing';
import { killOverTwin, type TwinRuns } from './kill-over-twin.ts';

const hourMs = 3_600_000;
const threads = 120;
const people = ['U0ADA', 'U0GRACE', 'U0LINUS'];
const methods = ['conversations.history', 'conversations.replies', 'users.list', 'auth.test'];
const kinds: readonly SlackFault['kind'][] = [
  'rate_limited',
  'server_error',
  'broken_body',
  'dropped',
  'lost_answer',
];

/** Kills syncs from a Slack that fails now and then, and in which people go on talking. */
export async function killSlackSync(folder: string, kills: number): Promise<TwinRuns> {
  let aheadMs = 0;
  const now = (): number => Date.now() + aheadMs;
  const data = createSlackData();
  for (const id of people)
    data.addUser({ id, name: id.toLowerCase(), email: `${id}@acme.example` });
  data.groups.push({ id: 'S0CORE', handle: 'core', name: 'Core team', users: people.slice(0, 2) });
  const members = [...people, 'UREADER01'];
  const channels = ['C0ONE', 'C0TWO'].map((id) =>
    data.addChannel({ id, name: id.toLowerCase(), members }),
  );
  const [first] = channels;
  if (first === undefined) throw new Error('There is no channel.');
  for (let at = 0; at < threads; at += 1) {
    const channel = channels[at % channels.length] ?? first;
    const user = people[at % people.length] ?? null;
    const askedAt = now() - (threads - at) * 5 * hourMs;
    const asked = data.say(channel, { at: askedAt, user, text: `Question ${at}?` });
    if (at % 3 === 0) continue;
    const reply = { at: askedAt + hourMs, user: people[(at + 1) % 3] ?? null, threadTs: asked.ts };
    data.say(channel, { ...reply, text: 'An answer.' });
  }
  const twin = await startSlackTwin({ data, clock: { now }, mostPerPage: 15 });
  let set = 0;
  const befallen = (): number => met;
  let met = 0;
  const next = twin.faults.next.bind(twin.faults);
  twin.faults.next = (method) => {
    const fault = next(method);
    if (fault !== null) met += 1;
    return fault;
  };
  try {
    return await killOverTwin(
      folder,
      {
        source: ['slack', twin.baseUrl, twin.token, 'C0ONE,C0TWO'],
        misbehave(dice) {
          met = 0;
          set = 5;
          for (let count = 0; count < set; count += 1) {
            const isCircle = dice.below(8) < 1;
            const kind = isCircle ? 'repeated_cursor' : dice.oneOf(kinds);
            const method = isCircle ? 'conversations.history' : dice.oneOf(methods);
            const retryAfter = dice.oneOf(['2', 'soon']);
            twin.faults.add({
              kind,
              method,
              times: 1,
              after: Math.floor(dice.below(4)),
              retryAfter,
            });
          }
          return set;
        },
        behave() {
          twin.faults.clear();
          return Math.max(0, set - befallen());
        },
        change(dice) {
          const channel = dice.oneOf(channels);
          const user = dice.oneOf(people);
          const recent = channel.messages.filter(
            ({ threadTs, ts, isDeleted }) =>
              threadTs === null && !isDeleted && Number(ts) * 1_000 > now() - 5 * 24 * hourMs,
          );
          data.say(channel, { at: now(), user, text: 'Something new?' });
          if (recent.length === 0) return;
          const { ts } = dice.oneOf(recent);
          data.say(channel, { at: now(), user, text: 'A late answer.', threadTs: ts });
        },
        setHoursAhead: (hours) => {
          aheadMs = hours * hourMs;
        },
        requests: () => twin.requests.length,
      },
      kills,
    );
  } finally {
    await twin.close();
  }
}
