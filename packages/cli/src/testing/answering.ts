import type { Prompts } from '../prompts.ts';

/** What somebody answers: to a list several values, to a question one; null cancels. */
export type Answer = string | boolean | null | readonly string[];

/** Somebody who answers each question by words in it, and takes what is proposed to any other. */
export function answering(
  answers: Readonly<Record<string, Answer>>,
  asked: string[] = [],
): Prompts {
  const answer = (message: string): Answer | undefined => {
    asked.push(message);
    return answers[Object.keys(answers).find((words) => message.includes(words)) ?? ''];
  };
  return {
    note: (text) => asked.push(text),
    show: (text) => asked.push(text),
    async confirm({ message, initial }) {
      const found = answer(message);
      return found === undefined ? initial : found === null ? null : Boolean(found);
    },
    async text({ message, initial }) {
      const found = answer(message);
      return found === undefined ? initial : found === null ? null : String(found);
    },
    choose: async () => null,
    async chooseSeveral({ message, choices, initial }) {
      const found = answer(message);
      asked.push(...choices.map(({ label }) => label));
      if (found === undefined) return [...initial];
      if (!Array.isArray(found)) return null;
      return choices.flatMap(({ value }) => (found.includes(value) ? [value] : []));
    },
  };
}
