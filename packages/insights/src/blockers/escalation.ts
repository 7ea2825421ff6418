import type { SuggestedAction } from '@adjutant/core/domain';
import { z } from 'zod';
import { counted } from '../signals/counted.ts';
import { spokenHours } from '../signals/spoken-hours.ts';
import { suggestComment } from '../signals/suggest-comment.ts';
import type { BlockerNode } from './blocker-graph.ts';
import type { RootBlocker } from './root-blockers.ts';

const suggestionSchema = z.discriminatedUnion('kind', [
  /** Asks where the work is: a comment on it, or a reply in the thread. */
  z.strictObject({ kind: z.literal('ask') }),
  /** Says the same with how much waits behind it. */
  z.strictObject({ kind: z.literal('ask_with_what_waits') }),
  /** Says so in a channel that the policy names. */
  z.strictObject({ kind: z.literal('post'), channel: z.string().min(1).max(81) }),
]);

/** From how many weekday hours of waiting on what is suggested; each step takes the place of the one before. */
export const escalationLadderSchema = z
  .strictObject({
    steps: z
      .array(
        z.strictObject({
          afterWeekdayHours: z.number().positive().max(10_000),
          suggestion: suggestionSchema,
        }),
      )
      .min(1)
      .max(20),
  })
  .refine(
    ({ steps }) =>
      steps.every(
        (step, position) =>
          position === 0 || step.afterWeekdayHours > (steps[position - 1]?.afterWeekdayHours ?? 0),
      ),
    'each step comes after a longer time than the one before',
  );
export type EscalationLadder = z.infer<typeof escalationLadderSchema>;

/** Asks after a day, and after three says what it holds up; a channel is for a policy to name. */
export const defaultLadder: EscalationLadder = {
  steps: [
    { afterWeekdayHours: 24, suggestion: { kind: 'ask' } },
    { afterWeekdayHours: 72, suggestion: { kind: 'ask_with_what_waits' } },
  ],
};

/** Where a blocker stands on the ladder. Nothing of it is sent: each proposal waits for a person. */
export interface Escalation {
  /** Steps reached; 0 before the first. */
  step: number;
  /** When the next one is; null on the last. @unit weekday hours */
  nextAfterWeekdayHours: number | null;
  proposals: readonly SuggestedAction[];
}

/** Returns what the ladder suggests for a blocker, by how long it or what waits for it has waited. */
export function escalate(
  blocker: RootBlocker,
  longestWaitHours: number,
  { steps }: EscalationLadder,
): Escalation {
  const reached = steps.filter(({ afterWeekdayHours }) => longestWaitHours >= afterWeekdayHours);
  const suggestion = reached.at(-1)?.suggestion;
  const nextAfterWeekdayHours = steps[reached.length]?.afterWeekdayHours ?? null;
  return {
    step: reached.length,
    nextAfterWeekdayHours,
    proposals: suggestion === undefined ? [] : proposalsOf(blocker, longestWaitHours, suggestion),
  };
}

type Suggestion = z.infer<typeof suggestionSchema>;

function proposalsOf(
  { node, behind }: RootBlocker,
  hours: number,
  suggestion: Suggestion,
): SuggestedAction[] {
  const waits = behind.length === 0 ? '' : ` ${waitBehind(behind)}.`;
  if (suggestion.kind === 'post') {
    const text = `${node.key} has waited for ${spokenHours(hours)}: ${questions[node.kind]}${waits}`;
    const payload = { channel: suggestion.channel, text };
    return [{ type: 'message.post', payload, why: `Says in a channel that ${node.key} waits.` }];
  }
  const body = suggestion.kind === 'ask' ? questions[node.kind] : `${questions[node.kind]}${waits}`;
  return ask(node, body);
}

const questions: Readonly<Record<BlockerNode['kind'], string>> = {
  work_item: 'Others wait for this. What is missing for it to be done?',
  pull_request: 'This waits. Whose turn is it, and what is missing?',
  chat_thread: 'This has no answer yet. Who can help?',
  pipeline: 'This fails on the main branch. Who repairs it?',
};

function waitBehind(behind: readonly BlockerNode[]): string {
  const names = behind.slice(0, 3).map(({ key }) => key);
  const more = behind.length - names.length;
  return `Behind it ${behind.length === 1 ? 'waits' : 'wait'} ${names.join(', ')}${more === 0 ? '' : ` and ${counted(more, 'other')}`}`;
}

const requestKey = /^([\w.-]{1,100}\/[\w.-]{1,100})#([1-9]\d{0,9})$/;

function ask({ kind, key, place }: BlockerNode, body: string): SuggestedAction[] {
  const why = `Asks on ${key} what it waits for.`;
  if (kind === 'work_item') return suggestComment(key, body, why);
  if (kind === 'chat_thread') {
    if (place === null) return [];
    return [{ type: 'message.post', payload: { ...place, text: body }, why }];
  }
  const [, repository, number] = requestKey.exec(key) ?? [];
  if (kind !== 'pull_request' || repository === undefined) return [];
  return [{ type: 'pr.comment', payload: { repository, number: Number(number), body }, why }];
}
