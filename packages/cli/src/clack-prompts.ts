import { confirm, isCancel, log, select, text } from '@clack/prompts';
import type { Prompts } from './prompts.ts';

// Questions go to standard error: standard output is for answers.
const output = process.stderr;

/** Returns questions asked on this process's terminal. */
export function createClackPrompts(): Prompts {
  return {
    note: (message) => log.info(message, { output }),
    async confirm({ message, initial }) {
      const answer = await confirm({ message, initialValue: initial, output });
      return isCancel(answer) ? null : answer;
    },
    async text({ message, initial }) {
      const answer = await text({ message, initialValue: initial, output });
      return isCancel(answer) ? null : answer;
    },
    async choose({ message, choices }) {
      const options: { value: string; label: string; hint?: string }[] = choices.map((choice) => ({
        ...choice,
      }));
      const answer = await select({ message, options, output });
      return choices.find(({ value }) => value === answer)?.value ?? null;
    },
  };
}
