import { wrapToWidth } from '@adjutant/insights';
import {
  autocompleteMultiselect,
  confirm,
  isCancel,
  log,
  multiselect,
  password,
  select,
  text as askText,
} from '@clack/prompts';
import type { Prompts } from './prompts.ts';

// Questions go to standard error: standard output is for answers.
const output = process.stderr;
/** A longer list can be searched. */
const shownAtOnce = 12;

/** Returns questions asked on this process's terminal. */
export function createClackPrompts(): Prompts {
  return {
    note(text) {
      const width = Math.min(output.columns ?? 80, 100) - 4;
      log.info(wrapToWidth(text, width, 12).join('\n'), { output });
    },
    show(text) {
      output.write(`${text}\n`);
    },
    async confirm({ message, initial }) {
      const answer = await confirm({ message, initialValue: initial, output });
      return isCancel(answer) ? null : answer;
    },
    async text({ message, initial }) {
      const answer = await askText({ message, initialValue: initial, output });
      return isCancel(answer) ? null : answer;
    },
    async choose({ message, choices }) {
      const options: { value: string; label: string; hint?: string }[] = choices.map((choice) => ({
        ...choice,
      }));
      const answer = await select({ message, options, output });
      return choices.find(({ value }) => value === answer)?.value ?? null;
    },
    async chooseSeveral({ message, choices, initial }) {
      const options: { value: string; label: string; hint?: string }[] = choices.map((choice) => ({
        ...choice,
      }));
      const question = { options, initialValues: [...initial], maxItems: shownAtOnce, output };
      const isLong = choices.length > shownAtOnce;
      const answer = isLong
        ? await autocompleteMultiselect({ ...question, message: `${message} (Tab chooses)` })
        : await multiselect({
            ...question,
            message: `${message} (Space chooses)`,
            required: false,
          });
      if (isCancel(answer)) return null;
      return choices.flatMap(({ value }) => (answer.includes(value) ? [value] : []));
    },
  };
}

/** Asks for something that is not shown while it is typed. Null when the person cancels. */
export async function askSecret(message: string): Promise<string | null> {
  const answer = await password({ message, output });
  return isCancel(answer) ? null : answer;
}
