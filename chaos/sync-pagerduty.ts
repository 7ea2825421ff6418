import { startPagerdutyTwin } from '@adjutant/connectors/testing';
import { makeWorld } from '../packages/connectors/src/pagerduty/__fixtures__/make-world.ts';
import { killOverTwin, type TwinRuns } from './kill-over-twin.ts';

const incidents = 600;
const kinds = ['limited', 'failing', 'broken', 'lost_answer', 'repeating'] as const;
const paths = ['/incidents', '/log_entries', '/users', '/oncalls', '/services', '/'];

/** Kills syncs from a PagerDuty that fails now and then, and in which things go on breaking. */
export async function killPagerdutySync(folder: string, kills: number): Promise<TwinRuns> {
  let aheadMs = 0;
  const now = (): number => Date.now() + aheadMs;
  const { data, checkout, search, ada, grace } = makeWorld({ incidents, to: Date.now() });
  const clock = { now };
  const twin = await startPagerdutyTwin({ data, clock, limitPerMinute: 100_000 });
  try {
    return await killOverTwin(
      folder,
      {
        source: ['pagerduty', twin.apiUrl, twin.token],
        misbehave(dice) {
          for (let count = 0; count < 5; count += 1) {
            const path = dice.oneOf(paths);
            const kind = dice.oneOf(kinds);
            // Some requests go well before the next one goes wrong.
            for (let calm = dice.below(4); calm > 1; calm -= 1) {
              twin.faults.push({ kind: 'slow', path });
            }
            twin.faults.push({ kind, path, headers: { 'retry-after': dice.oneOf(['2', 'soon']) } });
          }
          return twin.faults.length;
        },
        behave: () => twin.faults.splice(0).length,
        change(dice) {
          const at = now();
          const created = data.addIncident(dice.oneOf([checkout, search]), { createdAt: at });
          const oldest = data.incidents.find(({ status }) => status !== 'resolved');
          if (oldest !== undefined && oldest !== created) data.resolve(oldest, grace, at);
          data.acknowledge(created, ada, at);
        },
        setHoursAhead: (hours) => {
          aheadMs = hours * 3_600_000;
        },
        requests: () => twin.requests.length,
      },
      kills,
    );
  } finally {
    await twin.close();
  }
}
