import { randomUUID } from 'node:crypto';
import { type ActionContext, type AnyActionDefinition, defineAction } from '@adjutant/core';
import type { EffectClass } from '@adjutant/core/domain';
import { z } from 'zod';
import { classes, quietPeriodMs } from './scenario.ts';

const inputSchema = z.strictObject({ name: z.string() });
const lookSchema = z.object({ applied: z.boolean() });

/** Returns one action per class, all against the target at that address. */
export function chaosActions(url: string): AnyActionDefinition[] {
  return classes.map((effectClass) => sendingAction(effectClass, url));
}

function sendingAction(effectClass: EffectClass, url: string): AnyActionDefinition {
  const definition = {
    id: `chaos.${effectClass}`,
    title: `Send, ${effectClass}`,
    // What cannot be found again is what nobody lets run lightly: it takes presence.
    risk: effectClass === 'blind' ? ('high' as const) : ('medium' as const),
    reversible: true,
    effectClass,
    inputSchema,
    quietPeriodMs,
    prepare: async (_: ActionContext, { name }: z.infer<typeof inputSchema>) => ({
      target: { source: 'chaos', externalId: name, ref: name, url: null },
      preconditions: { name },
      facts: [],
      recipients: [name],
      content: null,
      conditions: {},
      excludedAccounts: [],
    }),
    observe: async (_: ActionContext, { name }: z.infer<typeof inputSchema>) => ({ name }),
    async execute(
      { fetch, signal }: ActionContext,
      effect: { payload: z.infer<typeof inputSchema>; effectKey: string },
    ) {
      const target = new URL(`/${effectClass}/${effect.payload.name}`, url);
      target.searchParams.set('key', effect.effectKey);
      // So that what the wire doubles can be told from what is sent twice.
      target.searchParams.set('send', randomUUID());
      const response = await fetch(target, { method: 'POST', signal });
      // A 5xx tells nothing: the target may have applied it all the same.
      if (!response.ok) throw new Error(`the target answered ${response.status}`);
      return { outcome: 'applied' as const, result: {} };
    },
  };
  if (effectClass !== 'probeable') return defineAction(definition);
  return defineAction({
    ...definition,
    async probe(
      { fetch, signal }: ActionContext,
      effect: { payload: z.infer<typeof inputSchema> },
    ) {
      const response = await fetch(new URL(`/look/${effect.payload.name}`, url), { signal });
      const { applied } = lookSchema.parse(await response.json());
      return applied ? { outcome: 'applied' as const, result: {} } : { outcome: 'absent' as const };
    },
  });
}
