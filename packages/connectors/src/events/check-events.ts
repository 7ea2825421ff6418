import { AdjutantError, type CheckReport, type ConnectorContext } from '@adjutant/core';
import type { EventsConfig } from './config.ts';
import { readKeys } from './events-webhooks.ts';

/** Returns whether events can be taken; that somebody sends them, nobody can tell from here. */
export async function checkEvents({
  config,
}: ConnectorContext<EventsConfig>): Promise<CheckReport> {
  const item = { id: 'webhook_secret', ok: true, hint: null };
  try {
    const keys = await readKeys(config);
    const number = keys.length === 1 ? 'one secret' : `one of ${keys.length} secrets`;
    const message = `Events signed with ${number} are taken. Who sends them cannot be asked from here.`;
    return { identity: null, items: [{ ...item, message }] };
  } catch (error) {
    // Of what a host's function throws, the text may hold anything.
    const known = AdjutantError.isInstance(error) ? error : null;
    const message = known?.message ?? 'The secret of the events could not be read.';
    const hint = known?.hint ?? 'Look at the function that gives it.';
    return { identity: null, items: [{ ...item, ok: false, message, hint }] };
  }
}
