// Configurations as a hostile clone would bring them, made-up and mutated: 100,000 of them through the
// one resolver. No value of a variable gets out of a credential's place, no host, path or variable is
// used that a person would not be shown, and every error is ours. Nothing is contacted or written.
import { hostileConfig, judgeConfig } from '../packages/cli/src/testing/fuzz-config.ts';
import { createDice } from './dice.ts';
import { printJudged } from './report.ts';

const runs = 100_000;
const seed = 42;
/** Of either ending there are so many, or the properties held for want of cases. */
const fewest = runs / 10;

export async function chaosClone(): Promise<number> {
  const dice = createDice(seed);
  const ended = { used: 0, refused: 0 };
  const found: string[] = [];
  for (let run = 0; run < runs; run += 1) {
    const text = hostileConfig((bound) => Math.floor(dice.below(bound)));
    try {
      ended[judgeConfig(text)] += 1;
    } catch (error) {
      found.push(`${error instanceof Error ? error.message : String(error)}\n  ${text}`);
    }
  }
  for (const each of found.slice(0, 10)) console.error(each);
  return printJudged('Configurations of hostile clones', [
    {
      title: `configurations, made from seed ${seed}`,
      figure: `${runs}: ${ended.used} could be trusted, ${ended.refused} refused`,
      must: `at least ${fewest} of either`,
      ok: ended.used >= fewest && ended.refused >= fewest,
    },
    {
      title:
        'values that got out, hosts, paths and variables nobody would be shown, foreign errors',
      figure: String(found.length),
      must: 'none',
      ok: found.length === 0,
    },
  ]);
}
